package org.danelaw.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Durable messages of 10 KB a second, 64 writers: the spool beside one file and one fsync for each
/// message, as a mail server without group commit does it. Prints both and their ratio; arguments: a
/// folder on the disk to be measured, and seconds for each.
public final class EnqueueBench {
    private static final int WRITERS = 64;
    private static final int OCTETS = 10 << 10;

    private EnqueueBench() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "."), "enqueue-bench");
        var span = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 5);
        try {
            var grouped = grouped(folder, span);
            var single = single(folder, span);
            System.out.printf(
                    Locale.ROOT,
                    "durable enqueue, %d writers, %d octets: spool %.0f/s, one fsync a message %.0f/s, ratio %.1f%n",
                    WRITERS,
                    OCTETS,
                    grouped,
                    single,
                    grouped / single);
        } finally {
            delete(folder);
        }
    }

    private static double grouped(Path folder, Duration span) throws IOException {
        var message = Mail.to("somebody@one.example");
        try (var spool = SqliteQueue.open(folder.resolve("spool"), event -> {})) {
            Put put = content -> Mail.put(spool, message, content);
            rate(Executors.newVirtualThreadPerTaskExecutor(), span.dividedBy(5), put);
            return rate(Executors.newVirtualThreadPerTaskExecutor(), span, put);
        }
    }

    private static double single(Path folder, Duration span) {
        var number = new AtomicLong();
        return rate(Executors.newFixedThreadPool(WRITERS), span, content -> {
            var file = folder.resolve("message-" + number.incrementAndGet());
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content));
                channel.force(true);
            }
        });
    }

    @FunctionalInterface
    private interface Put {
        void put(byte[] content) throws IOException;

        default void orFail(byte[] content) {
            try {
                put(content);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static double rate(ExecutorService threads, Duration span, Put put) {
        var count = new AtomicLong();
        var start = System.nanoTime();
        var cpuBefore = processCpuNanos();
        try (threads) {
            for (var i = 0; i < WRITERS; i++) {
                threads.execute(() -> {
                    var content = new byte[OCTETS];
                    while (System.nanoTime() - start < span.toNanos()) {
                        put.orFail(content);
                        count.incrementAndGet();
                    }
                });
            }
        }
        var cpu = processCpuNanos() - cpuBefore;
        System.out.printf(Locale.ROOT, "  %d messages, %.0f us of CPU each%n", count.get(), cpu / 1e3 / count.get());
        return count.get() / ((System.nanoTime() - start) / 1e9);
    }

    private static long processCpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
