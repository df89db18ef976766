package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.lab.world.Misconduct.forType;
import static org.danelaw.lab.world.Misconduct.servfail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.world.Damage;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What a resolver tells while it works, and in which order.
class ResolverEventsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Internet WORLD = Internet.at(
            NOW,
            Zone.named("one.example").with("""
                    @     300 MX    10 mail
                    mail  300 A     192.0.2.1
                    alias 300 CNAME mail.plain.example.
                    """),
            Zone.named("plain.example").unsigned().with("mail A 192.0.2.3"),
            Zone.named("broken.example").but(Damage.signatures().areStripped()).with("@ 300 MX 10 mail"));

    @TempDir
    private Path directory;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aLookUpIsToldFromTheQuestionToTheAnswerWithAllThatItsValidationNeeds() throws IOException {
        try (var server = NameServer.start(Answers.recursive(WORLD));
                var resolver = resolver(60, server)) {
            resolver.resolve(question("one.example.", Type.MX));
        }
        assertThat(told)
                .containsExactly(
                        "begun one.example. MX",
                        "forwarded one.example. MX",
                        "asked one.example. MX 60",
                        "needed . DNSKEY",
                        "forwarded . DNSKEY",
                        "asked . DNSKEY 60",
                        "needed example. DS",
                        "forwarded example. DS",
                        "asked example. DS 60",
                        "needed example. DNSKEY",
                        "forwarded example. DNSKEY",
                        "asked example. DNSKEY 60",
                        "needed one.example. DS",
                        "forwarded one.example. DS",
                        "asked one.example. DS 60",
                        "needed one.example. DNSKEY",
                        "forwarded one.example. DNSKEY",
                        "asked one.example. DNSKEY 60",
                        "resolved one.example. MX Secure 300",
                        "cached one.example. MX Secure 300",
                        "answered one.example. MX Secure");
    }

    @Test
    void whatIsRememberedIsOnlyBegunAndAnswered() throws IOException {
        try (var server = NameServer.start(Answers.recursive(WORLD));
                var resolver = resolver(60, server)) {
            resolver.resolve(question("one.example.", Type.MX));
            told.clear();
            resolver.resolve(question("one.example.", Type.MX));
        }
        assertThat(told).containsExactly("begun one.example. MX", "answered one.example. MX Secure");
    }

    @Test
    void aReplyThatIsBogusIsToldEachTimeWithTheServerThatSentIt() throws IOException {
        try (var server = NameServer.start(Answers.recursive(WORLD));
                var resolver = resolver(60, server)) {
            resolver.resolve(question("broken.example.", Type.MX));
            assertThat(told)
                    .filteredOn(line -> line.startsWith("bogus"))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(line ->
                            line.startsWith("bogus broken.example. ") && line.contains(" " + name(server) + " "));
            assertThat(told).contains("answered broken.example. MX Bogus");
        }
    }

    @Test
    void aServerThatFailsIsToldAndTheNextOneIsAsked() throws IOException {
        try (var bad = NameServer.start(Answers.recursive(WORLD).but(forType("A", servfail())));
                var good = NameServer.start(Answers.recursive(WORLD));
                var resolver = resolver(60, bad, good)) {
            resolver.resolve(question("mail.one.example.", Type.A));
            assertThat(told)
                    .containsSubsequence(
                            "begun mail.one.example. A",
                            "forwarded mail.one.example. A",
                            "asked mail.one.example. A 60",
                            "refused mail.one.example. A " + name(bad) + " answers SERVFAIL",
                            "asked mail.one.example. A 60",
                            "resolved mail.one.example. A Secure 300");
        }
    }

    private DnsResolver resolver(int seconds, NameServer... servers) throws IOException {
        var anchors = Files.writeString(directory.resolve("anchors"), WORLD.anchorText());
        var priority = new java.util.concurrent.atomic.AtomicInteger();
        var settings = DnsSettings.of(List.of(servers).stream()
                        .map(server -> new DnsServer(server.address(), priority.getAndIncrement()))
                        .toList())
                .withTimeOuts(Collections.nCopies(servers.length, Duration.ofSeconds(seconds)))
                .withTrustAnchors(anchors);
        return DnsResolver.start(settings, new Listener(), new SettableClock(NOW));
    }

    private static String name(NameServer server) {
        return new DnsServer(server.address(), 0).toString();
    }

    private static Question question(String name, int type) {
        return new Question(Name.fromConstantString(name), type);
    }

    private final class Listener implements ResolverEvents {
        @Override
        public void begun(Question question) {
            told.add("begun " + question);
        }

        @Override
        public void needed(Question question) {
            told.add("needed " + question);
        }

        @Override
        public void forwarded(Question question) {
            told.add("forwarded " + question);
        }

        @Override
        public void asked(Question question, DnsServer server, Duration patience, Duration left) {
            told.add("asked " + question + " " + left.plusMillis(999).toSeconds());
        }

        @Override
        public void refused(Question question, DnsServer server, NoReply why) {
            told.add("refused " + question + " " + server + " " + why.sentence());
        }

        @Override
        public void bogus(Question question, String server, Reason reason) {
            told.add("bogus " + question + " " + server + " " + reason);
        }

        @Override
        public void resolved(Question question, Validated<Answer> answer, Instant expiry) {
            told.add("resolved " + question + " " + word(answer) + " " + seconds(expiry));
        }

        @Override
        public void cached(Question question, Validated<Answer> answer, Instant expiry) {
            told.add("cached " + question + " " + word(answer) + " " + seconds(expiry));
        }

        @Override
        public void answered(Question question, Validated<Answer> answer) {
            told.add("answered " + question + " " + word(answer));
        }

        private static String word(Validated<Answer> answer) {
            return answer.getClass().getSimpleName();
        }

        private static long seconds(Instant expiry) {
            return Duration.between(NOW, expiry).toSeconds();
        }
    }
}
