package org.danelaw.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Durable messages of 10 KB a second, 64 writers: the spool beside one file and one fsync for each message, as a mail
/// server without group commit does it; on the same disk, in turns. Prints both and the median of their ratios.
///
/// Arguments: a folder on the disk to be measured (`.`), seconds for each (5), rounds (3).
public final class EnqueueBench {
    private static final int WRITERS = 64;
    private static final int OCTETS = 10 << 10;

    private EnqueueBench() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory(Path.of(arguments.length > 0 ? arguments[0] : "."), "enqueue-bench");
        var span = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 5);
        var rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3;
        try {
            System.out.printf("durable enqueue, %d writers, %d octets, in %s%n", WRITERS, OCTETS, folder);
            // Both are warm before either is measured.
            grouped(folder.resolve("warm"), span);
            single(folder, span);
            var ratios = new ArrayList<Double>();
            for (var round = 1; round <= rounds; round++) {
                var grouped = grouped(folder.resolve("round" + round), span);
                var single = single(folder, span);
                ratios.add(grouped.perSecond() / single.perSecond());
                System.out.printf(
                        Locale.ROOT,
                        "round %d: the spool %s, one fsync a message %s, ratio %.1f%n",
                        round,
                        grouped,
                        single,
                        ratios.getLast());
            }
            ratios.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "durable enqueue: %.1f times the rate of one fsync a message (median of %d rounds)%n",
                    ratios.get(ratios.size() / 2),
                    rounds);
        } finally {
            delete(folder);
        }
    }

    /// What came of it.
    private record Rate(double perSecond, double cpuMicros) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f/s (%.0f us of CPU each)", perSecond, cpuMicros);
        }
    }

    private static Rate grouped(Path folder, Duration span) throws IOException {
        var message = Mail.to("somebody@one.example");
        try (var spool = SqliteQueue.open(folder, event -> {})) {
            return rate(
                    Executors.newVirtualThreadPerTaskExecutor(), span, content -> Mail.put(spool, message, content));
        } finally {
            delete(folder);
        }
    }

    private static Rate single(Path parent, Duration span) throws IOException {
        var folder = Files.createTempDirectory(parent, "single");
        var number = new AtomicLong();
        try {
            return rate(Executors.newFixedThreadPool(WRITERS), span, content -> {
                var file = folder.resolve("message-" + number.incrementAndGet());
                try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(content));
                    channel.force(true);
                }
            });
        } finally {
            delete(folder);
        }
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

    private static Rate rate(ExecutorService threads, Duration span, Put put) {
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
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Rate(count.get() / seconds, cpu / 1e3 / count.get());
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
