package org.danelaw.delivery;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// The addresses whose TLS failed after their 220 where TLS was only preferred: the next attempt there
/// goes in clear text (`[delivery] cleartext-after-failed-tls`). Never asked where TLS is required.
/// Shared by all attempts.
final class ClearTextNext {
    /// After this TLS is tried again.
    private static final Duration LASTS = Duration.ofHours(1);

    /// The oldest is forgotten first.
    private static final int MOST_ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<InetAddress, Instant> failedAt = new LinkedHashMap<>();

    ClearTextNext(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void tlsFailed(InetAddress address) {
        failedAt.remove(address);
        failedAt.put(address, clock.instant());
        if (failedAt.size() > MOST_ADDRESSES) {
            failedAt.remove(failedAt.keySet().iterator().next());
        }
    }

    synchronized boolean isDue(InetAddress address) {
        var failed = failedAt.get(address);
        return failed != null && clock.instant().isBefore(failed.plus(LASTS));
    }
}
