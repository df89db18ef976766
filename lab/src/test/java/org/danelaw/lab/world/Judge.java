package org.danelaw.lab.world;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.dnssec.ValidatingResolver;

/// What dnsjava's validator, which shares nothing with the lab but the wire format, says of an internet.
public final class Judge {
    private final Internet internet;
    private final Instant now;

    public Judge(Internet internet, Instant now) {
        this.internet = internet;
        this.now = now;
    }

    public enum Ruling {
        SECURE,
        INSECURE,
        BOGUS
    }

    public Ruling on(String name, String type) {
        try {
            var validator = new ValidatingResolver(new InProcess(internet), Clock.fixed(now, ZoneOffset.UTC));
            validator.loadTrustAnchors(
                    new ByteArrayInputStream(internet.anchorText().getBytes(StandardCharsets.US_ASCII)));
            var question = Query.of(name, type).message();
            question.getHeader().unsetFlag(Flags.CD);
            var answer = validator.send(question);
            if (answer.getRcode() == Rcode.SERVFAIL) {
                return Ruling.BOGUS;
            }
            return answer.getHeader().getFlag(Flags.AD) ? Ruling.SECURE : Ruling.INSECURE;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
