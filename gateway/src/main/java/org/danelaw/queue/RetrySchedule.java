package org.danelaw.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/// When mail is tried again, and when no more. Pure: the chance of the jitter is handed in.
///
/// @param jitterPercent by how much an interval may be longer than the profile says
/// @param chance numbers from 0 to 1, evenly spread
public record RetrySchedule(int jitterPercent, DoubleSupplier chance) {
    /// No interval is doubled more often: past that, every profile is at its maximum.
    private static final int MOST_DOUBLINGS = 30;

    public RetrySchedule {
        if (jitterPercent < 0 || jitterPercent > 100) {
            throw new IllegalArgumentException("retry-jitter-percent must be from 0 to 100: " + jitterPercent);
        }
    }

    /// What is due after an attempt.
    ///
    /// @param made the attempts made, that one included
    /// @param at when that attempt was made
    public Next after(BounceProfile profile, Instant received, int made, Instant at) {
        var end = received.plus(profile.maxQueue());
        if (made > profile.maxRetries()) {
            return new Next.GiveUp(at);
        }
        var retry = at.plus(interval(profile, made - 1));
        if (retry.isBefore(end)) {
            return new Next.Attempt(retry);
        }
        return new Next.GiveUp(end.isAfter(at) ? end : at);
    }

    /// The longest that mail of this profile waits between two attempts.
    public static Duration longest(BounceProfile profile, int jitterPercent) {
        return new RetrySchedule(jitterPercent, () -> 1).interval(profile, MOST_DOUBLINGS);
    }

    /// The wait before retry `n`, counted from 0: min(max, initial x 2^n), and up to the jitter more.
    Duration interval(BounceProfile profile, int n) {
        var doubled = profile.initialRetry().multipliedBy(1L << Math.clamp(n, 0, MOST_DOUBLINGS));
        var plain = doubled.compareTo(profile.maxRetry()) < 0 ? doubled : profile.maxRetry();
        var jitter = plain.toMillis() * (jitterPercent / 100.0) * chance.getAsDouble();
        return plain.plusMillis((long) jitter);
    }
}
