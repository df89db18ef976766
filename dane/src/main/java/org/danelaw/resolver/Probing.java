package org.danelaw.resolver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
    private final Function<UpstreamServer, Capability> prober;
    private final ResolverEvents events;
    private final CountDownLatch firstChoiceKnown = new CountDownLatch(1);

    /// @param prober finds out what a server can do, as [Prober#probe]
    Probing(Servers servers, Function<UpstreamServer, Capability> prober, ResolverEvents events) {
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
        firstChoiceKnown.countDown();
        return untilNext();
    }

    private void probe(UpstreamServer server) {
        Capability before = servers.capabilities().get(server);
        Capability found = prober.apply(server);
        if (before instanceof Capable && !(found instanceof Capable)) {
            // What was good counts as bad only if it fails twice running.
            found = prober.apply(server);
        }
        if (before instanceof Capable && found instanceof Unreachable) {
            // Silence proves nothing of what it can do; look-ups find out by themselves that it is silent.
            return;
        }
        servers.found(server, found);
        if (servers.isFirstChoiceKnown()) {
            firstChoiceKnown.countDown();
        }
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

    /// Waits until it is known which servers are asked first, at most for `patience`: until one of the best
    /// priority is capable, whatever the others of that priority do, or all of it are not and one of the next
    /// priority is, and so on.
    ///
    /// A capable server of a worse priority does not win while a better one is still being probed: the operator
    /// wants the better one asked, and it may only be slow. A dead one holds things up for the time of its probe,
    /// some 4 s, less than any look-up would wait for it (5 s or more before the next priority's turn).
    ///
    /// @return whether it is known
    boolean awaitFirst(Duration patience) throws InterruptedException {
        return firstChoiceKnown.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
