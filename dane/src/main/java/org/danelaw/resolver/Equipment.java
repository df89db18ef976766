package org.danelaw.resolver;

import java.time.Instant;
import java.time.InstantSource;
import org.danelaw.dns.Reply;
import org.danelaw.dnssec.Budget;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.SignedReply;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.dnssec.ZoneTrust;

/// What validation works with, the same for all questions.
record Equipment(Anchors anchors, ZoneMemory zones, InstantSource clock, ValidationSettings settings, Crypto crypto) {
    Instant now() {
        return clock.instant();
    }

    /// `reply`, read with the keys of `zone`.
    SignedReply read(Reply reply, ZoneTrust.Signed zone, Budget budget) {
        return new SignedReply(zone, reply, settings, now(), budget);
    }
}
