package org.danelaw.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.danelaw.app.RelaySubject.Surroundings;
import org.danelaw.lab.peers.Nsd;
import org.danelaw.lab.peers.Unbound;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;

/// Danelaw beside Debian's Postfix as a relay that does the same work: the same mail, to the same sink, by the same
/// resolver, with the queue on the same disk. Prints the table of messages a second, processor time a message, and
/// memory. Needs root, and the peers' packages.
///
/// Arguments: the launcher, a new folder on the disk of the queue that all may pass through, messages a round (5000),
/// rounds (1), parts (`one,many,memory,open`).
final class RelayBench {
    private static final InetSocketAddress SINK = new InetSocketAddress("127.0.25.25", 25);
    private static final InetSocketAddress RESOLVER = new InetSocketAddress("127.0.53.2", 53);
    private static final InetSocketAddress AUTHORITY = new InetSocketAddress("127.0.53.3", 53);
    private static final int DOMAINS = 500;
    private static final int OCTETS = 10_240;
    private static final int CONNECTIONS = 20;

    /// What is open at once where memory is measured, and what Danelaw alone is asked for.
    private static final int OPEN = 200;

    private static final int MANY_OPEN = 5_000;
    private static final Duration SLOWNESS = Duration.ofMinutes(4);

    private static final String PLAIN = "Postfix";
    private static final String REUSE = "Postfix, reuse";
    private static final String DANELAW = "Danelaw";

    private final Path launcher;
    private final Path folder;
    private final int messages;
    private int folders;

    private RelayBench(Path launcher, Path folder, int messages) {
        this.launcher = launcher;
        this.folder = folder;
        this.messages = messages;
    }

    /// What a round came to.
    private record Round(double perSecond, double cpuMillis, double sinkMillis, long connections) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%7.0f messages/s  %6.2f ms CPU a message  (sink %5.2f ms, %d connections)",
                    perSecond,
                    cpuMillis,
                    sinkMillis,
                    connections);
        }
    }

    public static void main(String... arguments) throws Exception {
        var folder = Files.createDirectories(Path.of(arguments[1])).toRealPath();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var messages = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5_000;
        var rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
        var parts = List.of((arguments.length > 4 ? arguments[4] : "one,many,memory,open").split(",", -1));
        new RelayBench(Path.of(arguments[0]).toRealPath(), folder, messages).run(rounds, parts);
    }

    private void run(int rounds, List<String> parts) throws Exception {
        if (parts.contains("one")) {
            compare("to one destination", toOne(messages), rounds, 5, 3);
        }
        if (parts.contains("many")) {
            compare("to " + DOMAINS + " destinations", toMany(messages), rounds, 3, 2);
        }
        if (parts.contains("alone")) {
            alone(rounds);
        }
        if (parts.contains("memory")) {
            memory();
        }
        if (parts.contains("open")) {
            System.out.printf("%nMemory with %d deliveries open at once (at most 1024 MiB):%n", MANY_OPEN);
            open(MANY_OPEN, around -> subject(DANELAW, around));
        }
    }

    private interface Measurement {
        void take(Surroundings around) throws Exception;
    }

    /// Serves destinations whose only host is the sink: one, many with a zone each, and a wildcard for any number.
    private void withDns(String tlsa, Measurement measurement) throws Exception {
        var dns = Files.createDirectory(next("dns"));
        var internet = Internet.at(
                Instant.now(),
                Stream.concat(
                                Stream.of("one.example"),
                                IntStream.range(0, DOMAINS).mapToObj(RelayBench::domain))
                        .map(name -> Zone.named(name)
                                .with("""
                                @           MX   10 mx
                                *           MX   10 mx
                                mx          A    %s
                                _25._tcp.mx TLSA %s
                                """.formatted(SINK.getAddress().getHostAddress(), tlsa)))
                        .toList());
        internet.writeTo(dns);
        var files = new HashMap<String, Path>();
        internet.zones().forEach(zone -> files.put(zone.name().toString(), dns.resolve(Internet.fileName(zone))));
        var anchors = dns.resolve("anchors");
        try (var _ = Nsd.serving(dns, AUTHORITY, files);
                var _ = Unbound.running(dns, "unbound", Unbound.Setup.validating(RESOLVER, AUTHORITY, anchors))) {
            measurement.take(new Surroundings(RESOLVER.getAddress().getHostAddress(), anchors));
        }
    }

    private static String domain(int number) {
        return "d" + number + ".example";
    }

    private static List<String> toOne(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(number -> "to" + number + "@one.example")
                .toList();
    }

    private static List<String> toMany(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(number -> "to" + number + "@" + domain(number % DOMAINS))
                .toList();
    }

    private void compare(String what, List<String> recipients, int rounds, int timesFaster, int timesCheaper)
            throws Exception {
        System.out.printf("%n%d messages of %d octets %s, after a round to warm up:%n", messages, OCTETS, what);
        try (var sink = LightSink.start(SINK, Duration.ZERO)) {
            withDns(sink.tlsa(), around -> {
                var plain = measured(PLAIN, recipients, around, sink, rounds);
                var reusing = measured(REUSE, recipients, around, sink, rounds);
                var ours = measured(DANELAW, recipients, around, sink, rounds);
                System.out.printf(
                        Locale.ROOT,
                        "  Danelaw / the better Postfix: %.1f times the messages a second (at least %d), %.2f of the CPU"
                                + " a message (at most 1/%d)%n",
                        ours.perSecond() / Math.max(plain.perSecond(), reusing.perSecond()),
                        timesFaster,
                        ours.cpuMillis() / Math.min(plain.cpuMillis(), reusing.cpuMillis()),
                        timesCheaper);
            });
        }
    }

    /// Danelaw to one destination, and nobody beside it: for a profiler.
    private void alone(int rounds) throws Exception {
        System.out.printf("%n%d messages of %d octets to one destination, Danelaw alone:%n", messages, OCTETS);
        try (var sink = LightSink.start(SINK, Duration.ZERO)) {
            withDns(sink.tlsa(), around -> measured(DANELAW, toOne(messages), around, sink, rounds));
        }
    }

    /// The median of so many rounds, after one that is not counted.
    private Round measured(String name, List<String> recipients, Surroundings around, LightSink sink, int rounds)
            throws Exception {
        try (var subject = subject(name, around)) {
            round(subject, recipients, sink);
            var measured = new ArrayList<Round>();
            for (var count = 0; count < rounds; count++) {
                measured.add(round(subject, recipients, sink));
            }
            measured.sort(Comparator.comparingDouble(Round::perSecond));
            var median = measured.get(measured.size() / 2);
            System.out.printf("  %-15s %s%n", name, median);
            return median;
        }
    }

    private RelaySubject subject(String name, Surroundings around) throws Exception {
        return switch (name) {
            case PLAIN -> RelaySubject.postfix(name, next("postfix"), around, Map.of());
            case REUSE ->
                RelaySubject.postfix(name, next("postfix-reuse"), around, Map.of("smtp_tls_connection_reuse", "yes"));
            default -> RelaySubject.danelaw(next("danelaw"), around, launcher, "");
        };
    }

    private Path next(String name) {
        return folder.resolve(++folders + "-" + name);
    }

    private static Round round(RelaySubject subject, List<String> recipients, LightSink sink)
            throws IOException, InterruptedException {
        var before = sink.awaitMessages(0);
        var cpuBefore = subject.process().processorTime();
        var began = System.nanoTime();
        new Injector(CONNECTIONS, OCTETS).feed(subject.listener(), recipients);
        var after = sink.awaitMessages(before.messages() + recipients.size());
        var seconds = (System.nanoTime() - began) / 1e9;
        // Outcomes are still being written down; a second of quiet lets all of it count.
        Thread.sleep(Duration.ofSeconds(1));
        var cpu = subject.process().processorTime().minus(cpuBefore);
        return new Round(
                recipients.size() / seconds,
                (double) cpu.toMillis() / recipients.size(),
                (double) after.cpu().minus(before.cpu()).toMillis() / recipients.size(),
                after.connections() - before.connections());
    }

    private void memory() throws Exception {
        System.out.printf("%nMemory with %d deliveries open at once (sum of PSS):%n", OPEN);
        var settings = Map.of("default_process_limit", Integer.toString(OPEN + 100));
        var postfix = open(OPEN, around -> RelaySubject.postfix(PLAIN, next("postfix-open"), around, settings));
        var ours = open(OPEN, around -> subject(DANELAW, around));
        System.out.printf(Locale.ROOT, "  Danelaw / Postfix: %.2f (at most 1)%n", (double) ours / postfix);
    }

    private interface Start {
        RelaySubject with(Surroundings around) throws Exception;
    }

    /// Opens so many deliveries, each to a destination of its own, and returns the memory, in octets.
    private long open(int count, Start start) throws Exception {
        var size = new AtomicLong();
        try (var slow = LightSink.start(SINK, SLOWNESS)) {
            withDns(slow.tlsa(), around -> {
                try (var subject = start.with(around)) {
                    var recipients = IntStream.range(0, count)
                            .mapToObj(number -> "to@m" + number + ".one.example")
                            .toList();
                    new Injector(CONNECTIONS, OCTETS).feed(subject.listener(), recipients);
                    slow.awaitOpen(count);
                    size.set(subject.process().proportionalSetSize());
                    System.out.printf(Locale.ROOT, "  %-15s %5d MiB%n", subject.name(), size.get() >> 20);
                }
            });
        }
        return size.get();
    }
}
