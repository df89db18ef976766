package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.danelaw.delivery.SteadyClock.Reading;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;
import org.junit.jupiter.api.Test;

/// The time by which mail ages, while the wall clock is adjusted and set.
final class SteadyClockTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final BounceProfile PROFILE =
            new BounceProfile(9, Duration.ofDays(3), Duration.ofMinutes(1), HOUR, Duration.ofHours(4));

    private final List<Duration> told = new ArrayList<>();
    private final Queue<Reading> odd = new ArrayDeque<>();
    private Instant wall = START;
    // Where it begins is nobody's business: it may run over on the way.
    private long nanos = Long.MAX_VALUE - 5;
    private final SteadyClock clock = new SteadyClock(this::reading, told::add);

    private Reading reading() {
        return odd.isEmpty() ? new Reading(wall, nanos) : odd.poll();
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void itGoesWithTheWallClockThatNobodySets() {
        pass(HOUR);

        assertThat(clock.instant()).isEqualTo(START.plus(HOUR)).isEqualTo(clock.wall());
        assertThat(told).isEmpty();
    }

    @Test
    void aWallClockSetForwardOrBackIsToldOnceAndNotFollowed() {
        for (var by : List.of(DAY, DAY.negated(), HOUR.negated(), Duration.ofSeconds(6))) {
            var before = clock.instant();
            wall = wall.plus(by);
            pass(HOUR);

            assertThat(clock.instant()).isEqualTo(before.plus(HOUR)).isEqualTo(clock.instant());
            assertThat(clock.wall()).isEqualTo(wall);
            assertThat(clock.onTheWall(clock.instant())).isEqualTo(wall);
            assertThat(clock.fromTheWall(wall)).isEqualTo(clock.instant());
        }
        assertThat(told).containsExactly(DAY, DAY.negated(), HOUR.negated(), Duration.ofSeconds(6));
    }

    @Test
    void aWallClockThatIsAdjustedLittleByLittleIsFollowed() {
        for (var i = 0; i < 100; i++) {
            pass(Duration.ofMinutes(1));
            wall = wall.plus(i % 3 == 0 ? SteadyClock.SET.negated() : SteadyClock.SET);
            assertThat(clock.instant()).isEqualTo(wall);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aThreadThatWaitedBetweenTheTwoClocksSeesNoStep() {
        odd.add(new Reading(wall, nanos + HOUR.toNanos()));
        pass(HOUR);

        assertThat(clock.instant()).isEqualTo(START.plus(HOUR));
        assertThat(told).isEmpty();
    }

    @Test
    void aMachineThatWasSuspendedGivesMailAllItsTime() {
        // Its wall clock went on; what counts elapsed time did not.
        wall = wall.plus(DAY);

        assertThat(clock.instant()).isEqualTo(START);
        assertThat(told).containsExactly(DAY);
    }

    @Test
    void mailReceivedAfterTheClockWasSetIsNewToo() {
        for (var by : List.of(DAY, DAY.negated(), DAY.negated())) {
            wall = wall.plus(by);
            clock.instant();

            var dated = dated(wall, new Next.Attempt(wall));
            assertThat(dated.received()).isEqualTo(clock.instant());
            assertThat(dated.next()).isEqualTo(new Next.Attempt(clock.instant()));
        }
    }

    @Test
    void mailOfAWrongClockIsNewAfterARestartAndWaitsNoLongerThanItsProfileDoes() {
        var ahead = START.plus(DAY);

        assertThat(dated(ahead, new Next.Attempt(ahead.plus(HOUR))))
                .isEqualTo(waiting(START, new Next.Attempt(START.plus(HOUR))));
        assertThat(dated(ahead, new Next.GiveUp(ahead.plus(PROFILE.maxQueue()))))
                .isEqualTo(waiting(START, new Next.GiveUp(START.plus(PROFILE.maxQueue()))));
    }

    @Test
    void mailOfARightClockIsDatedAsItIs() {
        var old = waiting(START.minus(DAY), new Next.Attempt(START.plusSeconds(59)));

        assertThat(dated(old.received(), old.next())).isEqualTo(old);
    }

    private Waiting dated(Instant received, Next next) {
        var settings =
                Altered.defaults().bounceProfiles(Map.of("default", PROFILE)).settings();
        return new Arrivals(clock, () -> settings).dated(waiting(received, next));
    }

    private static Waiting waiting(Instant received, Next next) {
        var lane = new Lane("two.example", "RELAYED", true);
        return new Waiting(1, lane, "a@one.example", List.of(0), received, "", 1, false, next);
    }
}
