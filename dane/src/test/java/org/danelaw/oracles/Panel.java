package org.danelaw.oracles;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;
import org.danelaw.lab.judges.DnsjavaJudge;
import org.danelaw.lab.judges.Opinion;
import org.danelaw.lab.judges.Opinion.Existence;
import org.danelaw.lab.judges.Ruling;
import org.danelaw.lab.judges.UnboundJudge;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.world.Internet;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.ResolverEvents;
import org.xbill.DNS.Name;

/// Danelaw's resolver and both oracles before one internet, which is signed for the present.
final class Panel implements AutoCloseable {
    private final UnboundJudge unbound;
    private final DnsjavaJudge dnsjava;
    private final NameServer server;
    private final DnsResolver danelaw;

    private Panel(UnboundJudge unbound, DnsjavaJudge dnsjava, NameServer server, DnsResolver danelaw) {
        this.unbound = unbound;
        this.dnsjava = dnsjava;
        this.server = server;
        this.danelaw = danelaw;
    }

    static Panel before(Internet internet, Instant now, Path directory) throws IOException {
        var unbound = UnboundJudge.over(internet, directory);
        var server = NameServer.start(Answers.recursive(internet));
        var settings = DnsSettings.of(List.of(new DnsServer(server.address(), 1)))
                .withTrustAnchors(directory.resolve("anchors"));
        return new Panel(
                unbound, new DnsjavaJudge(internet, now), server, DnsResolver.start(settings, ResolverEvents.NONE));
    }

    Opinion ours(Name name, int type) {
        return switch (danelaw.resolve(new Question(name, type))) {
            case Validated.Secure<Answer>(var answer, var _) -> new Opinion(Ruling.SECURE, existence(answer));
            case Validated.Insecure<Answer>(var answer, var _) -> new Opinion(Ruling.INSECURE, existence(answer));
            case Validated.Bogus<Answer> _ -> Opinion.BOGUS;
            case Validated.Unavailable<Answer> _ -> Opinion.BOGUS;
        };
    }

    /// Whether there is an answer to judge.
    boolean isAnswered(Name name, int type) {
        return !(danelaw.resolve(new Question(name, type)) instanceof Validated.Unavailable<Answer>);
    }

    Map<Oracle, Opinion> theirs(Name name, int type) {
        var opinions = new EnumMap<Oracle, Opinion>(Oracle.class);
        opinions.put(Oracle.DNSJAVA, dnsjava.on(name, type));
        opinions.put(Oracle.UNBOUND, unbound.on(name, type));
        return opinions;
    }

    private static Existence existence(Answer answer) {
        return switch (answer) {
            case Answer.Found _ -> Existence.FOUND;
            case Answer.NoData _ -> Existence.NO_DATA;
            case Answer.NoSuchName _ -> Existence.NO_SUCH_NAME;
        };
    }

    @Override
    public void close() throws IOException {
        danelaw.close();
        server.close();
        unbound.close();
    }
}
