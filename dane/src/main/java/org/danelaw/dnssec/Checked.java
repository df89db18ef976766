package org.danelaw.dnssec;

import java.time.Instant;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof.Step.Signed;
import org.xbill.DNS.Name;

/// What the signatures of a record set came to under a zone's keys.
public sealed interface Checked {
    /// One of them holds.
    ///
    /// @param set the records, to be kept no longer than the signature allows (RFC 4035 section 5.3.3)
    /// @param madeFrom the owner in the zone: the same, or the wildcard that made it (section 5.3.4)
    /// @param validUntil when the set has to be asked for again
    record Verified(RecordSet set, Name madeFrom, Signed step, Instant validUntil) implements Checked {
        /// Whether it still has to be proved that nothing nearer to the name than the wildcard exists.
        public boolean isExpansion() {
            return !madeFrom.equals(set.owner());
        }
    }

    /// None does; the reason tells of the one that came nearest.
    record Failed(Reason reason) implements Checked {}
}
