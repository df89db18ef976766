package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.danelaw.dnssec.Proof;
import org.danelaw.events.SystemEvent;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.NextHop;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.Lane;
import org.danelaw.tlsa.TlsaRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mail that waits for what the DNS says, and a DNS that says something else before a retry is due.
class DnsWatchTest {
    private static final String ADDRESS = "198.51.100.1";
    private static final Duration MINUTE = Duration.ofSeconds(61);

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer peer;

    @BeforeEach
    void buildAWorldWithoutRetries() throws IOException {
        peer = new Peer();
        gateway = new Gateway(folder);
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.MANDATORY).peer(ADDRESS, peer);
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx.two.example")
                .host("mx.two.example", ADDRESS, Facts.failed());
        gateway.settings(gateway.altered()
                .bounceProfiles(Map.of(
                        "default",
                        new BounceProfile(
                                100,
                                Duration.ofDays(3),
                                Duration.ofHours(10),
                                Duration.ofHours(10),
                                Duration.ofDays(2))))
                .settings());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        peer.close();
    }

    @Test
    void aRepairedZoneGetsItsMailWhenThatIsSeen() throws IOException {
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID");
        awaitLooks(2);
        gateway.facts.host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"));
        gateway.later(MINUTE)
                .awaitLog(
                        "Host two.example is tried before its time (deliveries: 1): its DNS says something else now",
                        "Message finished MID 1");
        assertThat(peer.taken()).hasSize(1);
    }

    @Test
    void aZoneThatStaysAsItIsIsLookedAtAndNotTried() throws IOException {
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID");
        awaitLooks(2);
        gateway.later(MINUTE);
        awaitLooks(3);
        assertThat(gateway.log()).filteredOn(line -> line.startsWith("Delayed")).hasSize(1);
        assertThat(gateway.log()).noneMatch(line -> line.contains("before its time"));
        assertThat(gateway.dialled).isEmpty();
    }

    @Test
    void afterAFaultOfOurOwnItIsWatchedAgainFromTheNextAttemptOn() throws IOException {
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID");
        awaitLooks(2);
        gateway.facts.mx("two.example", MxTrust.SECURE, "unthought-of.two.example");
        gateway.later(MINUTE);
        gateway.await("a fault", () -> gateway.events.stream().anyMatch(SystemEvent.Impaired.class::isInstance));
        gateway.facts.mx("two.example", MxTrust.SECURE, "mx.two.example");
        gateway.later(Duration.ofHours(11)).awaitLog(2, "Delayed: DCID");
        awaitLooks(5);
        gateway.facts.host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"));
        gateway.later(MINUTE).awaitLog("tried before its time", "Message finished MID 1");
    }

    @Test
    void recordsThatNameAnotherKeyAreLookedAtWhenTheirTimeToLiveIsOver() throws IOException {
        gateway.facts.host("mx.two.example", ADDRESS, usableFor(Duration.ofMinutes(20)));
        gateway.tls(Gateway::nothingMatches);
        gateway.put("b@two.example");
        gateway.start().awaitLog("server certificate not trusted");
        awaitLooks(2);
        gateway.later(Duration.ofMinutes(19));
        gateway.tls(Gateway::everythingMatches);
        gateway.facts.host("mx.two.example", ADDRESS, Facts.usable("mx.two.example", other()));
        assertThat(gateway.facts.asked()).as("nothing new could be seen").hasSize(2);
        gateway.later(MINUTE).awaitLog("tried before its time", "Message finished MID 1");
    }

    @Test
    void mailThatWaitsForSomethingElseIsNotWatched() throws IOException {
        gateway.rule(TlsSupport.PREFERRED, DaneSupport.NONE);
        gateway.facts.host("mx.two.example", "198.51.100.9", Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog("Delayed: DCID");
        gateway.later(MINUTE).later(MINUTE);
        gateway.put("c@two.example");
        gateway.awaitLog(2, "Delayed: DCID");
        assertThat(gateway.facts.asked()).as("once for each attempt").hasSize(2);
    }

    @Test
    void theSameRecordsInAnotherOrderOrWithOtherProofsAreNothingNew() {
        var one = new Facts()
                .mx("two.example", MxTrust.SECURE, "a.two.example", "b.two.example")
                .host("a.two.example", addresses("198.51.100.1", "198.51.100.2"), Facts.failed())
                .host("b.two.example", addresses("198.51.100.3"), Facts.usable("b.two.example", Facts.RECORD, other()));
        var two = new Facts()
                .destination(
                        "two.example",
                        new Destination.Hosts(
                                new NextHop(Names.of("two.example"), Names.of("two.example")),
                                MxTrust.SECURE,
                                List.of(
                                        new MxHost(Names.of("b.two.example"), 20),
                                        new MxHost(Names.of("a.two.example"), 10)),
                                new Proof(List.of(), Instant.EPOCH)))
                .host("a.two.example", addresses("198.51.100.2", "198.51.100.1"), Facts.failed())
                .host("b.two.example", addresses("198.51.100.3"), Facts.usable("b.two.example", other(), Facts.RECORD));
        assertThat(sight(one).isLike(sight(two))).isTrue();
        two.host("b.two.example", addresses("198.51.100.3"), Facts.usable("b.two.example", other()));
        assertThat(sight(one).isLike(sight(two))).isFalse();
    }

    @Test
    void eachKindOfChangeIsSeen() {
        var before = sight(world(MxTrust.SECURE, addresses(ADDRESS), Facts.usable("mx.two.example")));
        assertThat(List.of(
                        world(MxTrust.INSECURE, addresses(ADDRESS), Facts.usable("mx.two.example")),
                        world(MxTrust.SECURE, addresses("198.51.100.7"), Facts.usable("mx.two.example")),
                        world(
                                MxTrust.SECURE,
                                new AddressFinding.Insecure(List.of(InetAddress.ofLiteral(ADDRESS)), Facts.PROOF),
                                Facts.usable("mx.two.example")),
                        world(MxTrust.SECURE, new AddressFinding.None(Facts.PROOF), Facts.usable("mx.two.example")),
                        world(MxTrust.SECURE, addresses(ADDRESS), Facts.none()),
                        world(MxTrust.SECURE, addresses(ADDRESS), Facts.failed()),
                        new Facts(),
                        new Facts().destination("two.example", new Destination.NullMx(Facts.PROOF)),
                        new Facts().lacking("no resolver can do DNSSEC")))
                .noneMatch(facts -> sight(facts).isLike(before));
    }

    private static Facts world(MxTrust trust, AddressFinding addresses, TlsaFinding tlsa) {
        return new Facts().mx("two.example", trust, "mx.two.example").host("mx.two.example", addresses, tlsa);
    }

    private static Sight sight(Facts facts) {
        var settings = Gateway.settings(
                new DestinationControls(Gateway.control(TlsSupport.PREFERRED, DaneSupport.MANDATORY), Map.of()));
        return Sight.of(Footing.of(facts, settings, new Lane("two.example", "out", true)), Instant.now());
    }

    private static AddressFinding addresses(String... addresses) {
        return new AddressFinding.Secure(
                List.of(addresses).stream().map(InetAddress::ofLiteral).toList(), Facts.PROOF);
    }

    private TlsaFinding usableFor(Duration time) {
        return new TlsaFinding.Usable(
                List.of(Facts.RECORD),
                Names.of("mx.two.example"),
                new Proof(List.of(), gateway.now().plus(time)));
    }

    private static TlsaRecord other() {
        return new TlsaRecord(3, 1, 1, "cd".repeat(32));
    }

    /// Until the host was looked up so often, by attempts and by looks.
    private void awaitLooks(int times) {
        gateway.await(times + " looks", () -> gateway.facts.asked().size() >= times);
    }
}
