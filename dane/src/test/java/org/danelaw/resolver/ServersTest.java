package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.lab.rules.Rule;
import org.danelaw.resolver.Capability.Capable;
import org.danelaw.resolver.Capability.Lacking;
import org.danelaw.resolver.Upstream.Asked;
import org.danelaw.resolver.Upstream.Manner;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// Which server is asked when, and what a failure says.
///
/// On a busy machine a good server's reply may come late, and the question is asked again: tests count replies and
/// failures, of which there is one for each question, and not datagrams.
class ServersTest {
    private static final Question QUESTION = new Question(Name.fromConstantString("danelaw.example."), Type.MX);
    private static final List<Duration> AMPLE = List.of(Duration.ofHours(1));

    @Test
    void theServerOfTheBetterPriorityIsAskedAlone() throws IOException {
        try (var first = FakeServer.good();
                var second = FakeServer.good();
                var servers = servers(AMPLE, second.server(2), first.server(1))) {
            for (int i = 0; i < 10; i++) {
                assertThat(replier(servers.ask(QUESTION, Manner.FIRST))).isEqualTo(name(first));
            }
            assertThat(second.datagrams()).isEmpty();
        }
    }

    @Test
    void serversOfOnePriorityShareTheQuestions() throws IOException {
        try (var one = FakeServer.good();
                var other = FakeServer.good();
                var servers = servers(AMPLE, one.server(), other.server())) {
            var replies = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                replies.add(replier(servers.ask(QUESTION, Manner.FIRST)));
            }
            assertThat(replies).containsOnly(name(one), name(other));
            // A fair coin misses this once in 10^13.
            assertThat(Collections.frequency(replies, name(one))).isBetween(12, 88);
        }
    }

    @Test
    void afterAServerFailureTheNextServerIsAskedAtOnce() throws IOException {
        for (int rcode : new int[] {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR}) {
            try (var bad = FakeServer.saying(rcode);
                    var good = FakeServer.good();
                    var servers = servers(AMPLE, bad.server(1), good.server(2))) {
                assertThat(replier(servers.ask(QUESTION, Manner.FIRST)))
                        .as(Rcode.string(rcode))
                        .isEqualTo(name(good));
                assertThat(bad.datagrams()).isNotEmpty();
            }
        }
    }

    @Test
    void thatANameDoesNotExistIsAnAnswer() throws IOException {
        try (var server = FakeServer.saying(Rcode.NXDOMAIN);
                var other = FakeServer.good();
                var servers = servers(AMPLE, server.server(1), other.server(2))) {
            var reply = ((Asked.Replied) servers.ask(QUESTION, Manner.FIRST)).reply();

            assertThat(reply.rcode()).isEqualTo(Rcode.NXDOMAIN);
        }
    }

    @Test
    void aSilentLevelIsLeftWhenItsTimeIsOver() throws IOException {
        try (var silent = FakeServer.silent();
                var good = FakeServer.good();
                var servers = servers(
                        List.of(Duration.ofMillis(200), Duration.ofHours(1)), silent.server(1), good.server(2))) {
            assertThat(replier(servers.ask(QUESTION, Manner.FIRST))).isEqualTo(name(good));
        }
    }

    @Test
    void withinALevelTheSilentAreAskedAgainAfterOneTwoAndMoreSeconds() throws IOException {
        var queries = new AtomicInteger();
        var patience = Collections.synchronizedList(new ArrayList<Duration>());
        var events = new ResolverEvents() {
            @Override
            public void asked(Question question, DnsServer server, Duration given, Duration left) {
                patience.add(given);
            }
        };
        try (var slow = FakeServer.onUdp((query, back) -> {
                    if (queries.incrementAndGet() >= 3) {
                        back.send(FakeServer.answer(query));
                    }
                });
                var servers = capable(new Servers(List.of(slow.server()), AMPLE, events))) {
            assertThat(replier(servers.ask(QUESTION, Manner.FIRST))).isEqualTo(name(slow));
            assertThat(patience).startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @Test
    void noServerIsWaitedForBeyondItsLevelsTime() throws IOException {
        var level = Duration.ofSeconds(1);
        var patience = Collections.synchronizedList(new ArrayList<Duration>());
        var events = new ResolverEvents() {
            @Override
            public void asked(Question question, DnsServer server, Duration given, Duration left) {
                patience.add(given);
            }
        };
        try (var silent = FakeServer.silent();
                var servers = capable(new Servers(List.of(silent.server()), List.of(level), events))) {
            assertThat(reason(servers.ask(QUESTION, Manner.FIRST)).sentence())
                    .isEqualTo("no answer for danelaw.example. MX: " + silent.server() + " does not answer within 1 s");
            assertThat(patience).allSatisfy(given -> assertThat(given).isLessThanOrEqualTo(level));
        }
    }

    @Test
    void aSilentServersTurnGoesToTheOtherOfItsLevel() throws IOException {
        try (var silent = FakeServer.silent();
                var good = FakeServer.good();
                var servers = servers(AMPLE, silent.server(), good.server())) {
            for (int i = 0; i < 4; i++) {
                assertThat(servers.ask(QUESTION, Manner.FIRST)).isInstanceOf(Asked.Replied.class);
            }
        }
    }

    @Test
    @Rule("A15")
    void aServerFailureEverywhereIsAFailedLookupThatNamesEachServer() throws IOException {
        try (var one = FakeServer.saying(Rcode.SERVFAIL);
                var other = FakeServer.saying(Rcode.REFUSED);
                var servers = servers(AMPLE, one.server(1), other.server(2))) {
            assertThat(reason(servers.ask(QUESTION, Manner.FIRST)).sentence())
                    .isEqualTo("no answer for danelaw.example. MX: " + one.server() + " answers SERVFAIL; "
                            + other.server() + " answers REFUSED");
        }
    }

    @Test
    @Rule("A15")
    void afterABogusReplyAnotherServerIsAskedWithCheckingEnabled() throws IOException {
        try (var first = FakeServer.good();
                var second = FakeServer.good();
                var servers = servers(AMPLE, first.server(1), second.server(2))) {
            String bogus = replier(servers.ask(QUESTION, Manner.FIRST));

            assertThat(replier(servers.ask(QUESTION, new Manner.AgainAfterBogus(bogus))))
                    .isEqualTo(name(second));
            assertThat(second.datagrams().getFirst().getHeader().getFlag(Flags.CD))
                    .isFalse();
        }
    }

    @Test
    @Rule("A15")
    void theOnlyServerIsAskedAgainItself() throws IOException {
        try (var only = FakeServer.good();
                var incapable = FakeServer.good();
                var servers = servers(AMPLE, only.server(1), incapable.server(2))) {
            lacking(servers, incapable);
            String bogus = replier(servers.ask(QUESTION, Manner.FIRST));

            assertThat(replier(servers.ask(QUESTION, new Manner.AgainAfterBogus(bogus))))
                    .isEqualTo(bogus);
            assertThat(incapable.datagrams()).isEmpty();
        }
    }

    @Test
    @Rule("A16")
    void aServerThatCannotDoDnssecIsNotAskedEvenWhenTheOthersFail() throws IOException {
        try (var incapable = FakeServer.good();
                var failing = FakeServer.saying(Rcode.SERVFAIL);
                var servers = servers(AMPLE, incapable.server(1), failing.server(2))) {
            lacking(servers, incapable);

            assertThat(servers.ask(QUESTION, Manner.FIRST)).isInstanceOf(Asked.Failed.class);
            assertThat(incapable.datagrams()).isEmpty();
            assertThat(servers.unavailable()).isEmpty();
        }
    }

    @Test
    @Rule("A16")
    void whenNoServerCanDoDnssecTheReasonSaysOfEachWhatItLacks() throws IOException {
        try (var one = FakeServer.good();
                var other = FakeServer.good();
                var servers = servers(AMPLE, one.server(), other.server())) {
            lacking(servers, one);
            servers.found(find(servers, other), new Lacking(List.of("does not do EDNS", "does not answer over TCP")));

            Reason reason = reason(servers.ask(QUESTION, Manner.FIRST));

            assertThat(reason.sentence())
                    .isEqualTo("no DNSSEC-capable resolver: " + one.server() + " strips signatures; " + other.server()
                            + " does not do EDNS and does not answer over TCP");
            assertThat(DnsResolver.isNoCapableServer(reason)).isTrue();
            assertThat(servers.unavailable()).contains(reason);
            assertThat(one.datagrams()).isEmpty();
        }
    }

    @Test
    @Rule("A16")
    void plainQuestionsGoToAnyServerWithoutDnssec() throws IOException {
        try (var server = FakeServer.good();
                var servers = servers(AMPLE, server.server())) {
            lacking(servers, server);

            assertThat(servers.askPlainly(QUESTION)).isInstanceOf(Asked.Replied.class);
            assertThat(server.datagrams().getFirst().getOPT()).isNull();
        }
    }

    @Test
    void beforeTheFirstProbeNothingIsAsked() throws IOException {
        try (var server = FakeServer.good();
                var servers = new Servers(List.of(server.server()), AMPLE, ResolverEvents.NONE)) {
            assertThat(reason(servers.ask(QUESTION, Manner.FIRST)).sentence()).endsWith("has not answered yet");
        }
    }

    @Test
    void timeOutsOfFurtherPrioritiesAreTheLastOne() throws IOException {
        var timeOuts = List.of(Duration.ofSeconds(1), Duration.ofMillis(50));
        try (var one = FakeServer.silent();
                var two = FakeServer.silent();
                var three = FakeServer.silent();
                var servers = servers(timeOuts, one.server(1), two.server(2), three.server(3))) {
            assertThat(reason(servers.ask(QUESTION, Manner.FIRST)).sentence())
                    .endsWith(": " + one.server() + " does not answer within 1 s; " + two.server()
                            + " does not answer within 0 s; " + three.server() + " does not answer within 0 s");
        }
    }

    @Test
    void theUsualTimeOutsAreThoseOfTheSpec() {
        assertThat(seconds(1)).containsExactly(60L);
        assertThat(seconds(2)).containsExactly(15L, 45L);
        assertThat(seconds(3)).containsExactly(5L, 10L, 45L);
    }

    private static List<Long> seconds(int levels) {
        return DnsSettings.usualTimeOuts(levels).stream()
                .map(Duration::toSeconds)
                .toList();
    }

    @Test
    void serversAreListedInTheOrderInWhichTheyAreAsked() throws IOException {
        try (var one = FakeServer.good();
                var two = FakeServer.good();
                var servers = servers(AMPLE, two.server(7), one.server(-1))) {
            assertThat(servers.capabilities().keySet().stream().map(UpstreamServer::toString))
                    .containsExactly(one.server().toString(), two.server().toString());
        }
    }

    @Test
    void everyFailureIsTold() throws IOException {
        Set<String> told = Collections.synchronizedSet(new HashSet<>());
        var events = new ResolverEvents() {
            @Override
            public void refused(Question question, DnsServer server, NoReply why) {
                told.add(question + " " + server + " " + why.sentence());
            }
        };
        try (var server = FakeServer.saying(Rcode.SERVFAIL);
                var servers = capable(new Servers(List.of(server.server()), AMPLE, events))) {
            servers.ask(QUESTION, Manner.FIRST);
            assertThat(told).containsExactly("danelaw.example. MX " + server.server() + " answers SERVFAIL");
        }
    }

    @Test
    void aServerStillBeingProbedHasItsTurnBeforeTheQuestionFails() throws Exception {
        try (var bad = FakeServer.saying(Rcode.SERVFAIL);
                var good = FakeServer.good()) {
            Asked asked = askWhileProbing(bad, good, new Capable());
            assertThat(replier(asked)).isEqualTo(name(good));
        }
    }

    @Test
    void aServerThatItsFirstProbeFindsLackingIsNotAsked() throws Exception {
        try (var bad = FakeServer.saying(Rcode.SERVFAIL);
                var stripping = FakeServer.good()) {
            Asked asked = askWhileProbing(bad, stripping, new Lacking(List.of("strips signatures")));
            assertThat(((Asked.Failed) asked).reason().sentence()).contains(name(bad), "SERVFAIL");
            assertThat(stripping.datagrams()).isEmpty();
        }
    }

    /// Asks while `bad` alone is known to be capable; that `late` is as `found` is known after `bad` failed.
    private static Asked askWhileProbing(FakeServer bad, FakeServer late, Capability found) throws Exception {
        var failed = new CountDownLatch(1);
        var events = new ResolverEvents() {
            @Override
            public void refused(Question question, DnsServer server, NoReply why) {
                failed.countDown();
            }
        };
        try (var servers = new Servers(List.of(bad.server(1), late.server(2)), AMPLE, events)) {
            servers.found(find(servers, bad), new Capable());
            var asked = new FutureTask<>(() -> servers.ask(QUESTION, Manner.FIRST));
            Thread.ofVirtual().start(asked);
            failed.await();
            assertThat(late.datagrams()).isEmpty();
            servers.found(find(servers, late), found);
            return asked.get();
        }
    }

    private static Servers servers(List<Duration> timeOuts, DnsServer... servers) {
        return capable(new Servers(List.of(servers), timeOuts, ResolverEvents.NONE));
    }

    private static Servers capable(Servers servers) {
        servers.capabilities().keySet().forEach(server -> servers.found(server, new Capable()));
        return servers;
    }

    private static void lacking(Servers servers, FakeServer server) {
        servers.found(find(servers, server), new Lacking(List.of("strips signatures")));
    }

    private static UpstreamServer find(Servers servers, FakeServer fake) {
        return servers.capabilities().keySet().stream()
                .filter(server -> server.server().address().equals(fake.server().address()))
                .findFirst()
                .orElseThrow();
    }

    private static String replier(Asked asked) {
        return ((Asked.Replied) asked).server();
    }

    private static String name(FakeServer server) {
        return server.server().toString();
    }

    private static Reason reason(Asked asked) {
        return ((Asked.Failed) asked).reason();
    }
}
