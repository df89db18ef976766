package org.danelaw.resolver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Work that comes back again and again, on a thread of its own, until it is closed. Each time it says how
/// long to wait for the next.
///
/// Its threads are the system's, as are those of [Probing]: the JVM's exit waits 300 ms for the thread that
/// polls for virtual ones once any of them has waited for a socket, and a command that makes a few look-ups has
/// no use for them.
final class Chore implements AutoCloseable {
    // After a fault of ours, which the thread's handler has told.
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(1);

    private final Supplier<Duration> work;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Chore(String name, Supplier<Duration> work) {
        this.work = work;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    static Chore start(String name, Supplier<Duration> work) {
        var chore = new Chore(name, work);
        chore.thread.start();
        return chore;
    }

    private void run() {
        try {
            Duration pause = once();
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = once();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration once() {
        try {
            return work.get();
        } catch (RuntimeException fault) {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
            return AFTER_A_FAULT;
        }
    }

    /// Stops what is running; does not wait for its end.
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
