package org.danelaw.dnssec;

import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;

/// An NSEC3 record with the hash that its owner's first label spells (RFC 5155 section 3).
final class Nsec3 {
    private static final int SHA1 = 1;
    private static final int HASH_OCTETS = 20;
    private static final int OPT_OUT = 1;
    private static final int LABEL_CHARACTERS = HASH_OCTETS * 8 / 5;
    private static final String BASE32HEX = "0123456789abcdefghijklmnopqrstuv";

    private final NSEC3Record record;
    private final byte[] owner;

    private Nsec3(NSEC3Record record, byte[] owner) {
        this.record = record;
        this.owner = owner;
    }

    /// Empty for a record that counts for nothing: one with an unknown hash algorithm (RFC 5155 section 8.1), with
    /// unknown flags (section 8.2), or whose owner is no hash in the zone.
    static Optional<Nsec3> of(Name zone, NSEC3Record record) {
        Name owner = record.getName();
        boolean isKnown = record.getHashAlgorithm() == SHA1
                && (record.getFlags() & ~OPT_OUT) == 0
                && record.getNext().length == HASH_OCTETS
                && owner.labels() == zone.labels() + 1
                && owner.subdomain(zone);
        return isKnown ? hash(owner.getLabel(0)).map(hash -> new Nsec3(record, hash)) : Optional.empty();
    }

    /// RFC 5155 section 8.2: only records with equal parameters belong together.
    boolean hasParametersOf(Nsec3 other) {
        return record.getIterations() == other.record.getIterations() && Arrays.equals(salt(), other.salt());
    }

    boolean isAt(byte[] hash) {
        return Arrays.equals(owner, hash);
    }

    /// Whether `hash` lies between the record's owner and its next hash; the last record leads back to the first.
    boolean isOver(byte[] hash) {
        byte[] next = record.getNext();
        boolean isLast = Arrays.compareUnsigned(next, owner) <= 0;
        boolean isBehindOwner = Arrays.compareUnsigned(owner, hash) < 0;
        boolean isBeforeNext = Arrays.compareUnsigned(hash, next) < 0;
        return isLast ? isBehindOwner || isBeforeNext : isBehindOwner && isBeforeNext;
    }

    boolean isOptOut() {
        return (record.getFlags() & OPT_OUT) != 0;
    }

    /// The types at `name`, whose record this is.
    TypesAt typesAt(Name name) {
        return TypesAt.of(name, record);
    }

    int iterations() {
        return record.getIterations();
    }

    byte[] salt() {
        byte[] salt = record.getSalt();
        return salt == null ? new byte[0] : salt;
    }

    /// RFC 4648 section 7, in either case.
    private static Optional<byte[]> hash(byte[] label) {
        if (label.length != 1 + LABEL_CHARACTERS) {
            return Optional.empty();
        }
        byte[] hash = new byte[HASH_OCTETS];
        for (int i = 0; i < LABEL_CHARACTERS; i++) {
            int digit = BASE32HEX.indexOf(Character.toLowerCase(label[1 + i] & 0xff));
            if (digit < 0) {
                return Optional.empty();
            }
            put(hash, i * 5, digit);
        }
        return Optional.of(hash);
    }

    /// Puts five bits at `position`.
    private static void put(byte[] octets, int position, int fiveBits) {
        int shift = 11 - position % 8;
        int bits = fiveBits << shift;
        octets[position / 8] |= (byte) (bits >>> 8);
        if (position / 8 + 1 < octets.length) {
            octets[position / 8 + 1] |= (byte) bits;
        }
    }
}
