package org.danelaw.app;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.danelaw.config.Settings;
import org.danelaw.dns.FailureText;
import org.danelaw.intake.PemCertificates;
import org.danelaw.intake.ServerIdentity;
import org.danelaw.policy.Judgement;
import org.danelaw.tls.ClientIdentity;
import org.danelaw.tls.JsseTlsConnector;
import org.danelaw.tls.TlsConnector;
import org.danelaw.tlsa.CertificateAuthorities;

/// Makes the TLS client for outgoing connections.
final class OutgoingTls {
    private OutgoingTls() {}

    /// A client that holds peers against their TLSA records only: no certification authority is trusted.
    static TlsConnector daneOnly() {
        return trusting(List.of(), Optional.empty());
    }

    /// A client that trusts the certification authorities in the settings' file, or those of the Java
    /// runtime, where TLS Support asks for them (DANE never does), and shows the settings' certificate
    /// where it is asked for one.
    ///
    /// @throws IOException where a file cannot be read
    static TlsConnector of(Settings.OutgoingTls settings) throws IOException {
        try {
            return trusting(
                    settings.caFile().isPresent()
                            ? PemCertificates.read(settings.caFile().get())
                            : ofTheRuntime(),
                    identity(settings));
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(
                    "the Java runtime's certification authorities cannot be read: " + FailureText.of(unreadable),
                    unreadable);
        }
    }

    private static TlsConnector trusting(Collection<X509Certificate> authorities, Optional<ClientIdentity> client) {
        return new JsseTlsConnector(
                new Judgement(new CertificateAuthorities(authorities)), InstantSource.system(), client);
    }

    private static Optional<ClientIdentity> identity(Settings.OutgoingTls settings) throws IOException {
        if (settings.clientCertificate().isEmpty()) {
            return Optional.empty();
        }
        // A pair of files for TLS is the same thing on both sides of a connection.
        var read = ServerIdentity.read(
                settings.clientCertificate().get(), settings.clientKey().orElseThrow());
        return Optional.of(new ClientIdentity(read.chain(), read.key()));
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
