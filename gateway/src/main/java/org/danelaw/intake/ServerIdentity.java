package org.danelaw.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

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
        ServerIdentity identity = new ServerIdentity(certificates(certificate), privateKey(privateKey));
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

    private static List<X509Certificate> certificates(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> chain = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return chain;
        } catch (CertificateException unreadable) {
            throw new IOException(file + " is no PEM file of certificates: " + unreadable.getMessage(), unreadable);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                PEMParser pem = new PEMParser(in)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            // OpenSSL writes an EC PARAMETERS block before an EC PRIVATE KEY: at most one object precedes the key.
            for (int i = 0; i < 2; i++) {
                Object object = pem.readObject();
                if (object instanceof PrivateKeyInfo key) {
                    return converter.getPrivateKey(key);
                }
                if (object instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
            throw new IOException(file + " holds no unencrypted private key in PEM form");
        } catch (PEMException unusable) {
            throw new IOException(file + " holds a private key of no known form: " + unusable.getMessage(), unusable);
        }
    }
}
