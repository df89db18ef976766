package org.danelaw.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Writes one log subscription, from a thread of its own. Who tells an event never waits: what the disk
/// does not keep up with is dropped, counted, and said in the log as soon as it can be.
public final class LogFile implements Events, Closeable {
    /// The most events that wait for the disk.
    static final int MOST_WAITING = 50_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private final LogSubscription subscription;
    private final Clock clock;
    private final BlockingQueue<Told> inbox;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;

    // The rest belongs to the thread.
    private OutputStream out;
    private long octets;

    private LogFile(LogSubscription subscription, Clock clock, int mostWaiting) throws IOException {
        this.subscription = subscription;
        this.clock = clock;
        inbox = new ArrayBlockingQueue<>(mostWaiting);
        out = open();
        thread = Thread.ofPlatform().name("log-" + subscription.name()).start(this::run);
    }

    /// Begins to write; goes on with the file if it is there. `clock` gives the times, and their zone.
    public static LogFile open(LogSubscription subscription, Clock clock) throws IOException {
        return open(subscription, clock, MOST_WAITING);
    }

    static LogFile open(LogSubscription subscription, Clock clock, int mostWaiting) throws IOException {
        return new LogFile(subscription, clock, mostWaiting);
    }

    /// Something to be written, with the time at which it happened.
    private sealed interface Told {
        record Happened(Instant at, Event event) implements Told {}

        record End() implements Told {}
    }

    @Override
    public void accept(Event event) {
        if (!inbox.offer(new Told.Happened(clock.instant(), event))) {
            dropped.incrementAndGet();
        }
    }

    /// Writes all that was told, then closes.
    @Override
    public void close() throws IOException {
        try {
            inbox.put(new Told.End());
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the log " + subscription.name() + " was closing", interrupted);
        }
    }

    private void run() {
        try {
            while (inbox.take() instanceof Told.Happened happened) {
                write(happened);
                if (inbox.isEmpty()) {
                    flush();
                }
            }
            confess();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        try {
            out.close();
        } catch (IOException diskRefuses) {
            // The last octets of a log on a full disk: there is nowhere left to say it.
            dropped.incrementAndGet();
        }
    }

    private void write(Told.Happened happened) {
        confess();
        for (var line : MailLog.lines(happened.event())) {
            if (subscription.level().wants(line.level())) {
                write(happened.at(), line);
            }
        }
    }

    /// Says how many events are missing at this place, if any are.
    private void confess() {
        var missing = dropped.getAndSet(0);
        if (missing > 0) {
            MailLog.lines(new SystemEvent.LogLinesDropped(subscription.name(), missing))
                    .forEach(line -> write(clock.instant(), line));
        }
    }

    private void write(Instant at, LogLine line) {
        var text = format(at.atZone(clock.getZone()), line).getBytes(UTF_8);
        try {
            if (octets > 0 && octets + text.length > subscription.maxOctets()) {
                rollOver();
            }
            out.write(text);
            octets += text.length;
        } catch (IOException diskRefuses) {
            dropped.incrementAndGet();
        }
    }

    private void flush() {
        try {
            out.flush();
        } catch (IOException diskRefuses) {
            dropped.incrementAndGet();
        }
    }

    static String format(ZonedDateTime at, LogLine line) {
        return TIME.format(at) + " " + line.level().word() + ": " + line.text() + "\n";
    }

    private void rollOver() throws IOException {
        out.close();
        for (var n = subscription.files() - 1; n >= 1; n--) {
            var younger = n == 1 ? subscription.file() : numbered(n - 1);
            if (Files.exists(younger)) {
                Files.move(younger, numbered(n), REPLACE_EXISTING);
            }
        }
        if (subscription.files() == 1) {
            Files.delete(subscription.file());
        }
        out = open();
    }

    private Path numbered(int n) {
        return subscription.file().resolveSibling(subscription.file().getFileName() + "." + n);
    }

    private OutputStream open() throws IOException {
        var file = subscription.file().toAbsolutePath();
        Files.createDirectories(file.getParent());
        var stream = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        octets = Files.size(file);
        return new BufferedOutputStream(stream, 64 << 10);
    }
}
