package org.danelaw.queue;

import java.time.Duration;

/// How long and how often mail is tried before it bounces.
///
/// @param maxRetries attempts after the first
/// @param maxQueue a message's longest stay, counted from when it was received
/// @param delayNotice the stay after which the sender is told that a message still waits
public record BounceProfile(
        int maxRetries, Duration maxQueue, Duration initialRetry, Duration maxRetry, Duration delayNotice) {
    /// The name of the profile that applies where no other is named.
    public static final String DEFAULT_NAME = "default";

    public static final BounceProfile DEFAULT = new BounceProfile(
            100, Duration.ofSeconds(259_200), Duration.ofSeconds(60), Duration.ofSeconds(3_600), Duration.ofHours(4));

    public BounceProfile {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("max-retries must not be negative: " + maxRetries);
        }
        requirePositive("max-queue-seconds", maxQueue);
        requirePositive("initial-retry-seconds", initialRetry);
        requirePositive("max-retry-seconds", maxRetry);
        requirePositive("delay-notice-seconds", delayNotice);
    }

    private static void requirePositive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(setting + " must be more than zero: " + value.toSeconds());
        }
    }
}
