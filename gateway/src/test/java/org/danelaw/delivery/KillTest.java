package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kill -9 at random moments, while mail comes in and goes out: what was acknowledged is delivered, and twice only
/// where a kill fell between the host's answer and the commit of the outcome.
@Tag("exam")
final class KillTest {
    private static final boolean EXAM = Boolean.getBoolean("danelaw.exam");
    private static final int KILLS = EXAM ? 50 : 5;
    private static final int FEEDERS = 4;

    /// The time between a host's answer and the commit of its outcome. Held against the clock only in the exam: on a
    /// machine that others load, a process may stand still for longer than this.
    private static final Duration WINDOW = Duration.ofMillis(50);

    private static final long SEED = System.nanoTime();

    @TempDir
    private Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong number = new AtomicLong();
    private volatile int port;
    private volatile boolean over;

    @Test
    @Timeout(600)
    void whatWasAcknowledgedIsDeliveredAndTwiceOnlyInTheWindow() throws Exception {
        System.out.println("KillTest seed " + SEED);
        var random = new Random(SEED);
        var kills = new ArrayList<Long>();
        try (var sink = new Peer()) {
            var feeders = new ArrayList<Thread>();
            for (var i = 0; i < FEEDERS; i++) {
                feeders.add(Thread.ofVirtual().start(this::feed));
            }
            for (var i = 0; i < KILLS; i++) {
                var target = start(sink, i);
                Thread.sleep(50 + random.nextInt(500));
                kills.add(System.nanoTime());
                target.destroyForcibly().waitFor();
            }
            over = true;
            for (var feeder : feeders) {
                feeder.join();
            }
            var last = start(sink, KILLS);
            awaitAll(sink);
            last.destroyForcibly().waitFor();
            judge(sink, kills);
        }
    }

    private Process start(Peer sink, int life) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var target = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillTarget.class.getName(),
                        folder.resolve("spool").toString(),
                        Integer.toString(sink.port()),
                        name(life))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // Nothing but this line is ever written there.
        var ready = target.inputReader().readLine();
        assertThat(ready).as("a start without repair by hand").startsWith("ready ");
        port = Integer.parseInt(ready.substring("ready ".length()));
        return target;
    }

    /// What the process of each life calls itself, so that the sink knows whose a message was: it may read one after
    /// the process that sent it is dead.
    private static String name(int life) {
        return "life" + life + ".example";
    }

    /// Sends messages one after the other, to whichever process is there, and notes what was acknowledged.
    private void feed() {
        while (!over) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
                while (!over) {
                    var name = "message-" + number.incrementAndGet();
                    socket.getOutputStream().write((name + "\n").getBytes(US_ASCII));
                    if (!name.equals(in.readLine())) {
                        break;
                    }
                    acknowledged.add(name);
                }
            } catch (IOException killed) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitAll(Peer sink) throws InterruptedException {
        for (var i = 0; i < 600 && !arrivals(sink).keySet().containsAll(acknowledged); i++) {
            Thread.sleep(200);
        }
    }

    /// The deliveries of each message, by its name.
    private static Map<String, List<Peer.Arrival>> arrivals(Peer sink) {
        var arrivals = new HashMap<String, List<Peer.Arrival>>();
        for (var arrival : sink.arrivals()) {
            var name = arrival.content().replaceAll("(?s)Subject: (\\S+).*", "$1");
            arrivals.computeIfAbsent(name, key -> new ArrayList<>()).add(arrival);
        }
        return arrivals;
    }

    private void judge(Peer sink, List<Long> kills) {
        var arrivals = arrivals(sink);
        assertThat(arrivals.keySet()).as("acknowledged, so delivered").containsAll(acknowledged);
        var gaps = new ArrayList<Long>();
        arrivals.values().stream()
                .filter(times -> times.size() > 1)
                .forEach(times -> times.subList(0, times.size() - 1).forEach(one -> gaps.add(untilKill(one, kills))));
        var longest = gaps.stream().mapToLong(Long::longValue).max().orElse(0) / 1_000_000;
        System.out.printf(
                "KillTest: %d kills, %d messages acknowledged, %d delivered twice, each at most %d ms before a kill%n",
                kills.size(), acknowledged.size(), gaps.size(), longest);
        assertThat(acknowledged).isNotEmpty();
        assertThat(gaps).as("twice only before a kill").doesNotContain(Long.MAX_VALUE);
        if (EXAM) {
            assertThat(longest).isLessThanOrEqualTo(WINDOW.toMillis());
        }
    }

    /// From a message's 250 to the end of the process that sent it; nothing where that was dead already.
    private static long untilKill(Peer.Arrival arrival, List<Long> kills) {
        for (var life = 0; life < kills.size(); life++) {
            if (arrival.client().equals(name(life))) {
                return Math.max(0, kills.get(life) - arrival.atNanos());
            }
        }
        return Long.MAX_VALUE;
    }
}
