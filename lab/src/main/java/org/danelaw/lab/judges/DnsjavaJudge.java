package org.danelaw.lab.judges;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.dnssec.ValidatingResolver;

/// What dnsjava's validator, which shares nothing with the lab but the wire format, says of an internet; each question
/// is asked with nothing remembered.
public final class DnsjavaJudge {
    /// As many NSEC3 iterations as Danelaw does, for each size of keys (RFC 9276 section 3.2).
    private static final Properties LIMITS = new Properties();

    static {
        for (var bits : new int[] {1024, 2048, 4096}) {
            LIMITS.setProperty("dnsjava.dnssec.nsec3.iterations." + bits, "100");
        }
    }

    private final Internet internet;
    private final Instant now;

    public DnsjavaJudge(Internet internet, Instant now) {
        this.internet = internet;
        this.now = now;
    }

    public Ruling on(String name, String type) {
        return ask(Query.of(name, type)).ruling();
    }

    public Opinion on(Name name, int type) {
        return ask(Query.of(name, type));
    }

    private Opinion ask(Query query) {
        try {
            var validator = new ValidatingResolver(new InProcess(internet), Clock.fixed(now, ZoneOffset.UTC));
            validator.init(LIMITS);
            validator.loadTrustAnchors(
                    new ByteArrayInputStream(internet.anchorText().getBytes(StandardCharsets.US_ASCII)));
            var question = query.message();
            question.getHeader().unsetFlag(Flags.CD);
            return Opinion.of(validator.send(question));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record InProcess(Internet internet) implements Resolver {
        @Override
        public CompletionStage<Message> sendAsync(Message query) {
            // The validator leaves it to whoever sends a query to ask for DNSSEC.
            var question = query.getQuestion();
            var answer = internet.answer(Query.of(question.getName(), question.getType()));
            answer.getHeader().setID(query.getHeader().getID());
            return CompletableFuture.completedFuture(answer);
        }

        @Override
        public void setPort(int port) {}

        @Override
        public void setTCP(boolean flag) {}

        @Override
        public void setIgnoreTruncation(boolean flag) {}

        @Override
        public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

        @Override
        public void setTSIGKey(TSIG key) {}

        @Override
        public void setTimeout(Duration timeout) {}
    }
}
