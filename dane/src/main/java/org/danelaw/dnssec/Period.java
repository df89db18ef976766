package org.danelaw.dnssec;

import java.time.Duration;
import java.time.Instant;
import org.xbill.DNS.RRSIGRecord;

/// When a signature counts, as its inception and expiration say (RFC 4034 section 3.1.5).
record Period(Instant inception, Instant expiration) {
    // Unlike RFC 4035 section 5.3.1, because signers' clocks and ours differ: as Unbound does it.
    static final Duration LEAST_SKEW = Duration.ofHours(1);
    static final Duration GREATEST_SKEW = Duration.ofHours(24);
    private static final int LIFETIMES_A_SKEW = 10;

    /// Where a moment lies.
    enum Relation {
        WITHIN,
        /// Outside, and near enough to be put down to a clock: good for an answer, not for a cache.
        WITHIN_SKEW,
        BEFORE,
        AFTER
    }

    static Period of(RRSIGRecord signature, Instant now) {
        return new Period(unwrapped(signature.getTimeSigned(), now), unwrapped(signature.getExpire(), now));
    }

    /// RFC 4034 section 3.1.5: the times are serial numbers modulo 2^32, so each means the moment nearest to now.
    private static Instant unwrapped(Instant time, Instant now) {
        int distance = (int) (time.getEpochSecond() - now.getEpochSecond());
        return Instant.ofEpochSecond(now.getEpochSecond() + distance);
    }

    Relation relation(Instant now) {
        if (!now.isBefore(inception) && !now.isAfter(expiration)) {
            return Relation.WITHIN;
        }
        boolean isBefore = now.isBefore(inception);
        Duration distance = isBefore ? Duration.between(now, inception) : Duration.between(expiration, now);
        if (!expiration.isBefore(inception) && distance.compareTo(skew()) <= 0) {
            return Relation.WITHIN_SKEW;
        }
        return isBefore ? Relation.BEFORE : Relation.AFTER;
    }

    private Duration skew() {
        Duration tenth = Duration.between(inception, expiration).dividedBy(LIFETIMES_A_SKEW);
        if (tenth.compareTo(LEAST_SKEW) < 0) {
            return LEAST_SKEW;
        }
        return tenth.compareTo(GREATEST_SKEW) > 0 ? GREATEST_SKEW : tenth;
    }
}
