package org.danelaw.delivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// When lanes are to be looked at though nobody asks: each has one time at most. Guarded by the lock of its
/// [ReadyQueues].
final class Wakes {
    private final Map<LaneQueue, Wake> byLane = new HashMap<>();
    private final TreeSet<Wake> inOrder = new TreeSet<>();

    private record Wake(Instant at, LaneQueue queue) implements Comparable<Wake> {
        private static final Comparator<Wake> ORDER = Comparator.comparing(Wake::at)
                .thenComparingLong(wake -> wake.queue().number());

        @Override
        public int compareTo(Wake other) {
            return ORDER.compare(this, other);
        }
    }

    /// From now on the lane is to be looked at then, and at no other time.
    void set(LaneQueue queue, Optional<Instant> at) {
        var before = byLane.get(queue);
        if (before != null && at.equals(Optional.of(before.at()))) {
            return;
        }
        if (before != null) {
            byLane.remove(queue);
            inOrder.remove(before);
        }
        at.ifPresent(when -> {
            var wake = new Wake(when, queue);
            byLane.put(queue, wake);
            inOrder.add(wake);
        });
    }

    /// Takes out a lane whose time has come.
    Optional<LaneQueue> pollDue(Instant now) {
        if (inOrder.isEmpty() || inOrder.first().at().isAfter(now)) {
            return Optional.empty();
        }
        var queue = inOrder.pollFirst().queue();
        byLane.remove(queue);
        return Optional.of(queue);
    }

    /// The first of the times.
    Optional<Instant> next() {
        return inOrder.isEmpty()
                ? Optional.empty()
                : Optional.of(inOrder.first().at());
    }
}
