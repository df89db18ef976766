package org.danelaw.resolver;

import static org.danelaw.resolver.Query.Casing.AS_ASKED;
import static org.danelaw.resolver.Query.Casing.RANDOM;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.danelaw.dns.FailureText;
import org.danelaw.dns.Question;
import org.danelaw.dns.Received;

/// One name server: its ports and connections, and what we have learned of it. Asks it one question at a time
/// for each thread that calls: UDP first, TCP where UDP cannot be trusted or is too short.
///
/// Shared by all look-ups; beside its sockets it remembers only whether the server keeps the case of letters.
final class UpstreamServer implements AutoCloseable {
    // A flood of forged replies is given no more chances than these before TCP is asked (RFC 5452 section
    // 9.2).
    static final int MOST_WRONG_REPLIES = 16;
    // Who has said over UDP that an answer is too long has it at hand.
    static final Duration TCP_PATIENCE = Duration.ofSeconds(5);
    // Each holds a descriptor.
    static final int MOST_IN_FLIGHT = 1000;

    private final DnsServer server;
    private final String name;
    private final UdpPorts ports;
    private final TcpLinks links;
    private final Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
    private volatile Query.Casing casing = RANDOM;

    UpstreamServer(DnsServer server) {
        this.server = server;
        this.name = server.toString();
        this.ports = new UdpPorts(server.address());
        this.links = new TcpLinks(server.address());
    }

    DnsServer server() {
        return server;
    }

    /// As people read it, and as `Upstream` names it.
    @Override
    public String toString() {
        return name;
    }

    Query.Casing casing() {
        return casing;
    }

    /// Asks once: listens for `patience` over UDP, and where TCP is needed for a few seconds more; never
    /// beyond `deadline`.
    Heard ask(Question question, Query.Kind kind, Duration patience, Deadline deadline) {
        var query = new Query(question, kind, casing);
        return withPermit(deadline, () -> switch (overUdp(query, deadline.atMost(patience))) {
            case OverUdp.Done(var heard) -> heard;
            case OverUdp.NeedsTcp(var need) -> overTcp(query, need, deadline.atMost(TCP_PATIENCE));
        });
    }

    /// Asks over TCP alone, as the probe does.
    Heard askOverTcp(Question question, Query.Kind kind, Deadline deadline) {
        var query = new Query(question, kind, casing);
        return withPermit(deadline, () -> overTcp(query, NeedOfTcp.PROBE, deadline));
    }

    private Heard withPermit(Deadline deadline, Asking asking) {
        try {
            if (!inFlight.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                return new Heard.Broken("has " + MOST_IN_FLIGHT + " unanswered questions already");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Heard.Broken("was not asked: we are stopping");
        }
        try {
            return asking.ask();
        } catch (IOException broken) {
            return new Heard.Broken("cannot be reached: " + FailureText.of(broken));
        } finally {
            inFlight.release();
        }
    }

    private OverUdp overUdp(Query query, Deadline deadline) throws IOException {
        UdpPort port = ports.take();
        boolean clean = false;
        try {
            port.send(query.octets());
            for (int wrong = 0; wrong < MOST_WRONG_REPLIES; wrong++) {
                Optional<Integer> length = port.receive(deadline);
                if (length.isEmpty()) {
                    return new OverUdp.Done(new Heard.Silence());
                }
                switch (query.compare(port.received(), length.get())) {
                    case REPLY -> {
                        clean = wrong == 0;
                        return read(query, port.received(), length.get());
                    }
                    case OTHER_CASE -> {
                        return new OverUdp.NeedsTcp(NeedOfTcp.OTHER_CASE);
                    }
                    case FOREIGN -> {
                        // RFC 5452 section 9.1: not our answer, so the wait goes on.
                    }
                }
            }
            return new OverUdp.NeedsTcp(NeedOfTcp.FLOOD);
        } finally {
            if (clean) {
                ports.giveBack(port);
            } else {
                port.close();
            }
        }
    }

    /// Rule A15: what UDP cut short, or spoilt, is asked for over TCP before anybody judges it.
    private static OverUdp read(Query query, byte[] reply, int length) {
        if (Query.isTruncated(reply) || UdpPort.isCut(length)) {
            return new OverUdp.NeedsTcp(NeedOfTcp.TRUNCATED);
        }
        return switch (Received.of(query.inOwnCase(reply, length))) {
            case Received.Understood understood -> new OverUdp.Done(new Heard.Message(understood));
            case Received.Malformed _ -> new OverUdp.NeedsTcp(NeedOfTcp.MALFORMED);
        };
    }

    private Heard overTcp(Query query, NeedOfTcp need, Deadline deadline) {
        try {
            byte[] reply = links.exchange(query, deadline);
            if (query.compare(reply, reply.length) == Query.Likeness.OTHER_CASE) {
                // Over TCP nobody forges a reply from elsewhere: this server does not keep the case of
                // letters.
                casing = AS_ASKED;
            }
            if (Query.isTruncated(reply)) {
                return new Heard.Broken("sends truncated replies even over TCP");
            }
            return switch (Received.of(query.inOwnCase(reply, reply.length))) {
                case Received.Understood understood -> new Heard.Message(understood);
                case Received.Malformed(var why) -> new Heard.Broken("sends malformed replies: " + why);
            };
        } catch (IOException failed) {
            if (need == NeedOfTcp.OTHER_CASE) {
                // Without TCP it cannot be told from a forger; this reply is not used, and later ones must do
                // without.
                casing = AS_ASKED;
            }
            return new Heard.Broken(need.overUdp + "does not answer over TCP: " + FailureText.of(failed));
        }
    }

    /// Closes the ports and connections that have been idle for too long.
    void sweep() throws IOException {
        ports.sweep();
        links.sweep();
    }

    @Override
    public void close() throws IOException {
        ports.close();
        links.close();
    }

    private sealed interface OverUdp {
        record Done(Heard heard) implements OverUdp {}

        record NeedsTcp(NeedOfTcp need) implements OverUdp {}
    }

    /// Why TCP is asked, and how that begins the sentence when it fails.
    private enum NeedOfTcp {
        TRUNCATED("truncates its reply over UDP and "),
        MALFORMED("sends a malformed reply over UDP and "),
        OTHER_CASE("changes the case of names over UDP and "),
        FLOOD("is drowned in forged replies over UDP and "),
        PROBE("");

        private final String overUdp;

        NeedOfTcp(String overUdp) {
            this.overUdp = overUdp;
        }
    }

    @FunctionalInterface
    private interface Asking {
        Heard ask() throws IOException;
    }
}
