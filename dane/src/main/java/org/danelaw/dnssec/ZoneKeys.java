package org.danelaw.dnssec;

import java.util.List;
import org.xbill.DNS.DNSKEYRecord;

/// A zone's authenticated keys.
public final class ZoneKeys {
    private final List<DNSKEYRecord> records;

    ZoneKeys(List<DNSKEYRecord> records) {
        this.records = List.copyOf(records);
    }

    /// The authenticated DNSKEY RRset.
    public List<DNSKEYRecord> records() {
        return records;
    }
}
