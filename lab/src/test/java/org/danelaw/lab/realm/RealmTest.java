package org.danelaw.lab.realm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.danelaw.lab.judges.DnsjavaJudge;
import org.danelaw.lab.judges.Ruling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;

class RealmTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int PORT = 2525;
    private static final Realm DANELAW = Realm.danelaw(NOW, PORT);

    /// What dnsjava's validator does not see: that a colliding tag leaves another key to try, that a key is revoked,
    /// that
    /// the signer's name is not above the owner's, that a signature counts too many labels; and it waits for ever.
    private static final Set<String> BEYOND_THE_JUDGE = Set.of(
            "key-tags-collide.danelaw",
            "keys-revoked.danelaw",
            "mx-foreign-signer.danelaw",
            "mx-labels.danelaw",
            "mx-slow.danelaw");

    static Stream<Domain> domains() {
        return DANELAW.domains().stream();
    }

    @Test
    void thereAreSixtyDomainsAndMoreOfEveryKindOfEnding() {
        assertThat(DANELAW.domains()).hasSizeGreaterThan(60);
        assertThat(DANELAW.domains()).extracting(Domain::name).doesNotHaveDuplicates();
        var outcomes = DANELAW.domains().stream()
                .map(domain -> domain.opportunistic().outcome())
                .collect(Collectors.toSet());
        assertThat(outcomes).containsExactlyInAnyOrder(Outcome.values());
    }

    @ParameterizedTest
    @MethodSource("domains")
    void theMxIsAsTrustworthyAsTheEndingSupposes(Domain domain) {
        if (BEYOND_THE_JUDGE.contains(domain.mailName())) {
            return;
        }
        var ruling = new DnsjavaJudge(DANELAW.internet(), NOW).on(domain.name().toString(), "MX");
        switch (domain.mandatory().reason()) {
            case "domain lookup error" -> assertThat(ruling).isEqualTo(Ruling.BOGUS);
            case "destination without DNSSEC", "no such domain" ->
                assertThat(ruling).isNotEqualTo(Ruling.BOGUS);
            default -> assertThat(ruling).isEqualTo(Ruling.SECURE);
        }
        if (domain.opportunistic().outcome() == Outcome.INSECURE_MX) {
            assertThat(ruling).isEqualTo(Ruling.INSECURE);
        }
    }

    @ParameterizedTest
    @MethodSource("domains")
    void itsMailHostsHaveTheAddressesOfTheDns(Domain domain) {
        for (var host : domain.hosts()) {
            assertThat(host.addresses()).as(host.toString()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("domains")
    void itSaysWhatItIsAndWhichRulesItShows(Domain domain) {
        assertThat(domain.says()).endsWith(".").doesNotContain("\n");
        assertThat(domain.rules()).allMatch(rule -> rule.matches("[A-E]\\d+"));
        assertThat(domain.mandatory().outcome()).isIn(Outcome.AUTHENTICATED, Outcome.DEFERRED, Outcome.BOUNCED);
    }

    @Test
    void tlsaRecordsStandAtThePortOfTheRealm() {
        var answer = DANELAW.internet().answer("_2525._tcp.mx.dane-ee.danelaw", "TLSA");
        assertThat(answer.getSection(Section.ANSWER).getFirst()).isInstanceOf(TLSARecord.class);
        assertThat(DANELAW.internet()
                        .answer("_25._tcp.mx.dane-ee.danelaw", "TLSA")
                        .getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void everyHostListensWhereTheDnsSays() throws IOException {
        var realm = Realm.danelaw(NOW, LiveRealm.freePort());
        try (var live = LiveRealm.start(realm)) {
            for (var host : realm.hosts()) {
                for (var address : host.addresses()) {
                    assertThat(greeting(live, address)).startsWith("220 ");
                }
            }
            assertThat(live.mailCount(realm.domains().getFirst())).isZero();
        }
    }

    @Test
    void theSamplesHaveTheNamesAndAddressesOfTheDescription() throws IOException {
        var ietf = Samples.ietf(NOW);
        assertThat(ietf.internet()
                        .answer("mail.ietf.org", "A")
                        .getSection(Section.ANSWER)
                        .getFirst()
                        .rdataToString())
                .isEqualTo("4.31.198.44");
        assertThat(new DnsjavaJudge(ietf.internet(), NOW).on("ietf.org", "MX")).isEqualTo(Ruling.SECURE);
        assertThat(new DnsjavaJudge(Samples.ietfBogus(NOW).internet(), NOW).on("ietf.org", "MX"))
                .isEqualTo(Ruling.BOGUS);
        var cisco = Samples.cisco(NOW);
        assertThat(cisco.internet().answer("cisco.com", "MX").getSection(Section.ANSWER))
                .extracting(record -> ((MXRecord) record).getTarget().toString())
                .containsExactly("alln-mx-01.cisco.com.", "rcdn-mx-01.cisco.com.", "aer-mx-01.cisco.com.");
        assertThat(new DnsjavaJudge(cisco.internet(), NOW).on("cisco.com", "MX"))
                .isEqualTo(Ruling.INSECURE);
        var thinkbeyond = Samples.thinkbeyond(NOW);
        assertThat(thinkbeyond
                        .internet()
                        .answer("thinkbeyond-ch.mail.protection.outlook.com", "A")
                        .getSection(Section.ANSWER))
                .hasSize(2);
        assertThat(thinkbeyond
                        .internet()
                        .answer("thinkbeyond-ch.mail.protection.outlook.com", "CNAME")
                        .getRcode())
                .isEqualTo(Rcode.SERVFAIL);
    }

    @Test
    void theSamplesAreDialledElsewhere() throws IOException {
        try (var live = LiveRealm.start(Samples.ietf(NOW))) {
            assertThat(greeting(live, InetAddress.ofLiteral("4.31.198.44"))).startsWith("220 ");
        }
    }

    private static String greeting(LiveRealm live, InetAddress address) throws IOException {
        var at = live.dialled(address, live.realm().port());
        try (var socket = new Socket(at.getAddress(), at.getPort())) {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
