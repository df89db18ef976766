package org.danelaw.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.danelaw.dns.FailureText;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.smtp.Content;

/// The spool of one machine, in SQLite.
public final class SqliteQueue implements MailQueue {
    /// How long a settlement waits for company. With the commit itself it stays below the 50 ms in
    /// which a crash may repeat a delivery.
    private static final Duration LINGER = Duration.ofMillis(20);

    /// The window in which a crash may repeat a delivery; while the disk takes longer, nothing is delivered.
    private static final Duration LATE = Duration.ofMillis(50);

    /// The most messages that a follower is handed at a time at the start: in between, the spool takes new ones.
    private static final int PAGE_MESSAGES = 1_000;

    /// Threads that sync the files of large bodies.
    private static final int SYNCING_THREADS = 4;

    private final FileChannel lock;
    private final Events events;
    private final BodyFiles bodies;
    private final GroupWriter writer;
    private final SpoolReader reader;
    private final MidNumbers numbers;
    private final OpenOutcomes open = new OpenOutcomes(LATE, System::nanoTime);
    private final ExecutorService syncing = Executors.newFixedThreadPool(
            SYNCING_THREADS, Thread.ofPlatform().name("spool-sync-", 0).factory());

    /// Belongs to the thread that tells of commits.
    private Consumer<Waiting> follower = waiting -> {};

    /// The follower has all mail up to this MID, and is told of what else is committed there; what is beyond
    /// comes with a later page. Belongs to the same thread.
    private long followedTo;

    private SqliteQueue(FileChannel lock, Path folder, Synchronous synchronous, Events events)
            throws IOException, SQLException {
        this.lock = lock;
        this.events = events;
        bodies = BodyFiles.in(folder);
        var database = new SpoolDatabase(folder.resolve("queue.sqlite"), synchronous);
        writer = new GroupWriter(database, LINGER, events);
        BodyFiles.sync(folder, StandardOpenOption.READ);
        reader = new SpoolReader(database);
        numbers = new MidNumbers(writer, reader.ask(SpoolQueries::highestMid));
        var swept = bodies.sweep(reader.ask(SpoolQueries::midsInFiles));
        events.accept(new SystemEvent.SpoolOpened(counts().messages(), swept));
        writer.start();
    }

    /// Opens the spool in `folder`, making it if there is none; after a crash it needs no repair by hand.
    public static SqliteQueue open(Path folder, Events events) throws IOException {
        return open(folder, Synchronous.FULL, events);
    }

    /// As [#open(Path, Events)], with another idea of when to wait for the disk: for tests that show
    /// what that loses.
    public static SqliteQueue open(Path folder, Synchronous synchronous, Events events) throws IOException {
        Files.createDirectories(folder);
        var lock = lock(folder);
        try {
            return new SqliteQueue(lock, folder, synchronous, events);
        } catch (SQLException failed) {
            lock.close();
            throw new IOException("the spool in " + folder + " could not be opened: " + FailureText.of(failed), failed);
        } catch (IOException failed) {
            lock.close();
            throw failed;
        }
    }

    /// Two gateways over one spool would deliver everything twice.
    private static FileChannel lock(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException ours) {
            channel.close();
            throw new IOException("the spool in " + folder + " is open in this very process", ours);
        }
        channel.close();
        throw new IOException("the spool in " + folder + " is in use by another Danelaw");
    }

    @Override
    public ReportingDraft draft() throws IOException {
        return new SqliteDraft(this, bodies, numbers.next());
    }

    void makeDurable(long mid) throws IOException {
        SpoolReader.await(syncing.submit(() -> {
            bodies.makeDurable(mid);
            return true;
        }));
    }

    void append(SqliteDraft.Append append) throws IOException {
        var work = new Appending(append);
        writer.submit(work);
        work.await();
    }

    @Override
    public void follow(Consumer<Waiting> newFollower) throws IOException {
        var known = new SpoolQueries.Known();
        var page = new Page(newFollower, known, 0);
        for (var next = Optional.of(page); next.isPresent(); next = page.next()) {
            page = next.get();
            writer.submit(page);
            page.await();
        }
    }

    @Override
    public Optional<Queued> read(long mid) throws IOException {
        return reader.ask(connection -> {
            var found = SpoolQueries.head(connection, mid);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var head = found.get();
            var content = head.inFile()
                    ? new SpoolContent.InFile(head.size(), bodies.of(mid))
                    : new SpoolContent.InMemory(SpoolQueries.body(connection, mid));
            return Optional.of(new Queued(mid, head.message(), head.states(), content));
        });
    }

    @Override
    public List<Queued> page(long after, int limit) throws IOException {
        return reader.ask(connection -> SpoolQueries.after(connection, after, limit)).stream()
                .map(head -> new Queued(head.mid(), head.message(), head.states(), later(head)))
                .toList();
    }

    private Content later(SpoolQueries.Head head) {
        return head.inFile()
                ? new SpoolContent.InFile(head.size(), bodies.of(head.mid()))
                : new SpoolContent.Later(head.size(), head.mid(), reader);
    }

    @Override
    public Map<Long, Set<Integer>> chosen(Selection selection) throws IOException {
        return reader.ask(connection -> Selections.recipients(connection, selection));
    }

    @Override
    public Counts counts() throws IOException {
        return reader.ask(SpoolQueries::counts);
    }

    @Override
    public void settle(List<Settlement> settlements) {
        var outcomes = new Outcomes(new Settling(settlements));
        open.add(outcomes);
        try {
            writer.submit(outcomes);
        } catch (IOException interrupted) {
            open.remove(outcomes);
            throw new IllegalStateException("a settlement was not taken: its mail will be tried again", interrupted);
        }
    }

    @Override
    public void awaitOutcomes() throws IOException, InterruptedException {
        open.awaitOnTime();
    }

    @Override
    public void sync() throws IOException {
        var work = new Syncing();
        writer.submit(work);
        work.await();
    }

    /// Writes all that was settled, then closes.
    @Override
    public void close() throws IOException {
        try (lock;
                reader;
                writer;
                syncing) {
            syncing.shutdown();
            numbers.giveBack();
        }
    }

    private void deleteFiles(List<Long> finished) {
        for (var mid : finished) {
            try {
                Files.deleteIfExists(bodies.of(mid));
            } catch (IOException failed) {
                // It holds no mail any more; the sweep at the next start tries again.
                events.accept(new SystemEvent.SpoolFailing("deleting a finished body: " + FailureText.of(failed)));
            }
        }
    }

    /// A message and what it reports.
    private final class Appending extends Hurried {
        private final SqliteDraft.Append append;
        private final Settling reported;

        Appending(SqliteDraft.Append append) {
            this.append = append;
            reported = new Settling(append.reported());
        }

        @Override
        public void write(SpoolWriter to) throws SQLException {
            to.insert(append.mid(), append.message(), append.size(), append.body());
            reported.write(to);
        }

        @Override
        public void committed() {
            done();
            reported.committed();
            if (append.mid() <= followedTo) {
                Waiting.of(append.mid(), append.message()).forEach(follower);
            }
        }
    }

    /// Settlements of their own, which deliveries wait for if they are late.
    private final class Outcomes implements Work {
        private final Settling settling;

        Outcomes(Settling settling) {
            this.settling = settling;
        }

        @Override
        public void write(SpoolWriter to) throws SQLException {
            settling.write(to);
        }

        @Override
        public void committed() {
            open.remove(this);
            settling.committed();
        }

        @Override
        public void refused(IOException why) {
            // Only at the end of the program: the attempt is repeated after the next start.
            open.close();
        }

        @Override
        public boolean patient() {
            return true;
        }
    }

    /// Nothing, in a hurry: with it the disk has all that came before it.
    private static final class Syncing extends Hurried {
        @Override
        public void write(SpoolWriter to) {}

        @Override
        public void committed() {
            done();
        }
    }

    /// Settlements to be written down, in a transaction of whoever has them.
    private final class Settling {
        private final List<Settlement> settlements;
        private final List<Long> finished = new ArrayList<>();

        Settling(List<Settlement> settlements) {
            this.settlements = List.copyOf(settlements);
        }

        void write(SpoolWriter to) throws SQLException {
            finished.clear();
            for (var settlement : settlements) {
                if (to.apply(settlement)) {
                    finished.add(settlement.mid());
                }
            }
        }

        void committed() {
            deleteFiles(finished);
            finished.forEach(mid -> events.accept(new DeliveryEvent.Finished(mid)));
        }
    }

    /// A part of the load at the start: in a transaction of the writer, so that each message that is committed
    /// meanwhile is either in a page that is yet to be read, or told of by itself.
    private final class Page extends Hurried {
        private final Consumer<Waiting> newFollower;
        private final SpoolQueries.Known known;
        private final long after;
        private final List<Waiting> loaded = new ArrayList<>();
        private long last;

        /// @param after where the page before ended
        Page(Consumer<Waiting> newFollower, SpoolQueries.Known known, long after) {
            this.newFollower = newFollower;
            this.known = known;
            this.after = after;
        }

        @Override
        public void write(SpoolWriter to) throws SQLException {
            // Sees what this transaction wrote before, and nothing of what it writes after.
            loaded.clear();
            last = SpoolQueries.endOfPage(to.connection(), after, PAGE_MESSAGES);
            SpoolQueries.waiting(to.connection(), after, last, known, loaded::add);
        }

        @Override
        public void committed() {
            follower = newFollower;
            loaded.forEach(newFollower);
            loaded.clear();
            followedTo = last;
            done();
        }

        /// The page behind this one, once it was handed over.
        Optional<Page> next() {
            return last == Long.MAX_VALUE ? Optional.empty() : Optional.of(new Page(newFollower, known, last));
        }
    }
}
