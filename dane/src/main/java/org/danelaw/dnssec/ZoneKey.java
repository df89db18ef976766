package org.danelaw.dnssec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DNSKEYRecord;

/// One of a zone's keys, made ready for signature checks when it is first used and kept so.
final class ZoneKey {
    private final DNSKEYRecord dnskey;
    private final Optional<Algorithm> algorithm;
    private final int tag;
    private final Crypto crypto;
    private volatile @Nullable Import done;

    ZoneKey(DNSKEYRecord dnskey, Crypto crypto) {
        this.dnskey = dnskey;
        this.algorithm = Algorithm.of(dnskey.getAlgorithm());
        this.tag = dnskey.getFootprint();
        this.crypto = crypto;
    }

    DNSKEYRecord dnskey() {
        return dnskey;
    }

    int tag() {
        return tag;
    }

    int algorithm() {
        return dnskey.getAlgorithm();
    }

    /// Whether the record is one that may sign its zone's data at all.
    ///
    /// The Secure Entry Point flag plays no part (RFC 4034 section 2.1.1).
    boolean maySign() {
        // RFC 4034 section 2.1.1: a key without the Zone Key flag must not verify signatures over sets.
        // RFC 4034 section 2.1.2: a protocol other than 3 makes the record invalid.
        // RFC 5011 section 2.1: a revoked key validates nothing but its own revocation.
        return isZoneKey() && dnskey.getProtocol() == DNSKEYRecord.Protocol.DNSSEC && !isRevoked();
    }

    boolean isZoneKey() {
        return (dnskey.getFlags() & DNSKEYRecord.Flags.ZONE_KEY) != 0;
    }

    boolean isRevoked() {
        return (dnskey.getFlags() & DNSKEYRecord.Flags.REVOKE) != 0;
    }

    /// Whether `signature` is this key's over `octets`.
    boolean signed(byte[] octets, byte[] signature) {
        return imported().map(key -> key.signed(octets, signature)).orElse(false);
    }

    private Optional<ImportedKey> imported() {
        Import known = done;
        if (known == null) {
            byte[] field = dnskey.getKey();
            known = new Import(field == null ? Optional.empty() : algorithm.flatMap(kind -> crypto.key(kind, field)));
            done = known;
        }
        return known.key;
    }

    /// That the import was tried, and what came of it: not every record holds a key.
    private record Import(Optional<ImportedKey> key) {}
}
