package org.danelaw.queue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.danelaw.dns.FailureText;
import org.jspecify.annotations.Nullable;

/// The platform threads that read from the spool for everybody else, each with a connection at hand.
final class SpoolReader implements AutoCloseable {
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("spool-reader-", 0).factory());
    private final BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(THREADS);

    SpoolReader(SpoolDatabase database) throws SQLException {
        for (var i = 0; i < THREADS; i++) {
            connections.add(database.openForReading());
        }
    }

    /// Something to be read.
    @FunctionalInterface
    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Runs the query on a thread of this pool, and waits for it.
    <T> T ask(Query<T> query) throws IOException {
        return await(threads.submit(() -> {
            var connection = connections.take();
            try {
                return query.run(connection);
            } finally {
                connections.add(connection);
            }
        }));
    }

    /// Waits for what a thread of the spool does, and passes on how it failed.
    static <T> T await(Future<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the spool");
        } catch (ExecutionException failed) {
            throw inWords(failed.getCause());
        }
    }

    private static IOException inWords(@Nullable Throwable cause) {
        return switch (cause) {
            case SpoolFullException full -> full;
            case IOException broken -> new IOException(FailureText.of(broken), broken);
            case SQLException broken ->
                new IOException("the spool could not be read: " + FailureText.of(broken), broken);
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    @Override
    public void close() throws IOException {
        threads.close();
        for (var connection : connections) {
            try {
                connection.close();
            } catch (SQLException failed) {
                throw new IOException(failed);
            }
        }
    }
}
