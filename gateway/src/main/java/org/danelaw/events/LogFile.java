package org.danelaw.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Writes one log subscription, from a thread of its own. Who tells an event never waits: what the disk
/// does not keep up with is dropped, counted, and said in the log as soon as it can be.
final class LogFile implements Closeable {
    /// The most events that wait for the disk.
    static final int MOST_WAITING = 50_000;

    /// How long the end of the program waits for a log's disk.
    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);

    private final Clock clock;
    private final BlockingQueue<Told> inbox;
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean reopen = new AtomicBoolean();
    private final Thread thread;
    private volatile LogSubscription subscription;

    // The rest belongs to the thread.
    private final RollingFile file;
    private final EventJson json = new EventJson();
    private long confessed;

    private LogFile(LogSubscription subscription, Clock clock, int mostWaiting) throws IOException {
        this.subscription = subscription;
        this.clock = clock;
        inbox = new ArrayBlockingQueue<>(mostWaiting);
        file = RollingFile.open(subscription.file(), clock.getZone(), lost);
        thread = Thread.ofPlatform().daemon().name("log-" + subscription.name()).start(this::run);
    }

    /// Begins to write; goes on with the file if it is there. `clock` gives the times, and their zone.
    static LogFile open(LogSubscription subscription, Clock clock) throws IOException {
        return open(subscription, clock, MOST_WAITING);
    }

    static LogFile open(LogSubscription subscription, Clock clock, int mostWaiting) throws IOException {
        return new LogFile(subscription, clock, mostWaiting);
    }

    /// Something to be written or done.
    private sealed interface Told {
        record Happened(Instant at, Event event) implements Told {}

        /// There is something to do besides writing.
        record LookUp() implements Told {}

        record End() implements Told {}
    }

    LogSubscription subscription() {
        return subscription;
    }

    /// Takes what happened at `at`, if the subscription wants it.
    void accept(Instant at, Event event) {
        if (subscription.level().wants(event.level()) && !inbox.offer(new Told.Happened(at, event))) {
            lost.incrementAndGet();
        }
    }

    /// Goes on under other terms, in the same file.
    void change(LogSubscription changed) {
        subscription = changed;
    }

    /// Lets go of the file, which somebody has moved away, and begins a new one.
    void reopen() {
        reopen.set(true);
        // If there is no room, the thread is awake anyway.
        inbox.offer(new Told.LookUp());
    }

    /// How many events and lines were lost since the log was opened.
    long lost() {
        return lost.get();
    }

    /// Writes all that was told, then closes.
    ///
    /// @throws IOException where the disk does not take it in time; what is left is lost
    @Override
    public void close() throws IOException {
        close(LONGEST_CLOSING);
    }

    void close(Duration atMost) throws IOException {
        try {
            if (inbox.offer(new Told.End(), atMost.toNanos(), NANOSECONDS) && thread.join(atMost)) {
                return;
            }
            throw new IOException(
                    "the log " + subscription.name() + " was not written to its end: its disk does not" + " take it");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the log " + subscription.name() + " was closing", interrupted);
        }
    }

    private void run() {
        try {
            var told = inbox.take();
            while (!(told instanceof Told.End)) {
                take(told);
                told = inbox.take();
            }
            confess();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            file.close();
        }
    }

    private void take(Told told) {
        if (reopen.getAndSet(false)) {
            file.reopen();
        }
        if (told instanceof Told.Happened(var at, var event)) {
            confess();
            write(at, event);
            if (inbox.isEmpty()) {
                file.flush();
            }
        }
    }

    /// Says how many events are missing at this place, if any are; again, if that is lost too.
    private void confess() {
        var missing = lost.get() - confessed;
        if (missing > 0) {
            file.flush();
            // The confession itself, should it be lost, is no event of which to say so: nobody may see it counted.
            lost.decrementAndGet();
            write(clock.instant(), new SystemEvent.LogLinesDropped(subscription.name(), missing));
            if (file.flush()) {
                lost.incrementAndGet();
                confessed += missing;
            }
        }
    }

    private void write(Instant instant, Event event) {
        var now = subscription;
        // It may have wanted more when the event was told.
        if (now.level().wants(event.level())) {
            var at = instant.atZone(clock.getZone());
            switch (now.format()) {
                case TEXT -> MailLog.lines(event).forEach(line -> write(format(at, line), at, now));
                case JSON -> write(json.line(at, event), at, now);
            }
        }
    }

    private void write(String line, ZonedDateTime at, LogSubscription now) {
        file.write(line.getBytes(UTF_8), at, now.keeping());
    }

    static String format(ZonedDateTime at, LogLine line) {
        return LogLine.TIME.format(at) + " " + line.level().word() + ": " + line.text() + "\n";
    }
}
