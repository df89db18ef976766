package org.danelaw.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// The certificate chain that a listener shows after STARTTLS, its own certificate first, and the key to it.
public record ServerIdentity(List<X509Certificate> chain, PrivateKey key) {
    public ServerIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a server needs at least one certificate");
        }
    }

    /// Reads PEM files: a certificate with those that follow it up to the root, and its unencrypted key (PKCS #8, PKCS
    /// #1 or SEC 1).
    ///
    /// @throws IOException with a sentence that names the file
    public static ServerIdentity read(Path certificate, Path privateKey) throws IOException {
        ServerIdentity identity = new ServerIdentity(PemCertificates.read(certificate), PemKey.read(privateKey));
        if (!KeyProof.belongTogether(identity.chain.getFirst().getPublicKey(), identity.key)) {
            throw new IOException(
                    "the key in " + privateKey + " is not that of the first certificate in " + certificate);
        }
        return identity;
    }

    /// What makes handshakes with this identity: TLS 1.2 or newer, no client certificates.
    SSLContext context() {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("server", key, new char[0], chain.toArray(new Certificate[0]));
            KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX", "SunJSSE");
            managers.init(keys, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the Java runtime cannot use this certificate and key for TLS", broken);
        }
    }
}
