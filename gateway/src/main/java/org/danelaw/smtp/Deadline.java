package org.danelaw.smtp;

import java.time.Duration;

/// A moment after which nobody waits any longer, on the clock that no one sets.
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    Deadline plus(Duration time) {
        return new Deadline(nanoTime + time.toNanos());
    }

    Deadline orEarlier(Deadline other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }

    long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    boolean isPast() {
        return remainingNanos() <= 0;
    }
}
