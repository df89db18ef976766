package org.danelaw.dnssec;

import java.util.List;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;

/// A zone's keys, as its DNSKEY set has them.
public final class ZoneKeys {
    private final Name zone;
    private final List<ZoneKey> keys;

    private ZoneKeys(Name zone, List<ZoneKey> keys) {
        this.zone = zone;
        this.keys = List.copyOf(keys);
    }

    static ZoneKeys of(Name zone, List<DNSKEYRecord> records, Crypto crypto) {
        return new ZoneKeys(
                zone, records.stream().map(key -> new ZoneKey(key, crypto)).toList());
    }

    /// Those of the keys that `admitted` holds, and no others.
    ZoneKeys only(List<ZoneKey> admitted) {
        return new ZoneKeys(zone, admitted);
    }

    public Name zone() {
        return zone;
    }

    /// The records, in the set's order.
    public List<DNSKEYRecord> records() {
        return keys.stream().map(ZoneKey::dnskey).toList();
    }

    List<ZoneKey> keys() {
        return keys;
    }
}
