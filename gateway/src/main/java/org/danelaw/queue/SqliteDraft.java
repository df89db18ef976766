package org.danelaw.queue;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/// A message on its way into the spool: in memory until it is large, then in a file. Used by one thread
/// at a time.
final class SqliteDraft implements MailQueue.ReportingDraft {
    /// Bodies up to this lie in the database, larger ones in files. SQLite moves larger blobs more
    /// slowly than the file system does.
    static final int LARGEST_INLINE_OCTETS = 256 << 10;

    /// Most messages fit without the buffer having to grow.
    private static final int FIRST_OCTETS = 16 << 10;

    private final SqliteQueue spool;
    private final BodyFiles bodies;
    private final long mid;
    private final Growing content = new Growing();
    private boolean committed;

    SqliteDraft(SqliteQueue spool, BodyFiles bodies, long mid) {
        this.spool = spool;
        this.bodies = bodies;
        this.mid = mid;
    }

    @Override
    public long id() {
        return mid;
    }

    @Override
    public OutputStream content() {
        return content;
    }

    @Override
    public void commit(NewMessage message, List<Settlement> reported) throws IOException {
        if (committed) {
            throw new IllegalStateException("MID " + mid + " is committed already");
        }
        if (message.envelope().recipients().isEmpty()) {
            throw new IllegalArgumentException("MID " + mid + " has no recipients");
        }
        content.end();
        if (content.file.isPresent()) {
            makeDurable();
        }
        spool.append(new Append(mid, message, content.size, content.inline(), reported));
        committed = true;
    }

    private void makeDurable() throws IOException {
        try {
            spool.makeDurable(mid);
        } catch (IOException failed) {
            throw bodies.told(failed);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            content.end();
        } finally {
            // A disk that has no room for the rest needs the room of what there is.
            if (!committed && content.file.isPresent()) {
                Files.deleteIfExists(bodies.of(mid));
            }
        }
    }

    /// What a draft asks to be written.
    ///
    /// @param body empty where the content lies in a file
    record Append(long mid, NewMessage message, long size, Optional<byte[]> body, List<Settlement> reported) {}

    /// Takes octets into memory, and moves to a file when they become too many.
    private final class Growing extends OutputStream {
        private ByteArrayOutputStream memory = new ByteArrayOutputStream(FIRST_OCTETS);
        private Optional<OutputStream> file = Optional.empty();
        private long size;

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            try {
                take(octets, from, length);
            } catch (IOException failed) {
                throw bodies.told(failed);
            }
            size += length;
        }

        private void take(byte[] octets, int from, int length) throws IOException {
            if (file.isEmpty() && size + length > LARGEST_INLINE_OCTETS) {
                moveToFile();
            }
            if (file.isPresent()) {
                file.get().write(octets, from, length);
            } else {
                memory.write(octets, from, length);
            }
        }

        private void moveToFile() throws IOException {
            try {
                file = Optional.of(new BufferedOutputStream(Files.newOutputStream(
                        bodies.of(mid), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
            } catch (FileAlreadyExistsException impossible) {
                throw new IllegalStateException("MID " + mid + " was given twice", impossible);
            }
            memory.writeTo(file.get());
            memory = new ByteArrayOutputStream(0);
        }

        private Optional<byte[]> inline() {
            return file.isPresent() ? Optional.empty() : Optional.of(memory.toByteArray());
        }

        private void end() throws IOException {
            if (file.isPresent()) {
                try {
                    file.get().close();
                } catch (IOException failed) {
                    throw bodies.told(failed);
                }
            }
        }
    }
}
