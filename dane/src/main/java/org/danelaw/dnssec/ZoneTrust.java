package org.danelaw.dnssec;

import java.time.Instant;
import org.xbill.DNS.Name;

/// All that can be known of the zone that a name lies in.
public sealed interface ZoneTrust {
    /// The zone's apex: the deepest zone cut at or above the name that was asked about, as far as signatures lead.
    Name zone();

    /// When this has to be found out again.
    Instant validUntil();

    /// The zone signs its data with these keys, which lead to a trust anchor.
    record Signed(Name zone, ZoneKeys keys, Proof proof) implements ZoneTrust {
        @Override
        public Instant validUntil() {
            return proof.validUntil();
        }
    }

    /// The zone, and all below it, is proven to carry no signatures that we can check.
    record Unsigned(Name zone, Proof proof) implements ZoneTrust {
        @Override
        public Instant validUntil() {
            return proof.validUntil();
        }
    }

    /// The zone should be signed, and its keys or its delegation do not hold.
    record Broken(Name zone, Reason reason, Instant validUntil) implements ZoneTrust {}

    /// Nobody told us: kept for no time at all.
    record Unknown(Name zone, Reason reason, Instant validUntil) implements ZoneTrust {}
}
