package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.lab.world.Misconduct.forType;
import static org.danelaw.lab.world.Misconduct.forgetCase;
import static org.danelaw.lab.world.Misconduct.haveNoTcp;
import static org.danelaw.lab.world.Misconduct.knowNoEdns;
import static org.danelaw.lab.world.Misconduct.servfail;
import static org.danelaw.lab.world.Misconduct.stripDnssec;
import static org.danelaw.lab.world.Misconduct.truncateOverUdp;
import static org.danelaw.lab.world.Misconduct.when;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.Validated.Insecure;
import org.danelaw.dnssec.Validated.Secure;
import org.danelaw.dnssec.Validated.Unavailable;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Conduct;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// The whole resolver over real sockets, before the lab's internet.
class DnsResolverTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Internet WORLD = Internet.at(
            NOW,
            Zone.named("one.example").with("""
                    @             300 MX   10 mail
                    mail          300 A    192.0.2.1
                    _25._tcp.mail 300 TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
                    """),
            Zone.named("two.example").with("@ MX 10 mail\nmail A 192.0.2.2"),
            Zone.named("plain.example").unsigned().with("@ MX 10 mail\nmail A 192.0.2.3\nalias CNAME mail"));
    private static final Question MX = question("one.example.", Type.MX);

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock(NOW);
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void signedAnswersAreSecureAndUnsignedOnesInsecure() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
            assertThat(resolver.resolve(question("mail.one.example.", Type.A))).isInstanceOf(Secure.class);
            assertThat(resolver.resolve(question("_25._tcp.mail.one.example.", Type.TLSA)))
                    .isInstanceOf(Secure.class);
            assertThat(resolver.resolve(question("plain.example.", Type.MX))).isInstanceOf(Insecure.class);
        }
    }

    @Test
    @Rule("A15")
    void everyQuestionOnTheWayCarriesDnssecOkAndCheckingDisabled() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            resolver.resolve(MX);

            assertThat(server.queries().entries())
                    .hasSizeGreaterThan(4)
                    .allMatch(query -> query.dnssecOk() && query.checkingDisabled());
        }
    }

    @Test
    @Rule("A13")
    void theHostsOfADestinationComeFromOneLookupThatWasValidated() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            var secure = (Secure<Answer>) resolver.resolve(MX);
            var again = (Secure<Answer>) resolver.resolve(MX);

            var hosts = ((Answer.Found) again.value()).set().as(MXRecord.class);
            assertThat(hosts.getFirst().getTarget()).hasToString("mail.one.example.");
            assertThat(again).isSameAs(secure);
            assertThat(server.queries().count("one.example", "MX")).isEqualTo(1);
        }
    }

    @Test
    @Rule("A13")
    void aPlainAnswerNeverStandsInForAValidatedOne() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            assertThat(resolver.plain().resolve(MX)).isInstanceOf(Insecure.class);
            assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
            assertThat(resolver.plain().resolve(MX)).isInstanceOf(Insecure.class);
        }
    }

    @Test
    void theKeysOfAParentAreFetchedOnceForAllItsChildren() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            resolver.resolve(MX);
            resolver.resolve(question("two.example.", Type.MX));

            // The probe asks for the root's keys twice more, over UDP and TCP.
            assertThat(server.queries().count(".", "DNSKEY")).isEqualTo(3);
            assertThat(server.queries().count("example", "DNSKEY")).isEqualTo(1);
            assertThat(server.queries().count("example", "DS")).isEqualTo(1);
        }
    }

    @Test
    void identicalQuestionsAtTheSameTimeAreAskedOnce() throws Exception {
        try (var server = server();
                var resolver = resolver(server);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<java.util.concurrent.Future<Validated<Answer>>>();
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> resolver.resolve(MX)));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isInstanceOf(Secure.class);
            }
            assertThat(server.queries().count("one.example", "MX")).isEqualTo(1);
            assertThat(server.queries().count("one.example", "DNSKEY")).isEqualTo(1);
        }
    }

    @Test
    @Rule("A22")
    void anAnswerIsAskedForAgainWhenItsTimeIsOver() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            resolver.resolve(MX);
            clock.advanceSeconds(299);
            resolver.resolve(MX);
            assertThat(server.queries().count("one.example", "MX")).isEqualTo(1);
            clock.advanceSeconds(1);
            resolver.resolve(MX);
            assertThat(server.queries().count("one.example", "MX")).isEqualTo(2);
        }
    }

    @Test
    void statusCountsAndFlushForgets() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            resolver.resolve(MX);
            resolver.resolve(MX);
            DnsStatus status = resolver.status();
            assertThat(status.requests()).isEqualTo(2);
            assertThat(status.hits()).isEqualTo(1);
            assertThat(status.misses()).isEqualTo(1);
            assertThat(status.cachedAnswers()).isEqualTo(1);
            assertThat(status.cachedBytes()).isBetween(1000L, 100_000L);
            assertThat(status.unavailable()).isEmpty();

            resolver.flush();
            assertThat(resolver.status().cachedBytes()).isZero();
            resolver.resolve(MX);
            assertThat(server.queries().count("example", "DNSKEY")).isEqualTo(2);
        }
    }

    @Test
    @Rule("A15")
    void largeAnswersComeOverTcp() throws IOException {
        try (var server = server(truncateOverUdp());
                var resolver = resolver(server)) {
            assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
        }
    }

    @Test
    void aServerThatForgetsTheCaseOfNamesWillDo() throws IOException {
        try (var server = server(forgetCase());
                var resolver = resolver(server)) {
            assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
            assertThat(resolver.resolve(question("two.example.", Type.MX))).isInstanceOf(Secure.class);
        }
    }

    @Test
    @Rule("A15")
    void aServerFailureIsUnavailableNeverBogus() throws IOException {
        try (var server = server(forType("MX", servfail()));
                var resolver = resolver(server)) {
            var why = ((Unavailable<Answer>) resolver.resolve(MX)).reason();

            assertThat(why.sentence())
                    .isEqualTo("no answer for one.example. MX: " + name(server) + " answers SERVFAIL");
            assertThat(DnsResolver.isNoCapableServer(why)).isFalse();
        }
    }

    @Test
    @Rule("A15")
    void aBogusReplyIsAskedForOnceMoreWithCheckingEnabled() throws IOException {
        // A server that damages what it was told not to check.
        var damaging = when(
                query -> query.message().getHeader().getFlag(org.xbill.DNS.Flags.CD) && query.type() == Type.MX,
                stripDnssec());
        try (var server = server(damaging);
                var resolver = resolver(server)) {
            assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
            assertThat(server.queries().count("one.example", "MX")).isEqualTo(2);
        }
    }

    @Test
    @Timeout(60)
    @Rule("A16")
    void withoutACapableServerEveryLookupSaysSoAndPlainOnesWork() throws IOException {
        try (var stripping = server(stripDnssec());
                var withoutTcp = server(haveNoTcp());
                var old = server(knowNoEdns());
                var resolver = resolver(stripping, withoutTcp, old)) {
            var why = ((Unavailable<Answer>) resolver.resolve(MX)).reason();

            assertThat(DnsResolver.isNoCapableServer(why)).isTrue();
            assertThat(why.sentence())
                    .startsWith("no DNSSEC-capable resolver: ")
                    .contains(name(stripping) + " strips signatures")
                    .contains(name(withoutTcp) + " does not answer over TCP")
                    .contains(name(old) + " does not do EDNS");
            assertThat(resolver.status().unavailable()).contains(why);
            assertThat(resolver.unavailable()).contains(why);
            // It is told when it already counts.
            while (told.size() < 3) {
                Thread.onSpinWait();
            }
            assertThat(told).hasSize(3);
            assertThat(stripping.queries().count("one.example", "MX")).isZero();
            assertThat(resolver.plain().resolve(MX)).isInstanceOf(Insecure.class);
        }
    }

    @Test
    @Rule("A16")
    void anIncapableServerOfTheBestPriorityIsPassedOver() throws IOException {
        try (var stripping = server(stripDnssec());
                var good = server();
                var resolver = start(
                        settings(List.of(new DnsServer(stripping.address(), 1), new DnsServer(good.address(), 2))))) {
            assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
            assertThat(stripping.queries().count("one.example", "MX")).isZero();
        }
    }

    @Test
    void plainLookupsFollowAliasesAndKnowAbsences() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            var alias = ((Insecure<Answer>) resolver.plain().resolve(question("alias.plain.example.", Type.A))).value();
            assertThat(alias.expanded(name("alias.plain.example."))).isEqualTo(name("mail.plain.example."));
            assertThat(alias).isInstanceOf(Answer.Found.class);
            assertThat(plain(resolver, "mail.plain.example.", Type.AAAA)).isInstanceOf(Answer.NoData.class);
            assertThat(plain(resolver, "nobody.plain.example.", Type.A)).isInstanceOf(Answer.NoSuchName.class);
        }
    }

    private static Answer plain(DnsResolver resolver, String name, int type) {
        return ((Insecure<Answer>) resolver.plain().resolve(question(name, type))).value();
    }

    @Test
    @Rule("A21")
    void aPlainLookupOfAnEndlessChainIsAFailure() throws IOException {
        try (var server = FakeServer.with(
                        (query, back) -> back.send(endlessly(query)),
                        FakeServer.answering(DnsResolverTest::endlessly));
                var resolver = start(settings(List.of(server.server())))) {
            var why = ((Unavailable<Answer>) resolver.plain().resolve(MX)).reason();
            assertThat(why.sentence()).isEqualTo("one.example. leads through more than 11 aliases");
        }
    }

    @Test
    @Rule("A16")
    void aPlainReplyThatBreaksOffAtAnAliasIsNoAbsence() throws IOException {
        FakeServer.OnConnection overTcp = FakeServer.answering(DnsResolverTest::half);
        try (var server = FakeServer.with((query, back) -> back.send(half(query)), overTcp);
                var resolver = start(settings(List.of(server.server())))) {
            var why = ((Unavailable<Answer>) resolver.plain().resolve(MX)).reason();
            assertThat(why.sentence()).isEqualTo("the reply for one.example. breaks off at its alias two.example.");
        }
    }

    private static byte[] half(byte[] query) {
        return FakeServer.reply(query, message -> {
            Name name = message.getQuestion().getName();
            message.addRecord(
                    new org.xbill.DNS.CNAMERecord(name, 1, 60, name("two.example.")), org.xbill.DNS.Section.ANSWER);
        });
    }

    private static byte[] endlessly(byte[] query) {
        return FakeServer.reply(query, message -> {
            Name name = message.getQuestion().getName();
            message.addRecord(new org.xbill.DNS.CNAMERecord(name, 1, 60, name), org.xbill.DNS.Section.ANSWER);
        });
    }

    @Test
    @Rule("A24")
    void aNameThatIsNotFullyQualifiedIsNoQuestion() {
        assertThatThrownBy(() -> new Question(Name.fromConstantString("mail"), Type.A))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mail is not fully qualified");
    }

    @Test
    @Rule("A24")
    void aNameWithoutAnAnswerIsNotTriedWithAnotherSuffix() throws IOException {
        try (var server = server();
                var resolver = resolver(server)) {
            resolver.resolve(question("mail.", Type.A));

            assertThat(server.queries().entries())
                    .allMatch(query -> query.name().labels() <= 2);
        }
    }

    @Test
    void theAnchorsStateIsKeptAndUsed() throws IOException {
        Path state = directory.resolve("anchors.state");
        try (var server = server()) {
            var settings = settings(List.of(new DnsServer(server.address(), 1))).withAnchorState(state);
            try (var resolver = start(settings)) {
                assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
                while (!Files.readString(state).contains("DNSKEY")) {
                    Thread.onSpinWait();
                }
            }
            try (var resolver = start(settings)) {
                assertThat(resolver.resolve(MX)).isInstanceOf(Secure.class);
            }
        }
    }

    @Test
    void withoutUsableAnchorsNothingStarts() throws IOException {
        Path anchors = Files.writeString(directory.resolve("bad"), "example. IN TXT x\n");
        try (var server = server()) {
            var settings =
                    DnsSettings.of(List.of(new DnsServer(server.address(), 1))).withTrustAnchors(anchors);
            assertThatThrownBy(() -> DnsResolver.start(settings, ResolverEvents.NONE))
                    .isInstanceOf(IOException.class)
                    .hasMessage(anchors + ":1: neither a DS nor a DNSKEY record");
        }
    }

    private static NameServer server() throws IOException {
        return NameServer.start(Answers.recursive(WORLD));
    }

    private static NameServer server(Conduct conduct) throws IOException {
        return NameServer.start(Answers.recursive(WORLD).but(conduct));
    }

    private DnsResolver resolver(NameServer... servers) throws IOException {
        return start(settings(List.of(servers).stream()
                .map(server -> new DnsServer(server.address(), 1))
                .toList()));
    }

    private DnsSettings settings(List<DnsServer> servers) throws IOException {
        Path anchors = Files.writeString(directory.resolve("anchors"), WORLD.anchorText());
        return DnsSettings.of(servers)
                .withTimeOuts(List.of(Duration.ofSeconds(20)))
                .withTrustAnchors(anchors);
    }

    private DnsResolver start(DnsSettings settings) throws IOException {
        var events = new ResolverEvents() {
            @Override
            public void probed(DnsServer server, Capability capability) {
                told.add(server + " " + capability.sentence());
            }
        };
        return DnsResolver.start(settings, events, clock);
    }

    private static String name(NameServer server) {
        return new DnsServer(server.address(), 0).toString();
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }

    private static Question question(String name, int type) {
        return new Question(name(name), type);
    }
}
