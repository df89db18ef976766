package org.danelaw.tlsa;

import java.util.OptionalInt;

/// Whether a TLSA record can be used for SMTP (RFC 7672 section 3.1, RFC 6698 section 4.1); a record that
/// cannot does not keep others from being used.
public sealed interface Usability {
    record Usable() implements Usability {}

    record Unusable(String why) implements Usability {}

    static Usability of(TlsaRecord record) {
        if (record.data().isEmpty()) {
            return new Unusable("it has no certificate association data");
        }
        return switch (record.usage()) {
            // RFC 7672 section 3.1.3: SMTP clients do not use PKIX-TA and PKIX-EE.
            case 0, 1 -> new Unusable("usage " + record.usage() + " is not used for mail (RFC 7672 section 3.1.3)");
            case TlsaRecord.DANE_TA, TlsaRecord.DANE_EE -> ofSelector(record);
            // Usage 255 is for private use (RFC 6698 section 7.2): whoever publishes it for the world means
            // nobody.
            default -> new Unusable("usage " + record.usage() + " means nothing (RFC 7218)");
        };
    }

    private static Usability ofSelector(TlsaRecord record) {
        return switch (record.selector()) {
            case TlsaRecord.CERT, TlsaRecord.SPKI -> ofMatchingType(record);
            default -> new Unusable("selector " + record.selector() + " means nothing (RFC 7218)");
        };
    }

    private static Usability ofMatchingType(TlsaRecord record) {
        var digestOctets = switch (record.matchingType()) {
            case TlsaRecord.FULL -> OptionalInt.empty();
            case TlsaRecord.SHA2_256 -> OptionalInt.of(32);
            case TlsaRecord.SHA2_512 -> OptionalInt.of(64);
            default -> OptionalInt.of(-1);
        };
        int octets = record.data().length() / 2;
        if (digestOctets.isEmpty()) {
            return ofWhole(record);
        }
        if (digestOctets.getAsInt() < 0) {
            return new Unusable("matching type " + record.matchingType() + " is not known here (RFC 7218)");
        }
        // RFC 6698 section 2.1.3 fixes the digest, and so its length.
        return octets == digestOctets.getAsInt()
                ? new Usable()
                : new Unusable("its digest has " + octets + " octets in place of " + digestOctets.getAsInt());
    }

    /// Only the shape counts: a key of a kind that we cannot compute with is a record that nothing will
    /// match, because to call it unusable would let anybody pass.
    private static Usability ofWhole(TlsaRecord record) {
        byte[] octets = record.bytes();
        boolean sound = record.selector() == TlsaRecord.CERT
                ? RawCertificate.publicKeyInfo(octets).isPresent()
                : RawCertificate.isPublicKeyInfo(octets);
        return sound
                ? new Usable()
                : new Unusable(
                        "its data are no " + (record.selector() == TlsaRecord.CERT ? "certificate" : "public key"));
    }
}
