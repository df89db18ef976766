package org.danelaw.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.danelaw.dns.FailureText;

/// Reads PEM files of certificates.
public final class PemCertificates {
    private PemCertificates() {}

    /// The certificates of a file, in its order; at least one.
    ///
    /// @throws IOException with a sentence that names the file
    public static List<X509Certificate> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            List<X509Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return found;
        } catch (CertificateException unreadable) {
            throw new IOException(file + " is no PEM file of certificates: " + FailureText.of(unreadable), unreadable);
        }
    }
}
