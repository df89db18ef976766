package org.danelaw.tlsa;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// One certificate as a server presented it, or whatever octets it sent in its place.
final class Presented {
    private final byte[] octets;
    private final Optional<byte[]> key;
    private final Map<Selected, String> associations = new HashMap<>();

    /// What of a certificate, in which form: the two middle fields of a record.
    private record Selected(int selector, int matchingType) {}

    Presented(byte[] octets) {
        this.octets = octets;
        this.key = RawCertificate.publicKeyInfo(octets);
    }

    /// RFC 6698 section 2.1: the selected part, whole or hashed, is the record's data. Each part is hashed
    /// once, however many records there are (rule C7).
    boolean isNamedBy(TlsaRecord record) {
        var selected = new Selected(record.selector(), record.matchingType());
        return associations.computeIfAbsent(selected, this::association).equals(record.data());
    }

    /// Never equal to any record's data where there is no such part.
    private String association(Selected what) {
        var part = what.selector == TlsaRecord.CERT ? Optional.of(octets) : key;
        return part.map(found -> switch (what.matchingType) {
                    case TlsaRecord.SHA2_256 -> digest("SHA-256", found);
                    case TlsaRecord.SHA2_512 -> digest("SHA-512", found);
                    default -> HexFormat.of().formatHex(found);
                })
                .orElse("none");
    }

    private static String digest(String algorithm, byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(octets));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + algorithm, missing);
        }
    }

    boolean isSameAs(Presented other) {
        return Arrays.equals(octets, other.octets);
    }

    /// The certificate, where Java can read it: needed only for DANE-TA.
    Optional<X509Certificate> parsed() {
        return parse(octets);
    }

    static Optional<X509Certificate> parse(byte[] octets) {
        try {
            // The JDK's own reader by name: a lenient one may stand before it while a handshake is under
            // way.
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509", "SUN")
                    .generateCertificate(new ByteArrayInputStream(octets));
            // It reads PEM too, and stops behind the first certificate: neither is what TLS carries.
            return Arrays.equals(certificate.getEncoded(), octets) ? Optional.of(certificate) : Optional.empty();
        } catch (CertificateException | RuntimeException unreadable) {
            // The JDK declares the first; an Ed25519 key of no octets makes it throw the other.
            return Optional.empty();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK reads certificates", missing);
        }
    }
}
