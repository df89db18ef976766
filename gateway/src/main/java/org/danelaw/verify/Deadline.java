package org.danelaw.verify;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The end of the whole run: what is not known by then counts as a look-up that could not be made.
final class Deadline {
    /// No host is waited for longer, so that the next still gets its turn within the whole time.
    private static final Duration MAX_CONNECT = Duration.ofSeconds(10);

    private final Duration whole;
    private final long end;

    private Deadline(long start, Duration whole) {
        this.whole = whole;
        this.end = start + whole.toNanos();
    }

    /// @param start a moment of [System#nanoTime]
    static Deadline after(long start, Duration whole) {
        return new Deadline(start, whole);
    }

    /// Never negative.
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /// How long a host may take for a TCP connection; never nothing, which would be for ever.
    Duration forConnecting() {
        var left = left().plusMillis(1);
        return left.compareTo(MAX_CONNECT) < 0 ? left : MAX_CONNECT;
    }

    boolean isOver() {
        return end - System.nanoTime() <= 0;
    }

    /// Why something is not known, for a sentence.
    String why() {
        return "not known within the " + whole.toSeconds() + " s of --timeout";
    }

    /// What `work` comes to, or `otherwise` if the time is over before; the work is then interrupted, and what it may
    /// still come to is thrown away.
    <T> T within(Callable<T> work, Supplier<T> otherwise) {
        var task = new FutureTask<>(work);
        // Not a virtual thread: see org.danelaw.resolver.Chore.
        var worker = Thread.ofPlatform().daemon().name("daneverify").start(task);
        try {
            return task.get(left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException over) {
            worker.interrupt();
            return otherwise.get();
        } catch (InterruptedException stopped) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            return otherwise.get();
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken.getCause());
        }
    }
}
