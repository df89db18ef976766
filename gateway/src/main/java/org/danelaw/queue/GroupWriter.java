package org.danelaw.queue;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.danelaw.dns.FailureText;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.sqlite.SQLiteErrorCode;

/// The one thread that writes to the spool: commits everything that waits in one transaction, with one
/// fsync.
///
/// Work that is in a hurry (a client waits for its 250) is committed as soon as the last transaction
/// is; patient work (settlements) waits for company, but never longer than the linger, which began when
/// it came. Nobody is told of a commit on this thread: what they do then would make the next one late.
final class GroupWriter implements AutoCloseable {
    /// The most work in one transaction; with bodies of 256 KB that is 64 MB.
    private static final int MOST_IN_GROUP = 256;

    /// The most work that may wait; who brings more, waits.
    private static final int MOST_WAITING = 10_000;

    /// How long patient work that the disk refused waits for better times.
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofSeconds(1);

    private static final Stop STOP = new Stop();

    private final SpoolDatabase database;
    private final Events events;
    private final long lingerNanos;
    private final BlockingQueue<Submitted> inbox = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread;

    /// Tells of commits, in their order.
    private final ExecutorService teller = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("spool-teller").factory());

    private volatile boolean ended;

    // The rest belongs to the thread.
    private final List<Work> held = new ArrayList<>();

    private SpoolWriter writer;
    private long due;
    private boolean failing;

    private record Submitted(Work work, long atNanos) {}

    GroupWriter(SpoolDatabase database, Duration linger, Events events) throws SQLException, IOException {
        this.database = database;
        this.events = events;
        lingerNanos = linger.toNanos();
        writer = SpoolWriter.open(database);
        thread = Thread.ofPlatform().name("spool-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void submit(Work work) throws IOException {
        try {
            inbox.put(new Submitted(work, System.nanoTime()));
            if (ended) {
                refuseTheRest();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the spool was busy", interrupted);
        }
    }

    /// Writes all that was submitted, tells of it, then ends.
    @Override
    public void close() throws IOException {
        submit(STOP);
        try {
            thread.join();
            teller.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the spool was closing", interrupted);
        }
    }

    private void run() {
        try {
            var goesOn = true;
            while (goesOn) {
                var group = gather();
                goesOn = !group.remove(STOP);
                commit(group);
            }
        } catch (InterruptedException interrupted) {
            // Nobody but the end of the program interrupts this thread.
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        ended = true;
        refuseTheRest();
        try {
            writer.close();
        } catch (SQLException failed) {
            // All that was acknowledged is in the log already; the next start copies it back.
            events.accept(new SystemEvent.SpoolFailing("closing it: " + FailureText.of(failed)));
        }
    }

    private void refuseTheRest() {
        var unread = new ArrayList<Submitted>();
        inbox.drainTo(unread);
        var rest = new ArrayList<>(held);
        unread.forEach(submitted -> rest.add(submitted.work()));
        held.clear();
        rest.forEach(work -> work.refused(new IOException("the spool is closed")));
    }

    /// Waits for work: all there is if any of it is in a hurry, else what comes within the linger.
    private List<Work> gather() throws InterruptedException {
        var group = new ArrayList<>(held);
        held.clear();
        while (group.size() < MOST_IN_GROUP) {
            var next = group.isEmpty() ? inbox.take() : inbox.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return group;
            }
            if (group.isEmpty()) {
                due = next.atNanos() + lingerNanos;
            }
            group.add(next.work());
            if (!next.work().patient()) {
                due = System.nanoTime();
            }
        }
        return group;
    }

    private void commit(List<Work> group) {
        if (group.isEmpty()) {
            return;
        }
        var failure = write(group);
        if (failure.isEmpty()) {
            recovered();
            group.forEach(work -> teller.execute(work::committed));
        } else if (group.size() == 1) {
            refuse(group.getFirst(), failure.get());
        } else {
            // One that cannot be written must not take the others with it.
            group.forEach(work -> commit(List.of(work)));
        }
    }

    private Optional<IOException> write(List<Work> group) {
        try {
            writer.begin();
            for (var work : group) {
                work.write(writer);
            }
            writer.commit();
            return Optional.empty();
        } catch (SQLException failed) {
            rollBack(failed);
            return Optional.of(inWords(failed));
        } catch (RuntimeException wrong) {
            rollBack(new SQLException(wrong));
            return Optional.of(new IOException("the spool could not write: " + wrong, wrong));
        }
    }

    /// After a failed sync nobody knows what the operating system has kept in memory: only a fresh
    /// connection, which reads the log from disk, is to be trusted.
    private void rollBack(SQLException cause) {
        try {
            if (isFull(cause)) {
                writer.rollback();
                return;
            }
        } catch (SQLException alreadyRolledBack) {
            cause.addSuppressed(alreadyRolledBack);
        }
        try {
            writer.close();
            writer = SpoolWriter.open(database);
        } catch (SQLException | IOException failedToo) {
            cause.addSuppressed(failedToo);
        }
    }

    private void refuse(Work work, IOException why) {
        if (!failing) {
            failing = true;
            events.accept(new SystemEvent.SpoolFailing(FailureText.of(why)));
        }
        if (work.patient()) {
            held.add(work);
            due = System.nanoTime() + PAUSE_AFTER_REFUSAL.toNanos();
        } else {
            work.refused(why);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            events.accept(new SystemEvent.SpoolRecovered());
        }
    }

    private static boolean isFull(SQLException failed) {
        return failed.getErrorCode() == SQLiteErrorCode.SQLITE_FULL.code;
    }

    private static IOException inWords(SQLException failed) {
        return isFull(failed)
                ? new SpoolFullException("the spool's disk is full")
                : new IOException("the spool could not write: " + FailureText.of(failed), failed);
    }

    /// The last work of all.
    private static final class Stop implements Work {
        @Override
        public void write(SpoolWriter to) {}

        @Override
        public void committed() {}

        @Override
        public void refused(IOException why) {}

        @Override
        public boolean patient() {
            return false;
        }
    }
}
