package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.danelaw.delivery.DestinationStatus.LastError;
import org.danelaw.queue.Why;
import org.junit.jupiter.api.Test;

/// What is remembered of destinations, and how much of it.
final class TalliesTest {
    private static final Why WHY = new Why("4.4.1", "no connection", "Nobody answers.");

    private final Tallies tallies = new Tallies();

    @Test
    void countsGoOnWhenMailComesAgain() {
        tallies.arrived("one.example", 1);
        tallies.delivered("one.example", 1);
        tallies.arrived("one.example", 3);
        tallies.delivered("one.example", 2);

        var count = tallies.count("one.example").orElseThrow();
        assertThat(count.delivered()).isEqualTo(3);
        assertThat(count.active()).isEqualTo(1);
    }

    @Test
    void onlySoManyDestinationsWithoutMailAreRemembered() {
        tallies.arrived("waiting.example", 1);
        tallies.deferred("waiting.example", 1, new LastError(WHY, Instant.EPOCH));
        for (var i = 0; i < Tallies.MOST_AT_REST + 5; i++) {
            tallies.arrived(i + ".example", 1);
            tallies.delivered(i + ".example", 1);
        }

        assertThat(tallies.counts()).hasSize(Tallies.MOST_AT_REST + 1);
        assertThat(tallies.count("waiting.example")).isPresent();
        assertThat(tallies.count("4.example")).isEmpty();
        assertThat(tallies.count("5.example")).isPresent();
    }

    @Test
    void theOneThatHadNoMailForLongestIsForgottenFirst() {
        for (var i = 0; i < Tallies.MOST_AT_REST; i++) {
            tallies.arrived(i + ".example", 1);
            tallies.delivered(i + ".example", 1);
        }
        tallies.arrived("0.example", 1);
        tallies.delivered("0.example", 1);
        tallies.arrived("new.example", 1);
        tallies.delivered("new.example", 1);

        assertThat(tallies.count("0.example")).isPresent();
        assertThat(tallies.count("1.example")).isEmpty();
    }
}
