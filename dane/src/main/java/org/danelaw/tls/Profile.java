package org.danelaw.tls;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.danelaw.policy.TlsRequirement;

/// Which TLS is good enough, by what is required of the peer.
enum Profile {
    /// RFC 7672 section 8: where the peer is authenticated, TLS 1.2 at least, forward secrecy, no anonymous
    /// suites (rule D15).
    AUTHENTICATED("TLSv1\\.[23]", Suites.FORWARD_SECRET, KeyExchange.MODERN_DH_BITS),
    /// TLS is required and anybody is good enough; only what is as good as clear text is not.
    ENCRYPTED("TLSv1(\\.[123])?", Suites.CERTIFIED, KeyExchange.ANY_BITS),
    /// In place of clear text anything is good, a server without a certificate too.
    OPPORTUNISTIC("TLSv1(\\.[123])?", Suites.ENCRYPTING, KeyExchange.ANY_BITS);

    private final String protocols;
    private final Suites suites;
    private final int leastDhBits;

    Profile(String protocols, Suites suites, int leastDhBits) {
        this.protocols = protocols;
        this.suites = suites;
        this.leastDhBits = leastDhBits;
    }

    static Profile of(TlsRequirement requirement) {
        return switch (requirement) {
            case TlsRequirement.Dane dane -> AUTHENTICATED;
            case TlsRequirement.Pkix pkix -> AUTHENTICATED;
            case TlsRequirement.Encrypted encrypted -> ENCRYPTED;
            case TlsRequirement.IfOffered ifOffered -> OPPORTUNISTIC;
            case TlsRequirement.Never() -> throw new IllegalArgumentException("no TLS: " + requirement.source());
            case TlsRequirement.Withheld withheld ->
                throw new IllegalArgumentException("nothing to secure: " + withheld.why());
        };
    }

    /// Bounds a connection; `supported` is what JSSE can do at all.
    KeyExchange apply(SSLParameters parameters, SSLParameters supported) {
        var keyExchange = new KeyExchange(leastDhBits);
        parameters.setProtocols(allowed(supported.getProtocols(), name -> Pattern.matches(protocols, name)));
        parameters.setCipherSuites(allowed(supported.getCipherSuites(), suites::allow));
        parameters.setAlgorithmConstraints(keyExchange);
        return keyExchange;
    }

    private static String[] allowed(String[] all, Predicate<String> rule) {
        return Stream.of(all).filter(rule).toArray(String[]::new);
    }

    /// Kinds of cipher suites, by JSSE's names.
    private enum Suites {
        FORWARD_SECRET("TLS_(AES|CHACHA20)_.*|TLS_(ECDHE_ECDSA|ECDHE_RSA|DHE_RSA)_WITH_(AES|CHACHA20)_.*"),
        CERTIFIED("TLS_(AES|CHACHA20)_.*|(TLS|SSL)_(ECDHE_ECDSA|ECDHE_RSA|DHE_RSA|DHE_DSS|RSA)"
                + "_WITH_(AES|CHACHA20|3DES)_.*"),
        ENCRYPTING("TLS_(AES|CHACHA20)_.*|(TLS|SSL)_(ECDHE_ECDSA|ECDHE_RSA|DHE_RSA|DHE_DSS|RSA|ECDH_anon|DH_anon)"
                + "_WITH_(AES|CHACHA20|3DES)_.*");

        /// RFC 5746 section 3.3: says that renegotiation is secure, no suite.
        private static final String SIGNAL = "TLS_EMPTY_RENEGOTIATION_INFO_SCSV";

        private final String names;

        Suites(String names) {
            this.names = names;
        }

        boolean allow(String suite) {
            return suite.equals(SIGNAL) || Pattern.matches(names, suite);
        }
    }
}
