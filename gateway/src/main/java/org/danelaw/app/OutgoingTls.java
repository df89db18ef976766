package org.danelaw.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.danelaw.dns.FailureText;
import org.danelaw.policy.Judgement;
import org.danelaw.tls.JsseTlsConnector;
import org.danelaw.tls.TlsConnector;
import org.danelaw.tlsa.CertificateAuthorities;

/// Makes the TLS client for outgoing connections.
final class OutgoingTls {
    private OutgoingTls() {}

    /// A client that holds peers against their TLSA records only: no certification authority is trusted.
    static TlsConnector daneOnly() {
        return trusting(List.of());
    }

    /// A client that trusts the certification authorities in `caFile`, or those of the Java runtime, where TLS Support
    /// asks for them; DANE never does.
    ///
    /// @throws IOException where they cannot be read
    static TlsConnector withAuthorities(Optional<Path> caFile) throws IOException {
        try {
            return trusting(caFile.isPresent() ? in(caFile.get()) : ofTheRuntime());
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(
                    "the certification authorities cannot be read: " + FailureText.of(unreadable), unreadable);
        }
    }

    private static TlsConnector trusting(Collection<X509Certificate> authorities) {
        return new JsseTlsConnector(new Judgement(new CertificateAuthorities(authorities)), InstantSource.system());
    }

    private static List<X509Certificate> in(Path file) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private static List<X509Certificate> ofTheRuntime() throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .flatMap(manager ->
                        manager instanceof X509TrustManager trust ? Stream.of(trust.getAcceptedIssuers()) : Stream.of())
                .toList();
    }
}
