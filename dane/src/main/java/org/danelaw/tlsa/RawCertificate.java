package org.danelaw.tlsa;

import java.util.List;
import java.util.Optional;

/// Cuts certificates apart without reading what is in the parts, so that a certificate which Java cannot
/// read can still be compared with a record.
public final class RawCertificate {
    private static final List<Integer> BEFORE_THE_KEY =
            List.of(Der.INTEGER, Der.SEQUENCE, Der.SEQUENCE, Der.SEQUENCE, Der.SEQUENCE);

    private RawCertificate() {}

    /// The subjectPublicKeyInfo of RFC 5280 section 4.1, DER; empty where `octets` have not the shape of a
    /// certificate.
    public static Optional<byte[]> publicKeyInfo(byte[] octets) {
        return sequence(Der.only(octets), 3)
                .flatMap(certificate -> sequence(Optional.of(certificate.getFirst()), BEFORE_THE_KEY.size() + 1))
                .flatMap(RawCertificate::key);
    }

    private static Optional<byte[]> key(List<Der> signed) {
        // RFC 5280 section 4.1.2.1: a certificate of version 1 leaves its version out.
        int start = signed.getFirst().tag() == Der.VERSION ? 1 : 0;
        int at = start + BEFORE_THE_KEY.size();
        if (signed.size() <= at) {
            return Optional.empty();
        }
        var before = signed.subList(start, at).stream().map(Der::tag).toList();
        return before.equals(BEFORE_THE_KEY) && isPublicKeyInfo(signed.get(at))
                ? Optional.of(signed.get(at).octets())
                : Optional.empty();
    }

    /// Whether `octets` have the shape of a subjectPublicKeyInfo.
    static boolean isPublicKeyInfo(byte[] octets) {
        return Der.only(octets).filter(RawCertificate::isPublicKeyInfo).isPresent();
    }

    private static boolean isPublicKeyInfo(Der element) {
        return sequence(Optional.of(element), 2)
                .filter(parts -> parts.size() == 2
                        && parts.getFirst().tag() == Der.SEQUENCE
                        && parts.getLast().tag() == Der.BIT_STRING)
                .isPresent();
    }

    private static Optional<List<Der>> sequence(Optional<Der> element, int atLeast) {
        return element.filter(found -> found.tag() == Der.SEQUENCE)
                .flatMap(Der::elements)
                .filter(parts -> parts.size() >= atLeast);
    }
}
