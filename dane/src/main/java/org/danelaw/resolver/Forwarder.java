package org.danelaw.resolver;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.xbill.DNS.Rcode;

/// Asks the configured servers level by level: within a level in random order, each question again after 1,
/// 2, 4 and then every 8 seconds until the level's time is over; a server that fails is left out, so that
/// the next one gets its turn at once.
final class Forwarder {
    private static final int LONGEST_PATIENCE_SECONDS = 8;

    private final ResolverEvents events;

    Forwarder(ResolverEvents events) {
        this.events = events;
    }

    /// Servers of one priority, and how long they may take together.
    record Level(List<UpstreamServer> servers, Duration time) {
        Level {
            servers = List.copyOf(servers);
        }
    }

    /// Blocks until a server replied or the time of all levels is over.
    Upstream.Asked ask(Question question, Query.Kind kind, List<Level> levels) {
        events.forwarded(question);
        var failures = new ArrayList<Failure>();
        for (Level level : levels) {
            switch (askLevel(question, kind, level)) {
                case LevelResult.Found(var replied) -> {
                    return replied;
                }
                case LevelResult.Failures(var more) -> failures.addAll(more);
            }
        }
        return new Upstream.Asked.Failed(reason(question, failures));
    }

    private LevelResult askLevel(Question question, Query.Kind kind, Level level) {
        var failures = new ArrayList<Failure>();
        var candidates = inRandomOrder(level.servers());
        Deadline end = Deadline.in(level.time());
        int silences = 0;
        // Bounded by the level's time, and each server by its first failure.
        while (!candidates.isEmpty() && !end.isOver() && !Thread.currentThread().isInterrupted()) {
            UpstreamServer server = candidates.removeFirst();
            switch (ask(question, kind, server, patience(silences), end)) {
                case Heard.Message message
                when isAnswer(message.rcode()) -> {
                    var reply = message.received().replyTo(question);
                    return new LevelResult.Found(new Upstream.Asked.Replied(reply, server.toString()));
                }
                case Heard.Message message ->
                    failures.add(failed(question, server, new NoReply.Rejected(message.rcode())));
                case Heard.Broken(var why) -> failures.add(failed(question, server, new NoReply.Unusable(why)));
                case Heard.Silence() -> {
                    silences++;
                    candidates.addLast(server);
                }
            }
        }
        for (UpstreamServer silent : candidates) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            var why = "does not answer within " + level.time().toSeconds() + " s";
            failures.add(failed(question, silent, new NoReply.Unusable(why)));
        }
        return new LevelResult.Failures(failures);
    }

    private Heard ask(Question question, Query.Kind kind, UpstreamServer server, Duration patience, Deadline end) {
        Duration left = end.left();
        Duration given = patience.compareTo(left) < 0 ? patience : left;
        events.asked(question, server.server(), given, left);
        return server.ask(question, kind, given, end);
    }

    private Failure failed(Question question, UpstreamServer server, NoReply why) {
        events.refused(question, server.server(), why);
        return new Failure(server.server(), why);
    }

    /// Rule A15: every other RCODE says something of the server, nothing of the name.
    private static boolean isAnswer(int rcode) {
        return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN;
    }

    private static Duration patience(int silences) {
        return Duration.ofSeconds(silences >= 3 ? LONGEST_PATIENCE_SECONDS : 1L << silences);
    }

    private static ArrayDeque<UpstreamServer> inRandomOrder(List<UpstreamServer> servers) {
        if (servers.size() == 1) {
            return new ArrayDeque<>(servers);
        }
        var shuffled = new ArrayList<>(servers);
        Collections.shuffle(shuffled);
        return new ArrayDeque<>(shuffled);
    }

    private static Reason reason(Question question, List<Failure> failures) {
        if (Thread.currentThread().isInterrupted()) {
            return new Reason("the look-up of " + question + " was stopped", ExtendedError.OTHER);
        }
        String servers =
                String.join("; ", failures.stream().map(Failure::toString).toList());
        return new Reason("no answer for " + question + ": " + servers, ExtendedError.NETWORK_ERROR);
    }

    private sealed interface LevelResult {
        record Found(Upstream.Asked.Replied replied) implements LevelResult {}

        record Failures(List<Failure> failures) implements LevelResult {}
    }

    private record Failure(DnsServer server, NoReply why) {
        @Override
        public String toString() {
            return server + " " + why.sentence();
        }
    }
}
