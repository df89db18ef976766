package org.danelaw.events;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.danelaw.events.LogSubscription.Keeping;

/// The file of a log, and those before it. What the disk refuses is counted, and the file is opened anew
/// for the next lines, so that a log goes on as soon as its disk does. Belongs to one thread.
final class RollingFile {
    /// How much is put together before it is written, where lines come faster than that.
    private static final int BLOCK = 64 << 10;

    private final Path file;
    private final AtomicLong lost;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private int linesInBlock;
    private Optional<Current> current;
    private long written;
    private ZonedDateTime lastLine;

    private RollingFile(Path file, ZoneId zone, AtomicLong lost) throws IOException {
        this.file = file;
        this.lost = lost;
        Files.createDirectories(file.getParent());
        lastLine = lastWrite(file).atZone(zone);
        current = Optional.of(open());
    }

    /// The file as it is open now.
    ///
    /// @param key what tells it from a file that somebody puts in its place, where the file system knows
    /// such a thing
    private record Current(OutputStream out, Optional<Object> key) {}

    /// Goes on with the file if it is there.
    ///
    /// @param lost grows by every line that cannot be written
    static RollingFile open(Path file, ZoneId zone, AtomicLong lost) throws IOException {
        return new RollingFile(file.toAbsolutePath(), zone, lost);
    }

    private static Instant lastWrite(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.EPOCH;
    }

    /// Takes a line of the time `at`, which is written with the next [#flush] at the latest.
    void write(byte[] line, ZonedDateTime at, Keeping keeping) {
        if (at.toEpochSecond() != lastLine.toEpochSecond()) {
            followTheFile();
        }
        if (isEnough(line.length, at, keeping)) {
            rollOver(keeping.files());
        }
        block.writeBytes(line);
        linesInBlock++;
        lastLine = at;
        if (block.size() >= BLOCK) {
            flush();
        }
    }

    private boolean isEnough(int more, ZonedDateTime at, Keeping keeping) {
        var octets = written + block.size();
        return octets > 0
                && (octets + more > keeping.maxOctets() || keeping.rollOver().isBetween(lastLine, at));
    }

    /// Gives all lines to the disk; says whether it took them.
    boolean flush() {
        if (linesInBlock == 0) {
            return true;
        }
        try {
            if (current.isEmpty()) {
                current = Optional.of(open());
            }
            block.writeTo(current.get().out());
            written += block.size();
            return true;
        } catch (IOException refused) {
            lost.addAndGet(linesInBlock);
            shut();
            return false;
        } finally {
            block.reset();
            linesInBlock = 0;
        }
    }

    /// Ends this file and begins the next one with the same name.
    private void rollOver(int files) {
        flush();
        shut();
        try {
            for (var n = files - 1; n >= 1; n--) {
                var younger = LogSubscription.aged(file, n - 1);
                if (Files.exists(younger)) {
                    Files.move(younger, LogSubscription.aged(file, n), REPLACE_EXISTING);
                }
            }
            if (files == 1) {
                Files.deleteIfExists(file);
            }
            written = 0;
        } catch (IOException refused) {
            // A log that is too large is better than none: the file grows on, and the next line tries it
            // again.
        }
    }

    /// Looks whether the file is still the one that is open: logrotate and its like move it away, or cut it
    /// short.
    private void followTheFile() {
        if (current.isEmpty()) {
            return;
        }
        try {
            var there = Files.readAttributes(file, BasicFileAttributes.class);
            if (current.get().key().equals(Optional.ofNullable(there.fileKey()))) {
                written = there.size();
            } else {
                reopen();
            }
        } catch (IOException moved) {
            reopen();
        }
    }

    /// Lets go of the file, whatever its name is by now, and begins the one that has the log's name.
    void reopen() {
        flush();
        shut();
        try {
            current = Optional.of(open());
        } catch (IOException refused) {
            // Nothing is lost yet: the next lines try it again, and are counted if that fails.
        }
    }

    private Current open() throws IOException {
        var out = Files.newOutputStream(file, CREATE, APPEND);
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            written = attributes.size();
            if (attributes.isRegularFile() && endsWithinALine()) {
                out.write('\n');
                written++;
            }
            return new Current(out, Optional.ofNullable(attributes.fileKey()));
        } catch (IOException failed) {
            out.close();
            throw failed;
        }
    }

    /// Whether a crash or a full disk left half a line at the end.
    private boolean endsWithinALine() throws IOException {
        try (var readable = new RandomAccessFile(file.toFile(), "r")) {
            if (readable.length() == 0) {
                return false;
            }
            readable.seek(readable.length() - 1);
            return readable.read() != '\n';
        }
    }

    void close() {
        flush();
        shut();
    }

    private void shut() {
        try {
            if (current.isPresent()) {
                current.get().out().close();
            }
        } catch (IOException refused) {
            // All lines were written or counted before: there is nothing left that closing could lose.
        } finally {
            current = Optional.empty();
        }
    }
}
