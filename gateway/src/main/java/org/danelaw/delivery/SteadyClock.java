package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The time by which mail ages and is tried again: the wall clock's at the start of the process, and from
/// then on as much more as has passed, whatever the wall clock is set to.
///
/// So a clock that was set a day forward bounces nothing and tells nobody of a delay, and one that was set
/// back makes nothing wait a day longer. What is written for people or to the disk (log, reports, the spool)
/// is wall time, and is translated by [#onTheWall] and [#fromTheWall].
///
/// While a machine is suspended, or a virtual one is stopped, what counts elapsed time may stop, too: its
/// waking looks like a clock set forward, and mail has its whole lifetime of time in which it could be tried.
/// After a restart nothing is known of earlier steps: mail is as old as its wall time says.
final class SteadyClock implements InstantSource {
    /// By less the wall clock is being adjusted, not set; that is followed. By how much between two looks,
    /// and delivery looks every minute.
    static final Duration SET = Duration.ofSeconds(5);

    private final Supplier<Reading> source;
    private final Consumer<Duration> whenSet;

    // Guarded by this.
    private Reading last;
    private Duration wallAhead = Duration.ZERO;

    /// What both clocks show at one moment.
    ///
    /// @param nanos elapsed time, counted from anywhere
    record Reading(Instant wall, long nanos) {
        static Reading ofThisMachine() {
            return new Reading(Instant.now(), System.nanoTime());
        }

        /// By how much the wall clock went on more than time did since then.
        private Duration setSince(Reading before) {
            return Duration.between(before.wall, wall).minusNanos(nanos - before.nanos);
        }
    }

    /// @param whenSet told by how much the wall clock was set forward; it must not block, nor ask for the time
    SteadyClock(Supplier<Reading> source, Consumer<Duration> whenSet) {
        this.source = source;
        this.whenSet = whenSet;
        last = source.get();
    }

    @Override
    public synchronized Instant instant() {
        return look().minus(wallAhead);
    }

    /// What the wall clock shows.
    Instant wall() {
        return look();
    }

    /// What the wall clock, as it is set now, shows at that moment of this clock.
    Instant onTheWall(Instant steady) {
        return steady.plus(wallAhead());
    }

    /// The moment of this clock at which the wall clock, as it is set now, shows this.
    Instant fromTheWall(Instant wall) {
        return wall.minus(wallAhead());
    }

    private synchronized Duration wallAhead() {
        return wallAhead;
    }

    private synchronized Instant look() {
        var now = source.get();
        if (isSet(now)) {
            // This thread may have been kept waiting between the two clocks: what is so twice is so.
            now = source.get();
        }
        if (isSet(now)) {
            var by = now.setSince(last);
            wallAhead = wallAhead.plus(by);
            whenSet.accept(by);
        }
        last = now;
        return now.wall();
    }

    private boolean isSet(Reading now) {
        return now.setSince(last).abs().compareTo(SET) > 0;
    }
}
