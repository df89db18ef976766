package org.danelaw.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.ResolverEvents;

/// How many look-ups a second the cache answers: all threads ask for the same hundred domains, as mail does.
///
/// Arguments: seconds (3), threads (the number of processors).
final class CachedLookups {
    private static final int DOMAINS = 100;

    private CachedLookups() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int threads = args.length > 1
                ? Integer.parseInt(args[1])
                : Runtime.getRuntime().availableProcessors();
        var zones = IntStream.range(0, DOMAINS).mapToObj(BenchZones::cold).toList();
        var world = Internet.at(Instant.now(), zones.toArray(Zone[]::new));
        Path anchors = Files.writeString(Files.createTempFile("danelaw", "anchors"), world.anchorText());
        try (var server = NameServer.start(Answers.recursive(world));
                var resolver = DnsResolver.start(
                        DnsSettings.of(List.of(new DnsServer(server.address(), 1)))
                                .withTrustAnchors(anchors),
                        ResolverEvents.NONE)) {
            List<Question> questions = questions();
            run(resolver, questions, threads, Duration.ofSeconds(1));
            run(resolver, questions, threads, Duration.ofSeconds(seconds));
            System.out.println("hits " + resolver.status().hits() + ", misses "
                    + resolver.status().misses() + ", " + resolver.status().cachedBytes() + " bytes");
        } finally {
            Files.delete(anchors);
        }
    }

    private static List<Question> questions() {
        return IntStream.range(0, DOMAINS)
                .mapToObj(i -> Domains.questions("c" + i + ".bench."))
                .flatMap(List::stream)
                .toList();
    }

    private static void run(DnsResolver resolver, List<Question> questions, int threads, Duration time)
            throws InterruptedException {
        var done = new LongAdder();
        long cpuBefore = cpuNanos();
        long end = System.nanoTime() + time.toNanos();
        var running = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofPlatform().start(() -> {
                while (System.nanoTime() < end) {
                    questions.forEach(question -> insist(resolver.resolve(question)));
                    done.add(questions.size());
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        System.out.printf(
                "cached look-ups: %,d a second on %d threads, %.0f ns CPU each%n",
                done.sum() / time.toSeconds(), threads, (double) (cpuNanos() - cpuBefore) / done.sum());
    }

    private static void insist(Validated<?> answer) {
        if (!(answer instanceof Validated.Secure<?>)) {
            throw new IllegalStateException("not secure: " + answer);
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
