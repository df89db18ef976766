package org.danelaw.events;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.dns.FailureText;

/// The log subscriptions: what is told goes to each that wants it. Which there are can be changed while
/// they are written; what was not changed goes on as if nothing had been.
///
/// All threads tell it things; a change replaces what is open as a whole. Who prepares one lets nobody else change
/// them before it takes effect or is abandoned.
public final class MailLogs implements Events, Closeable {
    private final Clock clock;
    private volatile Open open = new Open(List.of());
    private long lostByClosed;

    private MailLogs(Clock clock) {
        this.clock = clock;
    }

    /// The logs that are open, and whether any of them wants more than Info.
    private record Open(List<LogFile> files) {
        Open {
            files = List.copyOf(files);
        }

        boolean wants(Level level) {
            for (var file : files) {
                if (file.subscription().level().wants(level)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Begins to write; goes on with the files that are there. `clock` gives the times, and their zone.
    ///
    /// @throws IOException where one of the files cannot be written; then none is open
    public static MailLogs open(List<LogSubscription> subscriptions, Clock clock) throws IOException {
        var logs = new MailLogs(clock);
        logs.change(subscriptions);
        return logs;
    }

    @Override
    public void accept(Event event) {
        var files = open.files();
        if (files.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        for (var file : files) {
            file.accept(now, event);
        }
    }

    @Override
    public boolean wants(Level level) {
        return open.wants(level);
    }

    /// What is written now, in the order of the configuration.
    public List<LogSubscription> subscriptions() {
        return open.files().stream().map(LogFile::subscription).toList();
    }

    /// From now on writes `wanted`, as [#prepare] and [Change#takeEffect] do it in two steps.
    ///
    /// @return what was not written to its end, a sentence each
    /// @throws IOException where a new file cannot be written, or two logs would have the same; then all is
    /// as it was
    public List<String> change(List<LogSubscription> wanted) throws IOException {
        return prepare(wanted).takeEffect();
    }

    /// Opens what `wanted` takes besides what is open, and writes nothing to it yet.
    ///
    /// @throws IOException where a new file cannot be written, or two logs would have the same; then none is open
    public Change prepare(List<LogSubscription> wanted) throws IOException {
        requireOneLogAFile(wanted);
        var there = byPath(open.files());
        return new Change(
                wanted,
                openAll(wanted.stream()
                        .filter(subscription -> !there.containsKey(path(subscription)))
                        .toList()));
    }

    /// Other logs, ready to be written.
    public final class Change {
        private final List<LogSubscription> wanted;
        private final Map<Path, LogFile> fresh;

        private Change(List<LogSubscription> wanted, Map<Path, LogFile> fresh) {
            this.wanted = List.copyOf(wanted);
            this.fresh = fresh;
        }

        /// From now on they are written, and others not. A file that stays is not let go of, even if its log is
        /// called or kept differently. Waits until what is closed has been written.
        ///
        /// @return what was not written to its end, a sentence each
        public List<String> takeEffect() {
            return switchTo(wanted, fresh);
        }

        public void abandon() {
            closeAll(fresh.values());
        }
    }

    private synchronized List<String> switchTo(List<LogSubscription> wanted, Map<Path, LogFile> fresh) {
        var before = byPath(open.files());
        var after = new ArrayList<LogFile>();
        for (var subscription : wanted) {
            var path = path(subscription);
            var file = Optional.ofNullable(before.remove(path))
                    .or(() -> Optional.ofNullable(fresh.get(path)))
                    .orElseThrow();
            file.change(subscription);
            after.add(file);
        }
        open = new Open(after);
        return closeAll(before.values());
    }

    private static Map<Path, LogFile> byPath(List<LogFile> files) {
        var byPath = new HashMap<Path, LogFile>();
        files.forEach(file -> byPath.put(path(file.subscription()), file));
        return byPath;
    }

    private static void requireOneLogAFile(List<LogSubscription> subscriptions) throws IOException {
        var seen = new HashMap<Path, String>();
        for (var subscription : subscriptions) {
            var other = seen.putIfAbsent(path(subscription), subscription.name());
            if (other != null) {
                throw new IOException(
                        "the logs " + other + " and " + subscription.name() + " have one file: " + subscription.file());
            }
        }
    }

    private Map<Path, LogFile> openAll(List<LogSubscription> subscriptions) throws IOException {
        var opened = new HashMap<Path, LogFile>();
        for (var subscription : subscriptions) {
            try {
                opened.put(path(subscription), LogFile.open(subscription, clock));
            } catch (IOException refused) {
                closeAll(opened.values());
                throw refused;
            }
        }
        return opened;
    }

    private static Path path(LogSubscription subscription) {
        return subscription.file().toAbsolutePath().normalize();
    }

    /// Closes each, even where another's closing fails: nobody needs it any more, so that is said and stops nothing.
    private synchronized List<String> closeAll(Collection<LogFile> files) {
        var failures = new ArrayList<String>();
        for (var file : files) {
            try {
                file.close();
            } catch (IOException failed) {
                failures.add(FailureText.of(failed));
            }
            lostByClosed += file.lost();
        }
        return failures;
    }

    /// Lets go of all files, which somebody has moved away, and begins new ones with their names. Seen
    /// without being asked too, but only with the next line.
    public void reopen() {
        open.files().forEach(LogFile::reopen);
    }

    /// How many events and lines no log could take, over all logs, since the start.
    public synchronized long lost() {
        return lostByClosed + open.files().stream().mapToLong(LogFile::lost).sum();
    }

    /// Writes all that was told, then closes.
    @Override
    public void close() throws IOException {
        var failures = change(List.of());
        if (!failures.isEmpty()) {
            throw new IOException(String.join("; ", failures));
        }
    }
}
