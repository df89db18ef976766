package org.danelaw.intake;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.danelaw.dns.FailureText;

/// An unencrypted private key in a PEM file. Apart from [ServerIdentity], because whatever names Bouncy Castle's
/// classes
/// makes the JVM open its signed jars, which costs a command that shows no certificate a tenth of a second.
final class PemKey {
    private PemKey() {}

    /// Reads PKCS #8, PKCS #1 or SEC 1.
    ///
    /// @throws IOException with a sentence that names the file
    static PrivateKey read(Path file) throws IOException {
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
            throw new IOException(
                    file + " holds a private key of no known form: " + FailureText.of(unusable), unusable);
        }
    }
}
