package org.danelaw.admin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.danelaw.events.LogSubscription;

/// The files of a log, from old to young, while the log is rolled over: a file that is being read gets another name
/// then, and is known by its key.
record LogTrail(LogSubscription log) {
    /// A file that stays open under whatever name.
    record OpenFile(FileChannel channel, Object key) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /// The file that is written now; nothing at the moment of a roll-over.
    Optional<OpenFile> current() throws IOException {
        return open(log.file());
    }

    Optional<Object> currentKey() throws IOException {
        return key(log.file());
    }

    Optional<OpenFile> oldest() throws IOException {
        for (int age = log.keeping().files() - 1; age > 0; age--) {
            var file = open(log.file(age));
            if (file.isPresent()) {
                return file;
            }
        }
        return current();
    }

    /// The next younger one; nothing where `file` is the current one. Where it is not there any more, the oldest that
    /// is.
    Optional<OpenFile> after(OpenFile file) throws IOException {
        while (true) {
            var age = age(file);
            if (age.isEmpty()) {
                return oldest();
            }
            if (age.get() == 0) {
                return Optional.empty();
            }
            var next = open(log.file(age.get() - 1));
            // Unless all of them got other names meanwhile.
            if (key(log.file(age.get())).equals(Optional.of(file.key()))) {
                return next;
            }
            if (next.isPresent()) {
                next.get().close();
            }
        }
    }

    private Optional<Integer> age(OpenFile file) throws IOException {
        for (int age = 0; age < log.keeping().files(); age++) {
            if (key(log.file(age)).equals(Optional.of(file.key()))) {
                return Optional.of(age);
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> key(Path path) throws IOException {
        try {
            return Optional.of(Objects.requireNonNullElse(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey(), path));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    private static Optional<OpenFile> open(Path path) throws IOException {
        while (true) {
            var key = key(path);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            try {
                var channel = FileChannel.open(path, StandardOpenOption.READ);
                if (key(path).equals(key)) {
                    return Optional.of(new OpenFile(channel, key.get()));
                }
                channel.close();
            } catch (NoSuchFileException moved) {
                return Optional.empty();
            }
        }
    }
}
