package org.danelaw.lab.world;

import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

/// A key in the hands of its zone.
record ZoneKey(Key plan, Name zone, KeyPair pair) {
    static final long TTL = 3600;
    private static final int DNSSEC_PROTOCOL = 3;

    DNSKEYRecord dnskey() {
        return new DNSKEYRecord(
                zone,
                DClass.IN,
                TTL,
                plan.flags(),
                DNSSEC_PROTOCOL,
                plan.algorithm().number(),
                pair.publicKey());
    }

    /// RFC 4034 section 5.
    DSRecord ds(int digestType) {
        return new DSRecord(zone, DClass.IN, TTL, digestType, dnskey());
    }

    int tag() {
        return dnskey().getFootprint();
    }
}
