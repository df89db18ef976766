package org.danelaw.resolver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.Question;
import org.danelaw.resolver.Capability.Capable;
import org.danelaw.resolver.Capability.Lacking;
import org.danelaw.resolver.Capability.Unreachable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// Finds out what a name server can do: it is asked for the DNSKEY records of a trust anchor's zone, over UDP
/// and TCP, and must send them with EDNS and with their signatures. Nothing is validated: whether it lies is
/// for the validator.
///
/// @param zone a zone that has a trust anchor, mostly the root
record Prober(Name zone) {
    // One lost datagram must not cost a server its good name.
    private static final List<Duration> PATIENCE =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));

    /// Blocks for at most some 15 seconds: the time-outs above and twice that of TCP.
    Capability probe(UpstreamServer server) {
        var question = new Question(zone, Type.DNSKEY);
        return switch (ask(server, question)) {
            case Heard.Message message -> judge(server, question, message);
            case Heard.Silence() -> new Unreachable("does not answer");
            case Heard.Broken(var why) -> new Unreachable(why);
        };
    }

    private static Heard ask(UpstreamServer server, Question question) {
        Heard heard = new Heard.Silence();
        for (Duration patience : PATIENCE) {
            var deadline = Deadline.in(patience.plus(UpstreamServer.TCP_PATIENCE));
            heard = server.ask(question, Query.Kind.UNCHECKED, patience, deadline);
            if (heard instanceof Heard.Message) {
                return heard;
            }
        }
        return heard;
    }

    private Capability judge(UpstreamServer server, Question question, Heard.Message message) {
        var lacking = new ArrayList<String>();
        if (message.received().message().getOPT() == null) {
            lacking.add("does not do EDNS");
        } else if (message.rcode() != Rcode.NOERROR) {
            lacking.add("answers " + Rcode.string(message.rcode()) + " for the keys of " + zone);
        } else if (!hasSignedKeys(message, question)) {
            lacking.add("strips signatures (no RRSIG with the DNSKEY records of " + zone + ")");
        }
        faultOverTcp(server, question).ifPresent(lacking::add);
        return lacking.isEmpty() ? new Capable() : new Lacking(lacking);
    }

    private boolean hasSignedKeys(Heard.Message message, Question question) {
        return message.received().replyTo(question).answer().stream()
                .anyMatch(set -> set.set().type() == Type.DNSKEY
                        && set.set().owner().equals(zone)
                        && !set.signatures().isEmpty());
    }

    private static Optional<String> faultOverTcp(UpstreamServer server, Question question) {
        var deadline = Deadline.in(UpstreamServer.TCP_PATIENCE);
        return switch (server.askOverTcp(question, Query.Kind.UNCHECKED, deadline)) {
            case Heard.Message _ -> Optional.empty();
            case Heard.Silence() -> Optional.of("does not answer over TCP");
            case Heard.Broken(var why) -> Optional.of(why);
        };
    }
}
