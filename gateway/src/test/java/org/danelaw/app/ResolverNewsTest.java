package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Validated;
import org.danelaw.events.DnsEvent;
import org.danelaw.events.Event;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.NoReply;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

final class ResolverNewsTest {
    private static final Question QUESTION = new Question(Name.fromConstantString("one.example."), Type.MX);
    private static final DnsServer SERVER =
            new DnsServer(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53), 0);
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Validated<Answer> ANSWER =
            new Validated.Secure<>(new Answer.NoData(List.of()), new Proof(List.of(), NOW));

    private final List<Event> told = new ArrayList<>();
    private final ResolverNews news = new ResolverNews(told::add, InstantSource.fixed(NOW));

    @Test
    void whereNobodyWantsDebugNotASingleObjectIsMade() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var left = Duration.ofSeconds(60);
        tellOften(left);

        var before = threads.getCurrentThreadAllocatedBytes();
        tellOften(left);
        var after = threads.getCurrentThreadAllocatedBytes();

        assertThat(told).isEmpty();
        // Less than a bit for each call: what the JVM makes for itself.
        assertThat(after - before).isLessThan(10_000);
    }

    private void tellOften(Duration left) {
        for (var i = 0; i < 20_000; i++) {
            news.begun(QUESTION);
            news.forwarded(QUESTION);
            news.needed(QUESTION);
            news.asked(QUESTION, SERVER, left, left);
            news.resolved(QUESTION, ANSWER, NOW);
            news.cached(QUESTION, ANSWER, NOW);
            news.answered(QUESTION, ANSWER);
        }
    }

    @Test
    void aServerThatFailsIsToldInTheWordsOfTheLog() {
        news.refused(QUESTION, SERVER, new NoReply.Rejected(Rcode.SERVFAIL));
        news.refused(QUESTION, SERVER, new NoReply.Rejected(Rcode.REFUSED));
        news.refused(QUESTION, SERVER, new NoReply.Unusable("does not answer within 60 s"));

        assertThat(told)
                .containsExactly(
                        new DnsEvent.ServerFailed(QUESTION, "192.0.2.53:53", "SERVER FAILED"),
                        new DnsEvent.ServerFailed(QUESTION, "192.0.2.53:53", "REFUSED"),
                        new DnsEvent.ServerFailed(QUESTION, "192.0.2.53:53", "NONE (does not answer within 60 s)"));
    }
}
