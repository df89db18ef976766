package org.danelaw.lab.judges;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.peers.Unbound;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// What Unbound says of an internet that is signed for the present.
public final class UnboundJudge implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// As many as Danelaw does, for each size of keys (RFC 9276 section 3.2); its default is 150.
    private static final String NSEC3_ITERATIONS = "1024 100 2048 100 4096 100";

    private final NameServer server;
    private final Unbound unbound;
    private final InetSocketAddress address;

    private UnboundJudge(NameServer server, Unbound unbound, InetSocketAddress address) {
        this.server = server;
        this.unbound = unbound;
        this.address = address;
    }

    public static UnboundJudge over(Internet internet, Path directory) throws IOException {
        // A judge answers each question by itself, and not by what it concluded from others; SHA-1 digests do not count
        // beside better ones, which is not its default (RFC 4509 section 3).
        var anchors = Files.writeString(directory.resolve("anchors"), internet.anchorText());
        var server = NameServer.start(Answers.recursive(internet));
        try {
            var address = freeAddress();
            var setup = Unbound.Setup.forwarding(address, server.address(), anchors)
                    .with(
                            "aggressive-nsec: no",
                            "harden-below-nxdomain: no",
                            "harden-algo-downgrade: yes",
                            "val-nsec3-keysize-iterations: \"" + NSEC3_ITERATIONS + "\"");
            return new UnboundJudge(server, Unbound.running(directory, "unbound", setup), address);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /// A port of 127.0.0.1 that nothing listens at just now.
    public static InetSocketAddress freeAddress() throws IOException {
        try (var probe = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return (InetSocketAddress) probe.getLocalSocketAddress();
        }
    }

    public Ruling on(String name, String type) {
        return ask(name, type).ruling();
    }

    /// A question that is not answered in time counts as bogus.
    public Opinion on(Name name, int type) {
        return reply(Query.of(name, type)).map(Opinion::of).orElse(Opinion.BOGUS);
    }

    /// What Unbound thinks of an answer, and the records of the type that was asked for.
    public record Finding(Ruling ruling, List<Record> records, List<Name> aliases) {
        public Finding {
            records = List.copyOf(records);
            aliases = List.copyOf(aliases);
        }
    }

    /// A question that is not answered in time counts as bogus, as one that is answered with SERVFAIL.
    public Finding ask(String name, String type) {
        return reply(Query.of(name, type))
                .map(reply -> finding(reply, Type.value(type)))
                .orElseGet(() -> new Finding(Ruling.BOGUS, List.of(), List.of()));
    }

    private Optional<Message> reply(Query asked) {
        try {
            var query = asked.message();
            query.getHeader().unsetFlag(Flags.CD);
            var resolver = new SimpleResolver(address);
            resolver.setTimeout(PATIENCE);
            return Optional.of(resolver.send(query));
        } catch (IOException late) {
            return Optional.empty();
        }
    }

    private static Finding finding(Message answer, int type) {
        if (answer.getRcode() == Rcode.SERVFAIL) {
            return new Finding(Ruling.BOGUS, List.of(), List.of());
        }
        var section = answer.getSection(Section.ANSWER);
        return new Finding(
                answer.getHeader().getFlag(Flags.AD) ? Ruling.SECURE : Ruling.INSECURE,
                section.stream().filter(record -> record.getType() == type).toList(),
                section.stream()
                        .filter(CNAMERecord.class::isInstance)
                        .map(record -> ((CNAMERecord) record).getTarget())
                        .toList());
    }

    @Override
    public void close() throws IOException {
        unbound.close();
        server.close();
    }
}
