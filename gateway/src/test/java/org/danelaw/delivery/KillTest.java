package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.danelaw.app.ServeProcess;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kill -9 at random moments of a real `danelaw serve`, while mail comes in and goes out: what was acknowledged is
/// delivered, and twice only where a kill fell between the host's answer and the commit of the outcome.
final class KillTest {
    /// The time between a host's answer and the commit of its outcome, but for what this machine takes: for commits, as
    /// clients who wait for their 250 feel it, and for letting a thread go on.
    private static final Duration WINDOW = Duration.ofMillis(50);

    private static final int FEW_KILLS = 6;
    private static final int MANY_KILLS = 50;
    private static final int TEN_KILLS = 10;

    /// Messages; one of the ten lives takes none.
    private static final int LOAD = 10_000;

    /// One life in so many ends before the gateway is ready.
    private static final int STILLBORN = 10;

    /// The others take at most so many messages of the feeder first, and live for a little longer.
    private static final int MOST_MESSAGES = 200;

    private static final int LONGEST_MILLIS = 100;
    private static final int LONGEST_START_MILLIS = 2_000;
    private static final long SEED = System.nanoTime();

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final List<Life> lives = new ArrayList<>();
    private int acknowledged;

    @Test
    @Timeout(600)
    void whatWasAcknowledgedIsDeliveredAndTwiceOnlyInTheWindow() throws Exception {
        kill(FEW_KILLS, this::few, Optional.empty());
    }

    @Test
    @Tag("peers")
    @Timeout(1800)
    void soItIsWhileSmtpSourceFeeds() throws Exception {
        var longest = kill(MANY_KILLS, this::few, Optional.of("smtp-source"));
        assertThat(longest).as("over the window").isLessThanOrEqualTo(WINDOW);
    }

    /// The same without Debian's packages.
    @Test
    @Tag("exam")
    @Timeout(1800)
    void soItIsForManyKills() throws Exception {
        var longest = kill(MANY_KILLS, this::few, Optional.empty());
        assertThat(longest).as("over the window").isLessThanOrEqualTo(WINDOW);
    }

    @Test
    @Tag("exam")
    @Timeout(1800)
    void soItIsForTenKillsDuringALoadOfTenThousandMessages() throws Exception {
        var longest = kill(TEN_KILLS, () -> LOAD / (TEN_KILLS - 1) + 1, Optional.empty());
        assertThat(longest).as("over the window").isLessThanOrEqualTo(WINDOW);
        assertThat(acknowledged).isGreaterThanOrEqualTo(LOAD);
        ExamResult.seeded(
                        "kill-during-a-load",
                        acknowledged,
                        "messages",
                        SEED,
                        TEN_KILLS + " kills; each message was delivered, and twice only in the 50 ms before a kill")
                .report();
    }

    private int few() {
        return 1 + random.nextInt(MOST_MESSAGES);
    }

    /// Returns how long before its kill the earliest of the messages that came twice was delivered, what the machine
    /// took deducted.
    private Duration kill(int kills, IntSupplier messagesALife, Optional<String> source) throws Exception {
        System.out.println("KillTest seed " + SEED);
        var zone = Zone.named("sink.example").with("@ MX 10 mx\nmx A 127.0.0.1\n");
        var internet = Internet.at(Instant.now(), zone);
        try (var dns = NameServer.start(Answers.recursive(internet));
                var sink = new Peer();
                var pulse = Pulse.start()) {
            Files.writeString(folder.resolve("anchors"), internet.anchorText());
            var listener = LiveRealm.freePort();
            var feeder = Feeder.start(listener);
            for (var i = 0; i < kills; i++) {
                live(i, feeder, messagesALife, configuration(i, listener, sink, dns), source);
            }
            feeder.stop();
            acknowledged = feeder.acknowledged().size();
            try (var last = ServeProcess.start(configuration(kills, listener, sink, dns))) {
                last.awaitReady();
                awaitAll(sink, feeder.acknowledged());
            }
            return judge(sink, arrival -> taken(arrival, feeder, pulse));
        }
    }

    /// From a start to a kill.
    private void live(int number, Feeder feeder, IntSupplier messages, Path configuration, Optional<String> source)
            throws Exception {
        try (var process = ServeProcess.start(configuration)) {
            var load = Optional.<Process>empty();
            if (number % STILLBORN == STILLBORN - 1) {
                Thread.sleep(random.nextInt(LONGEST_START_MILLIS));
            } else {
                var listener = process.awaitReady();
                if (source.isPresent()) {
                    load = Optional.of(load(source.get(), number, listener.getPort()));
                }
                feeder.awaitMore(messages.getAsInt());
                Thread.sleep(random.nextInt(LONGEST_MILLIS));
            }
            lives.add(new Life(name(number), System.nanoTime()));
            process.kill();
            load.ifPresent(Process::destroyForcibly);
        }
    }

    private Process load(String source, int number, int port) throws IOException {
        var log = folder.resolve(source + ".log").toFile();
        return new ProcessBuilder(
                        source,
                        "-s",
                        "4",
                        "-d",
                        "-m",
                        "100000",
                        "-l",
                        "4000",
                        "-N",
                        "-f",
                        "load@feeder.example",
                        "-t",
                        "load" + number + "x@sink.example",
                        "inet:127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /// A life of the gateway, which has a name of its own so that the sink knows whose a message was: it may read one
    /// after the process that sent it is dead.
    private record Life(String name, long killedAtNanos) {}

    private static String name(int life) {
        return "life" + life + ".example";
    }

    private Path configuration(int life, int listener, Peer sink, NameServer dns) throws IOException {
        return Files.writeString(
                folder.resolve("gw.toml"),
                PlainRelay.configuration(name(life), listener, sink, dns) + PlainRelay.WITHOUT_PATIENCE);
    }

    private void awaitAll(Peer sink, Set<String> acknowledged) throws InterruptedException {
        for (var i = 0; i < 600 && !arrivals(sink).keySet().containsAll(acknowledged); i++) {
            Thread.sleep(200);
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(arrivals(sink).keySet()).as("acknowledged, so delivered").containsAll(acknowledged);
        System.out.printf(
                "KillTest: %d kills, %d messages delivered, all %d among them that the feeder that counts had its 250"
                        + " for%n",
                lives.size(), arrivals(sink).size(), acknowledged.size());
    }

    /// The deliveries of each message, by its recipient.
    private static Map<String, List<Peer.Arrival>> arrivals(Peer sink) {
        var arrivals = new HashMap<String, List<Peer.Arrival>>();
        for (var arrival : sink.arrivals()) {
            arrivals.computeIfAbsent(arrival.recipient(), key -> new ArrayList<>())
                    .add(arrival);
        }
        return arrivals;
    }

    private Duration judge(Peer sink, Function<Peer.Arrival, Duration> taken) {
        var arrivals = arrivals(sink);
        var repeated = arrivals.values().stream()
                .flatMap(times -> times.subList(0, times.size() - 1).stream())
                .toList();
        assertThat(repeated)
                .as("twice only before a kill")
                .allMatch(arrival -> lifeOf(arrival).isPresent());
        var longest =
                repeated.stream().map(this::untilKill).max(Duration::compareTo).orElse(Duration.ZERO);
        var over = repeated.stream()
                .map(arrival -> untilKill(arrival).minus(taken.apply(arrival)))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        var inTime = repeated.stream()
                .filter(arrival -> untilKill(arrival).compareTo(WINDOW) <= 0)
                .count();
        System.out.printf(
                "KillTest: %d came twice, %d of them delivered at most %d ms before a kill; the longest %d ms, or %d ms"
                        + " without what the machine took%n",
                repeated.size(), inTime, WINDOW.toMillis(), longest.toMillis(), Math.max(0, over.toMillis()));
        return over;
    }

    private Optional<Life> lifeOf(Peer.Arrival arrival) {
        return lives.stream()
                .filter(life -> life.name().equals(arrival.client()))
                .findFirst();
    }

    /// From a message's 250 to the end of the process that sent it; nothing where that was dead already.
    private Duration untilKill(Peer.Arrival arrival) {
        var killed = lifeOf(arrival).orElseThrow().killedAtNanos();
        return Duration.ofNanos(Math.max(0, killed - arrival.atNanos()));
    }

    /// What the machine took between a message's 250 and the kill.
    private Duration taken(Peer.Arrival arrival, Feeder feeder, Pulse pulse) {
        var killed = lifeOf(arrival).orElseThrow().killedAtNanos();
        return feeder.longestWait(arrival.atNanos(), killed).plus(pulse.longestPause(arrival.atNanos(), killed));
    }
}
