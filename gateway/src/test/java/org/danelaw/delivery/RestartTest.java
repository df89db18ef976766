package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.danelaw.app.ServeProcess;
import org.danelaw.lab.exam.Exam;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.danelaw.queue.Mail;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.SqliteQueue;
import org.danelaw.queue.Synchronous;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real `danelaw serve` that starts with a full queue, in a small heap: it is ready and delivers, and loses and
/// repeats
/// nothing.
final class RestartTest {
    private static final int MESSAGES = Exam.takes(20_000, 200_000);
    private static final int HEAP_MEGABYTES = 128;

    /// Messages that are waited for before it is stopped.
    private static final int ENOUGH = 1_000;

    private static final int WRITERS = 64;
    private static final byte[] CONTENT = "Subject: waits\r\n\r\nBody\r\n".getBytes(US_ASCII);

    @TempDir
    private Path folder;

    @Test
    @Timeout(900)
    void aFullQueueIsReadWithinASmallHeapAndNoneOfItIsLost() throws Exception {
        fill();
        var zone = Zone.named("sink.example").with("@ MX 10 mx\nmx A 127.0.0.1\n");
        var internet = Internet.at(Instant.now(), zone);
        try (var dns = NameServer.start(Answers.recursive(internet));
                var sink = new Peer()) {
            Files.writeString(folder.resolve("anchors"), internet.anchorText());
            var started = System.nanoTime();
            Duration ready;
            try (var process = ServeProcess.startWithin(HEAP_MEGABYTES, configuration(sink, dns))) {
                process.awaitReady();
                ready = since(started);
                awaitArrivals(sink);
                assertThat(process.stop()).isZero();
            }
            var delivered = sink.arrivals();
            assertThat(delivered).extracting(Peer.Arrival::recipient).doesNotHaveDuplicates();
            assertThat(delivered.size() + waiting()).isEqualTo(MESSAGES);
            ExamResult.unseeded(
                            "restart-with-a-full-queue",
                            MESSAGES,
                            "waiting messages",
                            "ready after %.1f s, the program's start included, in a heap of %d MiB; the %,d that it"
                                            .formatted(ready.toMillis() / 1000.0, HEAP_MEGABYTES, delivered.size())
                                    + " then delivered came once, all others wait")
                    .report();
        }
    }

    private long waiting() throws IOException {
        try (var spool = SqliteQueue.open(folder.resolve("data/spool"), event -> {})) {
            return spool.counts().messages();
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private void fill() throws Exception {
        var tasks = new ArrayList<Callable<Long>>();
        try (var spool = SqliteQueue.open(
                        Files.createDirectories(folder.resolve("data/spool")), Synchronous.OFF, event -> {});
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (var i = 0; i < MESSAGES; i++) {
                var message = message(i);
                tasks.add(() -> Mail.put(spool, message, CONTENT));
            }
            for (var written : writers.invokeAll(tasks)) {
                assertThat(written.get()).isPositive();
            }
        }
    }

    /// Of a hundred senders, and received now.
    private static NewMessage message(int number) {
        var sender = Mail.address("s" + number % 100 + "@example.org");
        var mail = Mail.from(Optional.of(sender), "r" + number + "@sink.example");
        return new NewMessage(
                mail.envelope(), mail.policy(), mail.dane(), mail.bounceProfile(), Instant.now(), mail.origin());
    }

    private static void awaitArrivals(Peer sink) throws InterruptedException {
        for (var i = 0; i < 1_200 && sink.arrivals().size() < ENOUGH; i++) {
            Thread.sleep(50);
        }
        assertThat(sink.arrivals()).hasSizeGreaterThanOrEqualTo(ENOUGH);
    }

    private Path configuration(Peer sink, NameServer dns) throws IOException {
        return Files.writeString(folder.resolve("gw.toml"), PlainRelay.configuration("gw.example", 0, sink, dns));
    }
}
