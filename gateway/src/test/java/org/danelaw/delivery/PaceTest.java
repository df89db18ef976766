package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// How many connections a destination gets.
final class PaceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final int MUCH = 1_000_000;

    private final Pace pace = new Pace();

    /// Begins as many sessions as it wants; returns how many there are then.
    private int begin(int ready) {
        while (pace.wantsAnother(ready)) {
            pace.begun();
        }
        return pace.sessions();
    }

    @Test
    void anUnknownDestinationGetsAFew() {
        assertThat(begin(MUCH)).isEqualTo(Pace.FIRST_CONNECTIONS);
        assertThat(pace.state()).isEqualTo(HostState.UNKNOWN);
    }

    @Test
    void fewMessagesAreNotWorthManyConnections() {
        assertThat(begin(1)).isEqualTo(1);
        assertThat(begin(Pace.MESSAGES_THAT_JUSTIFY_A_CONNECTION)).isEqualTo(1);
        assertThat(begin(Pace.MESSAGES_THAT_JUSTIFY_A_CONNECTION + 1)).isEqualTo(2);
    }

    @Test
    void afterAnOutageOneTwoFourAsSuccessesCome() {
        pace.begun();
        pace.down();
        pace.ended(false);

        assertThat(begin(MUCH)).isEqualTo(1);
        pace.had(START);
        assertThat(begin(MUCH)).isEqualTo(2);
        pace.had(START);
        assertThat(begin(MUCH)).isEqualTo(3);
        pace.sent(SLOW, START);
        assertThat(begin(MUCH)).isEqualTo(4);
        for (var i = 0; i < 4; i++) {
            pace.sent(SLOW, START);
            begin(MUCH);
        }
        assertThat(pace.sessions()).isEqualTo(7);
        assertThat(pace.state()).isEqualTo(HostState.UP);
    }

    @Test
    void aHostThatStopsToGreetKeepsOnlyAFewWaiting() {
        begin(MUCH);
        var working = 100;
        for (var i = 0; i < working; i++) {
            pace.had(START);
            begin(MUCH);
            pace.sent(SLOW, START);
            begin(MUCH);
        }
        for (var i = 0; i < 1_000; i++) {
            pace.sent(SLOW, START);
            begin(MUCH);
        }

        assertThat(pace.sessions() - working).isEqualTo(working / 2);
    }

    @Test
    void aConnectionThatIsTurnedAwayWhileOthersWorkSetsTheirNumberForAMinute() {
        begin(MUCH);
        pace.had(START);
        pace.had(START);
        pace.turnedAway(START);
        while (pace.sessions() > 2) {
            pace.ended(false);
        }

        pace.sent(SLOW, START.plusSeconds(59));
        assertThat(begin(MUCH)).isEqualTo(2);
        pace.sent(SLOW, START.plusSeconds(60));
        assertThat(begin(MUCH)).isEqualTo(3);
        pace.had(START.plusSeconds(61));
        assertThat(begin(MUCH)).isEqualTo(3);
    }

    @Test
    void oneThatEndsIsReplacedThoughTheHostIsFull() {
        begin(MUCH);
        pace.had(START);
        pace.had(START);
        pace.turnedAway(START);
        while (pace.sessions() > 2) {
            pace.ended(false);
        }
        pace.ended(true);

        assertThat(begin(MUCH)).isEqualTo(2);
    }

    @Test
    void quickMessagesNeedFewConnections() {
        begin(MUCH);
        pace.had(START);
        pace.sent(Duration.ofMillis(1), START);

        assertThat(pace.wantsAnother(2_000)).isFalse();
        assertThat(pace.wantsAnother(20_000)).isTrue();
    }

    @Test
    void theQuickestMessageCountsBecauseTheOthersWaitedForThisMachine() {
        begin(MUCH);
        pace.had(START);
        pace.sent(Duration.ofMillis(1), START);
        pace.sent(Duration.ofMillis(500), START);

        assertThat(pace.wantsAnother(2_000)).isFalse();
    }
}
