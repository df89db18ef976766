package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.ZoneTrust;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

/// How long what is known of a zone counts.
class ZoneCacheTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Name ZONE = Name.fromConstantString("dane.example.");
    private static final Reason REASON = new Reason("a reason", ExtendedError.DNSSEC_BOGUS);

    private final SettableClock clock = new SettableClock(NOW);
    private final ZoneCache cache = new ZoneCache(1 << 20, Duration.ofSeconds(10), clock);

    @Rule("A22")
    @Test
    void whatIsProvedOfAZoneCountsAsLongAsItsProof() {
        keep(new ZoneTrust.Unsigned(ZONE, new Proof(List.of(), NOW.plusSeconds(90))));
        clock.advanceSeconds(89);
        assertThat(cache.recall(ZONE)).isPresent();
        clock.advanceSeconds(1);
        assertThat(cache.recall(ZONE)).isEmpty();
    }

    @Rule("A22")
    @Test
    void aBrokenZoneIsLookedAtAgainAfterAMinute() {
        keep(new ZoneTrust.Broken(ZONE, REASON, NOW.plusSeconds(3600)));
        clock.advanceSeconds(59);
        assertThat(cache.recall(ZONE)).isPresent();
        clock.advanceSeconds(1);
        assertThat(cache.recall(ZONE)).isEmpty();
    }

    @Test
    void whatNobodyCouldTellIsNotRemembered() {
        keep(new ZoneTrust.Unknown(ZONE, REASON, NOW.plusSeconds(3600)));
        assertThat(cache.recall(ZONE)).isEmpty();
    }

    private void keep(ZoneTrust trust) {
        assertThat(cache.recallOr(ZONE, () -> trust)).isEqualTo(trust);
    }
}
