package org.danelaw.lab.world;

import org.xbill.DNS.Name;

/// A key that a zone is to have: what it is for, its algorithm and flags, and a number that tells it from its like.
///
/// @param role what it signs; the flags say what the DNSKEY record claims, which damage may make another thing
/// @param rsaBits the size of an RSA key, else without meaning
/// @param twin 0, or which of the keys that only have the same tag as this one
public record Key(Role role, Algorithm algorithm, int flags, int number, int rsaBits, int twin) {
    public static final int ZONE_KEY = 0x100;
    public static final int REVOKED = 0x80;
    public static final int SECURE_ENTRY_POINT = 0x1;

    private static final int SMALL = 1024;

    /// What a key does in its zone.
    public enum Role {
        /// Signs the DNSKEY set; the parent has a DS record of it.
        KSK,
        /// Signs all but the DNSKEY set.
        ZSK,
        /// Signs everything; the parent has a DS record of it.
        CSK,
        /// Is published and signs nothing.
        STANDBY,
        /// Signs the DNSKEY set, but is not in it, and the parent has no DS record of it.
        HIDDEN;

        boolean signsKeys() {
            return this == KSK || this == CSK;
        }

        boolean signsZone() {
            return this == ZSK || this == CSK;
        }
    }

    public static Key ksk(Algorithm algorithm) {
        return new Key(Role.KSK, algorithm, ZONE_KEY | SECURE_ENTRY_POINT, 1, SMALL, 0);
    }

    public static Key zsk(Algorithm algorithm) {
        return new Key(Role.ZSK, algorithm, ZONE_KEY, 1, SMALL, 0);
    }

    public static Key csk(Algorithm algorithm) {
        return new Key(Role.CSK, algorithm, ZONE_KEY | SECURE_ENTRY_POINT, 1, SMALL, 0);
    }

    /// Another key of the same kind: each number has its own key.
    public Key number(int other) {
        return new Key(role, algorithm, flags, other, rsaBits, twin);
    }

    /// With an RSA modulus of `bits`: 1024 or 2048.
    public Key bits(int bits) {
        return new Key(role, algorithm, flags, number, bits, twin);
    }

    public Key as(Role other) {
        return new Key(other, algorithm, flags, number, rsaBits, twin);
    }

    /// RFC 5011 section 2.1: the holder takes the key back, and still signs the DNSKEY set with it.
    public Key revoked() {
        return flags(flags | REVOKED);
    }

    /// RFC 4034 section 2.1.1: without the Zone Key flag it must not be used to check anything.
    public Key notAZoneKey() {
        return flags(flags & ~ZONE_KEY);
    }

    /// RFC 4034 section 2.1.1: the SEP flag is a hint, and validators must not care.
    public Key withoutSep() {
        return flags(flags & ~SECURE_ENTRY_POINT);
    }

    /// A key that has the same tag, signs nothing and fits nothing: each number has its own.
    Key twin(int which) {
        return new Key(Role.STANDBY, algorithm, flags, number, rsaBits, which);
    }

    private Key flags(int other) {
        return new Key(role, algorithm, other, number, rsaBits, twin);
    }

    /// Flags are no part of the seed: a key stays the same key when it is revoked.
    ZoneKey of(Name zone) {
        var seed = zone + " " + ((flags & SECURE_ENTRY_POINT) == 0 ? "zone" : "entry") + " " + number;
        var key = new ZoneKey(this, zone, KeyPair.of(algorithm, rsaBits, seed));
        return twin == 0 ? key : new ZoneKey(this, zone, KeyPair.withoutPrivateHalf(TagTwins.of(key, twin)));
    }
}
