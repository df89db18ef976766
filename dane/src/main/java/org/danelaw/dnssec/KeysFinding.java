package org.danelaw.dnssec;

import java.time.Instant;
import java.util.List;

/// What a zone's DNSKEY set came to, held against the zone's entry points.
public sealed interface KeysFinding {
    /// The zone's keys lead on from an entry point.
    record Trusted(ZoneKeys keys, List<Proof.Step> steps, Instant validUntil) implements KeysFinding {
        public Trusted {
            steps = List.copyOf(steps);
        }
    }

    record Broken(Reason reason) implements KeysFinding {}
}
