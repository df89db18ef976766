package org.danelaw.dnssec;

import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

/// What we believe of a zone without asking: one of its keys, or the digest of one (RFC 4033 section 2).
public sealed interface TrustAnchor {
    Name zone();

    record Digest(DSRecord ds) implements TrustAnchor {
        @Override
        public Name zone() {
            return ds.getName();
        }
    }

    record Key(DNSKEYRecord key) implements TrustAnchor {
        @Override
        public Name zone() {
            return key.getName();
        }
    }
}
