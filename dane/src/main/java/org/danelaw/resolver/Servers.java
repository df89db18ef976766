package org.danelaw.resolver;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.resolver.Capability.Capable;
import org.danelaw.resolver.Capability.Unknown;
import org.danelaw.resolver.Forwarder.Level;

/// The configured name servers by priority. Questions whose answers will be validated go to those alone that
/// can do DNSSEC (rule A16).
///
/// Shared by all look-ups; what is known of the servers is replaced as a whole.
final class Servers implements Upstream, AutoCloseable {
    // What a question that nobody answered waits for servers that are being probed for the first time.
    private static final Duration FIRST_PROBES = Duration.ofSeconds(5);

    private final List<Level> levels;
    private final Forwarder forwarder;
    private volatile Known known;

    Servers(List<DnsServer> servers, List<Duration> timeOuts, ResolverEvents events) {
        this.levels = levels(servers, timeOuts);
        this.forwarder = new Forwarder(events);
        var unknown = new LinkedHashMap<UpstreamServer, Capability>();
        levels.forEach(level -> level.servers().forEach(server -> unknown.put(server, new Unknown())));
        this.known = new Known(unknown, List.of());
    }

    private static List<Level> levels(List<DnsServer> servers, List<Duration> timeOuts) {
        var byPriority = servers.stream().collect(groupingBy(DnsServer::priority, TreeMap::new, toList()));
        var levels = new ArrayList<Level>();
        for (List<DnsServer> level : byPriority.values()) {
            Duration time = timeOuts.get(Math.min(levels.size(), timeOuts.size() - 1));
            levels.add(new Level(level.stream().map(UpstreamServer::new).toList(), time));
        }
        return List.copyOf(levels);
    }

    @Override
    public Asked ask(Question question, Manner manner) {
        Known now = known;
        if (now.capable.isEmpty()) {
            return new Asked.Failed(noneCapable(now));
        }
        return switch (manner) {
            case Manner.First() -> askFirst(question, now);
            case Manner.AgainAfterBogus(var bogus) ->
                forwarder.ask(question, Query.Kind.CHECKED, elsewhere(bogus, now.capable));
        };
    }

    /// Right after the start some servers may not have been probed to the end: they have their turn too before
    /// the question fails.
    private Asked askFirst(Question question, Known now) {
        Asked asked = forwarder.ask(question, Query.Kind.UNCHECKED, now.capable);
        if (asked instanceof Asked.Replied || now.isComplete()) {
            return asked;
        }
        Known later = awaitComplete();
        List<Level> more = only(later.capable, server -> !(now.capabilities.get(server) instanceof Capable));
        return more.isEmpty() ? asked : forwarder.ask(question, Query.Kind.UNCHECKED, more);
    }

    private synchronized Known awaitComplete() {
        Deadline end = Deadline.in(FIRST_PROBES);
        try {
            while (!known.isComplete() && !end.isOver()) {
                wait(Math.max(1, end.left().toMillis()));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return known;
    }

    /// Asks any server, for the records alone: what comes cannot be validated.
    Asked askPlainly(Question question) {
        return forwarder.ask(question, Query.Kind.PLAIN, levels);
    }

    /// Rule A15: another capable server if there is one, else the same once more.
    private static List<Level> elsewhere(String bogus, List<Level> capable) {
        List<Level> others = only(capable, server -> !server.toString().equals(bogus));
        return others.isEmpty() ? capable : others;
    }

    private static List<Level> only(List<Level> levels, Predicate<UpstreamServer> wanted) {
        return levels.stream()
                .map(level -> new Level(level.servers().stream().filter(wanted).toList(), level.time()))
                .filter(level -> !level.servers().isEmpty())
                .toList();
    }

    private static Reason noneCapable(Known now) {
        String lacks = now.capabilities.entrySet().stream()
                .map(server -> server.getKey() + " " + server.getValue().sentence())
                .collect(joining("; "));
        return new Reason("no DNSSEC-capable resolver: " + lacks, ExtendedError.NOT_READY);
    }

    /// Why no server can be asked anything that DNSSEC depends on, if that is so.
    Optional<Reason> unavailable() {
        Known now = known;
        return now.capable.isEmpty() ? Optional.of(noneCapable(now)) : Optional.empty();
    }

    /// Whether what is not known yet of some servers can no longer change which priority is asked first.
    boolean isFirstChoiceKnown() {
        Known now = known;
        for (Level level : levels) {
            var found = level.servers().stream().map(now.capabilities::get).toList();
            if (found.stream().anyMatch(Capable.class::isInstance)) {
                return true;
            }
            if (found.stream().anyMatch(Unknown.class::isInstance)) {
                return false;
            }
        }
        return true;
    }

    /// By server, in the order in which they are asked.
    SequencedMap<UpstreamServer, Capability> capabilities() {
        return known.capabilities;
    }

    /// Takes note of what a probe found.
    synchronized void found(UpstreamServer server, Capability capability) {
        var capabilities = new LinkedHashMap<>(known.capabilities);
        capabilities.put(server, capability);
        known = new Known(capabilities, only(levels, one -> capabilities.get(one) instanceof Capable));
        notifyAll();
    }

    /// Closes the ports and connections that have been idle for too long.
    void sweep() throws IOException {
        for (UpstreamServer server : known.capabilities.keySet()) {
            server.sweep();
        }
    }

    @Override
    public void close() throws IOException {
        for (UpstreamServer server : known.capabilities.keySet()) {
            server.close();
        }
    }

    private record Known(SequencedMap<UpstreamServer, Capability> capabilities, List<Level> capable) {
        Known {
            capabilities = Collections.unmodifiableSequencedMap(capabilities);
        }

        /// Whether each server was probed.
        boolean isComplete() {
            return capabilities.values().stream().noneMatch(Unknown.class::isInstance);
        }
    }
}
