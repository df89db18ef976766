package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.events.LineForm.*;
import static org.danelaw.lab.world.Damage.serversThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.danelaw.dns.Question;
import org.danelaw.events.Event;
import org.danelaw.events.Events;
import org.danelaw.events.Level;
import org.danelaw.events.LogLine;
import org.danelaw.events.MailLog;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.realm.Samples;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Misconduct;
import org.danelaw.lab.world.Zone;
import org.danelaw.loglines.Logged;
import org.danelaw.loglines.Shows;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// The described product's own Debug logs, line by line, from our resolver over signed zones with the same
/// names and answers.
///
/// Left aside are what a test cannot have alike: the resolvers' addresses, when answers expire, and for how
/// long absences are kept. Questions for DS and DNSKEY records, which that product does not show, are left
/// out here.
class DebugLinesTest implements Logged {
    @TempDir
    private Path folder;

    private final Collector log = new Collector();

    @Override
    public List<LogLine> logged() {
        return List.copyOf(log.seen);
    }

    @Test
    @Shows({DNS_QUERY, DNS_FORWARDED, DNS_ASKED, DNS_ASKED_SERVER, DNS_RESPONSE, DNS_ENCACHE, DNS_NODATA, DNS_NO_CNAME})
    void aLookUpOfADomainThatIsSecureReadsAsInTheSample() throws IOException {
        var world = Internet.at(Instant.now(), Zone.named("ietf.org").with("""
                @             1800 MX   0 mail
                mail          1800 A    4.31.198.44
                _25._tcp.mail 1800 TLSA 3 1 1 0c72ac70b745ac19998811b131d662c9ac69dbdbe7cb23e5b514b56664c5d3d6
                """));
        ask(
                world,
                question("ietf.org.", Type.MX),
                question("mail.ietf.org.", Type.A),
                question("mail.ietf.org.", Type.CNAME),
                question("_25._tcp.mail.ietf.org.", Type.TLSA));

        // The sample also shows that the product knew no AAAA records: ours does.
        assertThat(log.lines()).containsExactlyElementsOf(sample("ietf", line -> !line.contains("AAAA")));
    }

    @Test
    @Shows({DNS_RESPONSE, DNS_NO_CNAME, DNS_INVALID})
    void aLookUpOfADomainThatIsInsecureAndWhoseServersFailReadsAsInTheSample() throws IOException {
        var name = "thinkbeyond-ch.mail.protection.outlook.com.";
        ask(
                thinkbeyond(),
                question("thinkbeyond.ch.", Type.MX),
                question(name, Type.A),
                question(name, Type.AAAA),
                question(name, Type.CNAME));

        assertThat(log.lines()).containsExactlyElementsOf(sample("thinkbeyond", line -> true));
    }

    @Test
    void theQuestionsOfTheChainOfTrustAreShownToo() throws IOException {
        ask(
                Internet.at(Instant.now(), Zone.named("ietf.org").with("@ 1800 MX 0 mail")),
                question("ietf.org.", Type.MX));

        assertThat(log.all())
                .containsSubsequence(
                        "Debug: DNS query: Q('.', 'DNSKEY')",
                        "Debug: DNS query: QN('.', 'DNSKEY', 'recursive_nameserver0.parent')",
                        "Debug: DNS query: QIP ('.','DNSKEY','127.0.0.1',60)",
                        "Debug: DNS query: Q ('.', 'DNSKEY', '127.0.0.1')",
                        "Debug: DNS query: Q('org', 'DS')",
                        "Debug: DNS query: Q('org', 'DNSKEY')",
                        "Debug: DNS query: Q('ietf.org', 'DS')",
                        "Debug: DNS query: Q('ietf.org', 'DNSKEY')");
    }

    @Test
    @Shows(DNSSEC_INVALID)
    void aBogusReplyIsAWarningWithTheServerAndTheReason() throws IOException {
        ask(Samples.ietfBogus(Instant.now()).internet(), question("ietf.org.", Type.MX));

        assertThat(log.all())
                .filteredOn(line -> line.startsWith("Warning: "))
                .isNotEmpty()
                .allMatch(
                        line -> line.matches(
                                "Warning: Received an invalid DNSSEC Response: DNSSEC_Error\\('ietf\\.org',"
                                        + " '(DNSKEY|DS|MX)', '127\\.0\\.0\\.1', 'DNSSEC Error for hostname ietf\\.org \\((DNSKEY|DS|MX)\\)"
                                        + " while asking 127\\.0\\.0\\.1\\. Error was: .+'\\) of qtype (DNSKEY|DS|MX) looking up ietf\\.org"));
    }

    @Test
    void whereNobodyWantsDebugOnlyWarningsAreMade() throws IOException {
        log.finest = Level.INFO;
        ask(
                thinkbeyond(),
                question("thinkbeyond.ch.", Type.MX),
                question("thinkbeyond-ch.mail.protection.outlook.com.", Type.CNAME));

        assertThat(log.all())
                .hasSize(2)
                .allMatch(line -> line.startsWith("Warning: Received an invalid DNS Response: SERVER FAILED to IP "));
    }

    /// The proof that thinkbeyond.ch is not signed lasts as long as its MX record: an answer counts no
    /// longer than what it rests on.
    private static Internet thinkbeyond() {
        return Internet.at(
                Instant.now(),
                Zone.named("ch").with("@ 3600 SOA ns postmaster 1 7200 3600 1209600 3600"),
                Zone.named("thinkbeyond.ch")
                        .unsigned()
                        .with("@ 3600 MX 10 thinkbeyond-ch.mail.protection.outlook.com."),
                Zone.named("mail.protection.outlook.com")
                        .unsigned()
                        .but(serversThat(Misconduct.forType("CNAME", Misconduct.servfail())))
                        .with("""
                                thinkbeyond-ch 10 A 104.47.9.36
                                thinkbeyond-ch 10 A 104.47.10.36
                                """));
    }

    /// Asks as the gateway does, with two resolvers of one priority.
    private void ask(Internet world, Question... questions) throws IOException {
        var anchors = Files.writeString(folder.resolve("anchors"), world.anchorText());
        try (var one = NameServer.start(Answers.recursive(world));
                var other = NameServer.start(Answers.recursive(world))) {
            var settings = DnsSettings.of(List.of(new DnsServer(one.address(), 0), new DnsServer(other.address(), 0)))
                    .withTrustAnchors(anchors);
            try (var resolver = DnsResolver.start(settings, new ResolverNews(log, InstantSource.system()))) {
                Stream.of(questions).forEach(resolver::resolve);
            }
        }
    }

    private static List<String> sample(String name, Predicate<String> wanted) throws IOException {
        try (var in = DebugLinesTest.class.getResourceAsStream("samples/" + name + ".txt")) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(wanted)
                    .map(DebugLinesTest::alike)
                    .toList();
        }
    }

    /// A line without what differs from run to run.
    private static String alike(String line) {
        return line.replaceAll("194\\.191\\.40\\.8[34]|127\\.0\\.0\\.1", "RESOLVER")
                .replaceAll("\\(\\d{16}L", "(EXPIRYL")
                .replaceAll("data\\(\\[\\], , 0, \\d+\\)", "data([], , 0, TTL)");
    }

    private static Question question(String name, int type) {
        return new Question(Name.fromConstantString(name), type);
    }

    /// Takes what a log would write, from Debug up, about look-ups.
    private static final class Collector implements Events {
        private final List<String> written = Collections.synchronizedList(new ArrayList<>());
        private final List<LogLine> seen = Collections.synchronizedList(new ArrayList<>());
        private Level finest = Level.DEBUG;

        @Override
        public void accept(Event event) {
            MailLog.lines(event).forEach(line -> {
                seen.add(line);
                written.add(line.level().word() + ": " + line.text());
            });
        }

        @Override
        public boolean wants(Level level) {
            return finest.wants(level);
        }

        List<String> all() {
            return written.stream()
                    .filter(line -> !line.startsWith("Info: Resolver "))
                    .toList();
        }

        List<String> lines() {
            return all().stream()
                    .filter(line -> !line.contains("'DS'") && !line.contains("'DNSKEY'"))
                    .map(DebugLinesTest::alike)
                    .toList();
        }
    }
}
