package org.danelaw.app;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/// What was opened so far, to be closed the other way round: each part, even where another's closing fails.
final class Opened implements Closeable {
    private final Deque<Closeable> parts = new ArrayDeque<>();

    /// Notes a part and how it is closed.
    <T> T with(T part, Closeable closing) {
        parts.push(closing);
        return part;
    }

    <T extends Closeable> T with(T part) {
        return with(part, part);
    }

    @Override
    public void close() throws IOException {
        var failures = new ArrayDeque<IOException>();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (IOException failed) {
                failures.add(failed);
            }
        }
        if (!failures.isEmpty()) {
            var first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    /// Closes all because of `cause`, which is what the caller goes on with.
    void closeAfter(Exception cause) {
        try {
            close();
        } catch (IOException failed) {
            cause.addSuppressed(failed);
        }
    }
}
