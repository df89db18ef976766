package org.danelaw.verify;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.danelaw.tls.Evidence;
import org.danelaw.tlsa.RawCertificate;
import org.danelaw.tlsa.TlsaRecord;

/// Reads the certificates that a host showed, for people.
final class Certificates {
    private Certificates() {}

    /// What an attempt got to see; nothing where there was no handshake.
    static List<byte[]> of(Ending ending) {
        return evidence(ending).map(Evidence::chain).orElse(List.of());
    }

    static Optional<Evidence> evidence(Ending ending) {
        return switch (ending) {
            case Ending.Refused(var verdict, var evidence) -> Optional.of(evidence);
            case Ending.Secured(var verdict, var evidence) -> Optional.of(evidence);
            case Ending.NoConnection noConnection -> Optional.empty();
            case Ending.NoSession noSession -> Optional.empty();
            case Ending.NoStartTls noStartTls -> Optional.empty();
            case Ending.TlsFailed tlsFailed -> Optional.empty();
            case Ending.Unused _ -> Optional.empty();
        };
    }

    /// Empty where Java cannot read it; what counts for DANE-EE does not hang on that.
    static Optional<X509Certificate> parsed(byte[] der) {
        try {
            return Optional.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
        } catch (CertificateException unreadable) {
            return Optional.empty();
        }
    }

    /// The record that would admit a host with this certificate: RFC 7672 section 3.1 recommends `3 1 1`.
    static Optional<TlsaRecord> endEntityKey(byte[] der) {
        return RawCertificate.publicKeyInfo(der).map(key -> new TlsaRecord(3, 1, 1, digest(key)));
    }

    static String fingerprint(byte[] der) {
        return HexFormat.of().formatHex(digest(der));
    }

    private static byte[] digest(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
