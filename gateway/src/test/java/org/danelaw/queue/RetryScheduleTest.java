package org.danelaw.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryScheduleTest {
    private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");
    private static final RetrySchedule PLAIN = new RetrySchedule(0, () -> 1.0);

    @Test
    void twoRetriesAreAttemptsAt0And60And120AndTheBounceRightAfter() {
        var profile = profile(2, 259_200, 60, 60);

        assertThat(course(PLAIN, profile))
                .containsExactly("attempt at 0", "attempt at 60", "attempt at 120", "bounce at 120");
    }

    @Test
    void aLifetimeOf100SecondsIsAttemptsAt0And60AndTheBounceAt100BeforeTheAttemptDueAt120() {
        var profile = profile(100, 100, 60, 60);

        assertThat(course(PLAIN, profile)).containsExactly("attempt at 0", "attempt at 60", "bounce at 100");
    }

    @Test
    void intervalsDoubleUpToTheMaximum() {
        var profile = BounceProfile.DEFAULT;

        assertThat(List.of(0, 1, 2, 5, 6, 99, 10_000).stream()
                        .map(n -> PLAIN.interval(profile, n).toSeconds()))
                .containsExactly(60L, 120L, 240L, 1_920L, 3_600L, 3_600L, 3_600L);
    }

    @Test
    void theDefaultProfileEndsWithTheLifetimeOfThreeDays() {
        var course = course(PLAIN, BounceProfile.DEFAULT);

        assertThat(course.getLast()).isEqualTo("bounce at 259200");
        assertThat(course).hasSizeBetween(70, 90);
    }

    @Test
    void jitterLengthensAnIntervalByAtMostItsPercentage() {
        var none = new RetrySchedule(10, () -> 0.0);
        var half = new RetrySchedule(10, () -> 0.5);
        var whole = new RetrySchedule(10, () -> 1.0);
        var profile = profile(9, 10_000, 60, 3_600);

        assertThat(none.interval(profile, 0)).isEqualTo(Duration.ofSeconds(60));
        assertThat(half.interval(profile, 0)).isEqualTo(Duration.ofSeconds(63));
        assertThat(whole.interval(profile, 0)).isEqualTo(Duration.ofSeconds(66));
    }

    @Test
    void aRetryThatFallsOnTheEndOfTheLifetimeIsTheBounce() {
        assertThat(course(PLAIN, profile(100, 60, 60, 60))).containsExactly("attempt at 0", "bounce at 60");
    }

    @Test
    void anAttemptMadeAfterTheLifetimeBouncesAtOnce() {
        var late = RECEIVED.plusSeconds(500);

        assertThat(PLAIN.after(profile(100, 100, 60, 60), RECEIVED, 1, late)).isEqualTo(new Next.GiveUp(late));
    }

    @Test
    void aProfileWithoutTimeIsRefusedByTheNameOfTheSetting() {
        assertThatThrownBy(() -> profile(1, 0, 60, 60)).hasMessageContaining("max-queue-seconds");
        assertThatThrownBy(() -> profile(1, 60, 0, 60)).hasMessageContaining("initial-retry-seconds");
        assertThatThrownBy(() -> profile(-1, 60, 60, 60)).hasMessageContaining("max-retries");
    }

    private static BounceProfile profile(int retries, int queue, int initial, int max) {
        return new BounceProfile(
                retries,
                Duration.ofSeconds(queue),
                Duration.ofSeconds(initial),
                Duration.ofSeconds(max),
                Duration.ofHours(4));
    }

    /// What becomes of a message whose every attempt fails at once.
    private static List<String> course(RetrySchedule schedule, BounceProfile profile) {
        var course = new ArrayList<String>();
        Next next = new Next.Attempt(RECEIVED);
        for (var made = 1; ; made++) {
            var second = next.at().getEpochSecond() - RECEIVED.getEpochSecond();
            if (next instanceof Next.GiveUp) {
                course.add("bounce at " + second);
                return course;
            }
            course.add("attempt at " + second);
            next = schedule.after(profile, RECEIVED, made, next.at());
        }
    }
}
