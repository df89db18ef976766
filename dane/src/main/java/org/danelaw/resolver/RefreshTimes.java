package org.danelaw.resolver;

import java.time.Duration;

/// When a trust point's keys are looked at again (RFC 5011 section 2.3).
///
/// @param originalTtl the original TTL of the DNSKEY set's signature
/// @param toExpiration how long that signature still counts
record RefreshTimes(Duration originalTtl, Duration toExpiration) {
    private static final Duration LEAST = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(15);
    private static final Duration MOST_AFTER_FAILURE = Duration.ofDays(1);

    /// For a trust point whose keys have never been seen.
    static final RefreshTimes UNKNOWN = new RefreshTimes(Duration.ZERO, Duration.ZERO);

    Duration afterSuccess() {
        return between(least(originalTtl.dividedBy(2), toExpiration.dividedBy(2)), MOST);
    }

    Duration afterFailure() {
        return between(least(originalTtl.dividedBy(10), toExpiration.dividedBy(10)), MOST_AFTER_FAILURE);
    }

    private static Duration between(Duration time, Duration most) {
        Duration capped = least(time, most);
        return capped.compareTo(LEAST) < 0 ? LEAST : capped;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
