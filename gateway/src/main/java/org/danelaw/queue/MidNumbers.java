package org.danelaw.queue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Gives MIDs, none twice, not after a crash either: they are set aside on disk in blocks before they
/// are given.
final class MidNumbers {
    /// How many are set aside at a time. A crash leaves a gap of at most this.
    private static final long BLOCK = 10_000;

    private final GroupWriter writer;
    private final AtomicLong last;
    private final AtomicLong ceiling;
    private final AtomicBoolean raising = new AtomicBoolean();

    MidNumbers(GroupWriter writer, long highestEver) {
        this.writer = writer;
        last = new AtomicLong(highestEver);
        ceiling = new AtomicLong(highestEver);
    }

    long next() throws IOException {
        var mid = last.incrementAndGet();
        if (mid > ceiling.get()) {
            SpoolReader.await(raise(mid));
        } else if (mid > ceiling.get() - BLOCK / 2 && raising.compareAndSet(false, true)) {
            writer.submit(new Raise(mid + BLOCK));
        }
        return mid;
    }

    /// Gives back what was set aside and not given, so that an orderly stop leaves no gap. The last
    /// call of all.
    void giveBack() throws IOException {
        var settle = new Raise(last.get());
        writer.submit(settle);
        SpoolReader.await(settle.done);
    }

    private CompletableFuture<Void> raise(long mid) throws IOException {
        var raise = new Raise(mid + BLOCK);
        writer.submit(raise);
        return raise.done;
    }

    private final class Raise implements Work {
        private final long to;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Raise(long to) {
            this.to = to;
        }

        @Override
        public void write(SpoolWriter writer) throws SQLException {
            writer.setCeiling(to);
        }

        @Override
        public void committed() {
            ceiling.accumulateAndGet(to, Math::max);
            raising.set(false);
            done.complete(null);
        }

        @Override
        public void refused(IOException why) {
            raising.set(false);
            done.completeExceptionally(why);
        }

        @Override
        public boolean patient() {
            return false;
        }
    }
}
