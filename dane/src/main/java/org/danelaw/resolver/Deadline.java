package org.danelaw.resolver;

import java.time.Duration;

/// A moment on the JVM's own steady clock, after which nobody waits any more.
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return nanosLeft() <= 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, nanosLeft()));
    }

    /// For the sockets' time-outs, where 0 would mean for ever: at least 1.
    int millisLeft() {
        return Math.clamp(nanosLeft() / 1_000_000, 1, Integer.MAX_VALUE);
    }

    /// This deadline, or `time` from now where that comes first.
    Deadline atMost(Duration time) {
        Deadline sooner = in(time);
        return sooner.nanosLeft() < nanosLeft() ? sooner : this;
    }

    private long nanosLeft() {
        return nanoTime - System.nanoTime();
    }
}
