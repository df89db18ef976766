package org.danelaw.tls;

import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What JSSE has to be told before it is loaded, for the whole process; [Profile] then bounds each
/// connection.
///
/// Old TLS and long chains are allowed, for the connections that may as well go in clear text. The defaults
/// of everybody else who uses JSSE in this process stay what they were.
final class JsseSettings {
    /// Of what the JDK forbids, what an opportunistic connection may still use: better than clear text.
    private static final Set<String> ALLOWED_AGAIN = Set.of("TLSv1", "TLSv1.1", "3DES_EDE_CBC", "anon", "TLS_RSA_*");

    private static final String MODERN_PROTOCOLS = "TLSv1.3,TLSv1.2";

    private static final String MODERN_SUITES = String.join(
            ",",
            List.of(
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"));

    /// Each is set only where the operator has not set it.
    private static final Map<String, String> PROPERTIES = Map.of(
            // The decision looks at 16 certificates at most; longer chains shall reach it all the same.
            "jdk.tls.client.maxInboundCertificateChainLength", "100",
            "jdk.tls.maxHandshakeMessageSize", "262144",
            // Listeners: nobody needs it, and it makes the server compute for nothing.
            "jdk.tls.rejectClientInitiatedRenegotiation", "true",
            "jdk.tls.client.protocols", MODERN_PROTOCOLS,
            "jdk.tls.server.protocols", MODERN_PROTOCOLS,
            "jdk.tls.client.cipherSuites", MODERN_SUITES,
            "jdk.tls.server.cipherSuites", MODERN_SUITES);

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    private JsseSettings() {}

    /// Does nothing the second time; and no more than half of it where JSSE is loaded already.
    static synchronized void apply() {
        PROPERTIES.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
        var still = Arrays.stream(Security.getProperty(DISABLED).split(","))
                .map(String::strip)
                .filter(algorithm -> !ALLOWED_AGAIN.contains(algorithm))
                .collect(Collectors.joining(", "));
        Security.setProperty(DISABLED, still);
        LenientCertificates.install();
    }
}
