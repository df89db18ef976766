package org.danelaw.delivery;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A thread that naps for a moment, again and again, and notes when it overslept: how long this machine lets a process
/// wait that only wants to go on.
final class Pulse implements AutoCloseable {
    private static final Duration NAP = Duration.ofMillis(1);

    private final Queue<Span> naps = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("pulse").unstarted(this::beat);

    private Pulse() {}

    private record Span(long fromNanos, long toNanos) {}

    static Pulse start() {
        var pulse = new Pulse();
        pulse.thread.start();
        return pulse;
    }

    private void beat() {
        try {
            while (true) {
                var from = System.nanoTime();
                Thread.sleep(NAP);
                var to = System.nanoTime();
                if (to - from > 2 * NAP.toNanos()) {
                    naps.add(new Span(from, to));
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /// The longest time that it overslept between these two moments.
    Duration longestPause(long fromNanos, long toNanos) {
        return Duration.ofNanos(naps.stream()
                .filter(nap -> nap.fromNanos() <= toNanos && nap.toNanos() >= fromNanos)
                .mapToLong(nap -> Math.min(nap.toNanos(), toNanos) - Math.max(nap.fromNanos(), fromNanos))
                .max()
                .orElse(0));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
