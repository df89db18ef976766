package org.danelaw.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.danelaw.smtp.Content;

/// The content of a message in the spool, wherever it is kept.
sealed interface SpoolContent extends Content {
    /// Already read.
    final class InMemory implements SpoolContent {
        private final byte[] octets;

        InMemory(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public long size() {
            return octets.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(octets);
        }
    }

    /// In a file of its own.
    record InFile(long size, Path file) implements SpoolContent {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /// In the database, and read when it is opened.
    record Later(long size, long mid, SpoolReader reader) implements SpoolContent {
        @Override
        public InputStream open() throws IOException {
            return new ByteArrayInputStream(reader.ask(connection -> SpoolQueries.body(connection, mid)));
        }
    }
}
