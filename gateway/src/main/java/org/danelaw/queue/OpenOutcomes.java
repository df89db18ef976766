package org.danelaw.queue;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The outcomes that the disk does not have yet, oldest first. Shared by all who deliver and by the thread that tells
/// of commits, under one lock.
final class OpenOutcomes {
    private final long lateNanos;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final SequencedMap<Object, Long> since = new LinkedHashMap<>();
    private boolean closed;

    /// @param late how long an outcome may be open before deliveries wait for it
    OpenOutcomes(Duration late, LongSupplier nanoClock) {
        this.lateNanos = late.toNanos();
        this.nanoClock = nanoClock;
    }

    void add(Object outcome) {
        lock.lock();
        try {
            since.put(outcome, nanoClock.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    void remove(Object outcome) {
        lock.lock();
        try {
            since.remove(outcome);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// What is open now stays so until the next start.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits while the oldest is late.
    void awaitOnTime() throws IOException, InterruptedException {
        lock.lockInterruptibly();
        try {
            while (isLate()) {
                if (closed) {
                    throw new IOException("the spool was closed with outcomes that it could not write");
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isLate() {
        return !since.isEmpty() && nanoClock.getAsLong() - since.firstEntry().getValue() > lateNanos;
    }
}
