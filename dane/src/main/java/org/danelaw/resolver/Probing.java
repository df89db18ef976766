package org.danelaw.resolver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.danelaw.resolver.Capability.Capable;
import org.danelaw.resolver.Capability.Unreachable;

/// Probes all servers, at start and then from time to time, and tells when what we think of one changes (rule
/// A16).
final class Probing {
    // A server that lost a capability keeps being asked for so long; its answers are bogus meanwhile, never
    // insecure.
    private static final Duration ALL_WELL = Duration.ofMinutes(5);
    private static final Duration SOME_LACKING = Duration.ofSeconds(30);
    private static final Duration NONE_CAPABLE = Duration.ofSeconds(5);

    private static final ThreadFactory PROBES =
            Thread.ofPlatform().daemon().name("dns-probe").factory();

    private final Servers servers;
    private final Prober prober;
    private final ResolverEvents events;
    private final CountDownLatch probedOnce = new CountDownLatch(1);

    Probing(Servers servers, Prober prober, ResolverEvents events) {
        this.servers = servers;
        this.prober = prober;
        this.events = events;
    }

    /// Probes all servers side by side; says how long to wait until the next time.
    Duration probeAll() {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(PROBES)) {
            for (UpstreamServer server : servers.capabilities().keySet()) {
                threads.execute(() -> probe(server));
            }
        }
        probedOnce.countDown();
        return untilNext();
    }

    private void probe(UpstreamServer server) {
        Capability before = servers.capabilities().get(server);
        Capability found = prober.probe(server);
        if (before instanceof Capable && !(found instanceof Capable)) {
            // What was good counts as bad only if it fails twice running.
            found = prober.probe(server);
        }
        if (before instanceof Capable && found instanceof Unreachable) {
            // Silence proves nothing of what it can do; look-ups find out by themselves that it is silent.
            return;
        }
        servers.found(server, found);
        if (!found.equals(before)) {
            events.probed(server.server(), found);
        }
    }

    private Duration untilNext() {
        var all = servers.capabilities().values();
        if (all.stream().noneMatch(Capable.class::isInstance)) {
            return NONE_CAPABLE;
        }
        return all.stream().allMatch(Capable.class::isInstance) ? ALL_WELL : SOME_LACKING;
    }

    /// Waits until all servers have been probed once, at most for `patience`.
    boolean awaitFirst(Duration patience) throws InterruptedException {
        return probedOnce.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
