package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.events.SystemEvent;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.Mail;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of mail over time: attempts, notices, the end, restarts, and faults of our own.
final class LifetimeTest {
    private static final String ADDRESS = "198.51.100.1";
    private static final String SENDERS = "198.51.100.2";

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer peer;
    private Peer sendersHost;

    @BeforeEach
    void buildTheWorld() throws IOException {
        peer = new Peer();
        sendersHost = new Peer();
        gateway = world(new Gateway(folder));
    }

    private Gateway world(Gateway empty) {
        empty.rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .peer(ADDRESS, peer)
                .peer(SENDERS, sendersHost)
                .facts
                .mx("two.example", MxTrust.SECURE, "mx.two.example")
                .host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"))
                .mx("example.org", MxTrust.INSECURE, "mx.example.org")
                .host("mx.example.org", SENDERS, Facts.none());
        return empty;
    }

    private static DeliverySettings with(Gateway gateway, BounceProfile profile) {
        return gateway.altered().bounceProfiles(Map.of("default", profile)).settings();
    }

    private static BounceProfile profile(int retries, Duration queue) {
        return new BounceProfile(retries, queue, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(4));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        peer.close();
        sendersHost.close();
    }

    @Test
    @Rule("D14")
    void aCertificateThatNeverMatchesEndsWithAReportThatNamesTheMismatch() throws IOException {
        gateway.settings(with(gateway, profile(2, Duration.ofDays(3))))
                .tls((plain, requirement) -> requirement instanceof org.danelaw.policy.TlsRequirement.Dane
                        ? Gateway.nothingMatches(plain, requirement)
                        : Gateway.everythingMatches(plain, requirement));
        gateway.put("b@two.example");
        gateway.start().awaitLog(1, "Delayed: DCID");
        gateway.later(Duration.ofSeconds(61)).awaitLog(2, "Delayed: DCID");
        gateway.later(Duration.ofSeconds(61))
                .awaitLog(
                        "MID 1 to RID 0 - 5.7.5 - server certificate not trusted",
                        "MID 2 was generated for bounce of MID 1",
                        "Message finished MID 2");

        assertThat(sendersHost.taken()).hasSize(1);
        assertThat(sendersHost.taken().getFirst().content())
                .contains("certificate of mx.two.example")
                .contains("no record admits the certificate")
                .contains("_25._tcp.mx.two.example. IN TLSA 3 1 1 abab");
        assertThat(sendersHost.heard()).contains("MAIL FROM:<> SIZE=" + sizeOf(sendersHost));
    }

    private static String sizeOf(Peer host) {
        var mail = host.heard().stream()
                .filter(line -> line.startsWith("MAIL"))
                .findFirst()
                .orElseThrow();
        return mail.replaceAll(".*SIZE=(\\d+).*", "$1");
    }

    @Test
    @Rule("E9")
    void mandatoryWithoutTlsaWaitsToTheEndOfItsLifetimeAndBouncesThen() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY)
                .settings(with(gateway, profile(100, Duration.ofSeconds(100))));
        gateway.facts.host("mx.two.example", ADDRESS, Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog(1, "Delayed: DCID");
        gateway.later(Duration.ofSeconds(60)).awaitLog(2, "Delayed: DCID");
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));

        gateway.later(Duration.ofSeconds(40)).awaitLog("Bounced: DCID 0 MID 1 to RID 0 - 5.7.0 - no TLSA record");
        assertThat(peer.connections()).isZero();
    }

    @Test
    void theSenderIsToldOnceThatMailWaits() throws IOException {
        gateway.facts.host("mx.two.example", ADDRESS, Facts.failed());
        gateway.put("b@two.example");
        gateway.start().awaitLog(1, "Delayed: DCID");
        gateway.later(Duration.ofHours(4)).awaitLog(2, "Delayed: DCID").awaitLog("generated for delay notice of MID 1");
        gateway.later(Duration.ofHours(1)).awaitLog(3, "Delayed: DCID");
        gateway.awaitLog("Message finished MID 2");

        assertThat(gateway.log())
                .filteredOn(line -> line.contains("delay notice"))
                .hasSize(1);
        assertThat(sendersHost.taken().getFirst().content())
                .contains("TLSA look-up for mx.two.example failed")
                .contains("Action: delayed");
    }

    @Test
    void aBounceThatBouncesIsDroppedAndLogged() throws IOException {
        sendersHost.reply("RCPT", "550 5.1.1 gone");
        peer.reply("RCPT", "550 5.1.1 no such user");
        gateway.put("b@two.example");
        gateway.start()
                .awaitLog(
                        "MID 2 was generated for bounce of MID 1",
                        "MID 2 is not reported to its sender: it has the null sender",
                        "Message finished MID 2");
        gateway.awaitEmptySpool();
    }

    @Test
    @Rule("E14")
    void aPolicyThatChangesWhileMailWaitsCountsAtTheNextAttempt() throws IOException {
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.MANDATORY);
        gateway.facts.host("mx.two.example", ADDRESS, Facts.none());
        gateway.put("b@two.example");
        gateway.start().awaitLog(1, "Delayed: DCID");
        gateway.rule(TlsSupport.REQUIRED, DaneSupport.OPPORTUNISTIC)
                .later(Duration.ofSeconds(61))
                .awaitLog("Message finished MID 1");

        assertThat(gateway.log())
                .contains("DCID 0 DANE failed for two.example mx mx.two.example reason no TLSA record")
                .contains("DCID 1 DANE fallback for two.example mx mx.two.example reason no TLSA record");
    }

    @Test
    void aRestartGoesOnWhereTheQueueStood() throws IOException {
        peer.reply("RCPT TO:<later@", "450 4.2.0 later");
        gateway.put("now@two.example", "later@two.example");
        gateway.start().awaitLog("Delayed: DCID 1 MID 1 to RID 1");
        gateway.close();

        peer.reply("RCPT TO:<later@", "250 2.1.5 ok");
        gateway = world(new Gateway(folder)).start();
        gateway.later(Duration.ofSeconds(61)).awaitLog("Message finished MID 1");

        assertThat(peer.taken())
                .extracting(Peer.Taken::recipients)
                .containsExactly(List.of("now@two.example"), List.of("later@two.example"));
    }

    @Test
    void aFaultOfOurOwnPutsTheMailBackAndItIsDeliveredLater() throws IOException {
        gateway.put("b@unforeseen.example");
        // No facts about the host: the test's DNS throws, which a real one never does.
        gateway.facts.mx("unforeseen.example", MxTrust.SECURE, "mx.unforeseen.example");
        gateway.start().awaitLog("Put back MID [1] for unforeseen.example after a fault of our own");
        assertThat(gateway.spool().counts().recipients()).isEqualTo(1);

        gateway.facts.host("mx.unforeseen.example", ADDRESS, Facts.usable("mx.unforeseen.example"));
        gateway.later(Duration.ofSeconds(61)).awaitLog("Message finished MID 1");
        assertThat(peer.taken()).hasSize(1);
    }

    @Test
    void allMailOfADestinationThatIsDownSharesTheOutcomeAndComesWhenItIsUp() throws IOException {
        gateway.facts.host("mx.two.example", "198.51.100.66", Facts.usable("mx.two.example"));
        for (var i = 0; i < 30; i++) {
            gateway.put("b" + i + "@two.example");
        }
        gateway.start().awaitLog(30, "Delayed: DCID").awaitLog("Host two.example is down");
        assertThat(gateway.log())
                .filteredOn(line -> line.startsWith("Connection Error"))
                .hasSizeLessThan(10);

        gateway.facts.host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"));
        gateway.later(Duration.ofSeconds(61)).awaitLog(30, "Message finished").awaitLog("Host two.example is up");
        assertThat(peer.taken()).hasSize(30);
    }

    @Test
    void mailThatAnOperatorTookOutIsNotSent() throws IOException {
        gateway.put("b@two.example", "c@two.example");
        gateway.spool().settle(List.of(Mail.done(1, 0)));
        gateway.await("the settlement", () -> recipients() == 1);
        gateway.start().awaitLog("Message finished MID 1");

        assertThat(peer.taken()).extracting(Peer.Taken::recipients).containsExactly(List.of("c@two.example"));
    }

    private long recipients() {
        try {
            return gateway.spool().counts().recipients();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void anOrderlyStopLetsTheMessageThatIsBeingSentEnd() throws IOException {
        for (var i = 0; i < 200; i++) {
            gateway.put("b" + i + "@two.example");
        }
        gateway.start().awaitLog("Message done");
        gateway.close();

        var delivered = gateway.log().stream()
                .filter(line -> line.startsWith("Message done"))
                .count();
        assertThat(peer.taken()).hasSize((int) delivered);
        var again = new Gateway(folder);
        assertThat(again.spool().counts().messages()).isEqualTo(200 - delivered);
        again.close();
    }

    @Test
    void aClockSetForwardADayBouncesNothingAndTheNextAttemptComesAtItsTime() throws IOException {
        gateway.settings(with(gateway, profile(100, Duration.ofHours(5))));
        gateway.facts.host("mx.two.example", ADDRESS, Facts.failed());
        gateway.put("b@two.example");
        gateway.start().awaitLog(1, "Delayed: DCID").setWallClock(Duration.ofDays(1));
        gateway.await("word of the clock", () -> clockSets().size() == 1);
        assertThat(clockSets().getFirst())
                .isBetween(
                        Duration.ofDays(1).minusSeconds(5), Duration.ofDays(1).plusSeconds(5));

        gateway.put("c@two.example");
        assertThat(gateway.deliveries()
                        .destination("two.example")
                        .orElseThrow()
                        .nextRetry()
                        .orElseThrow())
                .isBetween(gateway.now(), gateway.now().plusSeconds(61));
        assertThat(due(1))
                .as("the spool has it as it was before the clock was set")
                .isBefore(gateway.now().minus(Duration.ofHours(23)));

        gateway.later(Duration.ofSeconds(61)).awaitLog(3, "Delayed: DCID");
        assertThat(due(1)).isBetween(gateway.now(), gateway.now().plusSeconds(61));
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced") || line.contains("delay notice"));
        assertThat(clockSets()).hasSize(1);

        gateway.later(Duration.ofHours(4)).awaitLog("generated for delay notice of MID 1");
        gateway.awaitLog("generated for delay notice of MID 2");
        gateway.later(Duration.ofHours(1)).awaitLog("Bounced: DCID 0 MID 1", "Bounced: DCID 0 MID 2");
    }

    @Test
    void aClockSetBackADayLetsNothingWaitADay() throws IOException {
        gateway.facts.host("mx.two.example", ADDRESS, Facts.failed());
        gateway.put("b@two.example");
        gateway.start().awaitLog(1, "Delayed: DCID").setWallClock(Duration.ofDays(-1));
        gateway.await("word of the clock", () -> clockSets().size() == 1);
        gateway.put("c@two.example");
        gateway.facts.host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"));

        gateway.later(Duration.ofSeconds(61)).awaitLog("Message finished MID 1", "Message finished MID 2");
        assertThat(gateway.log()).noneMatch(line -> line.contains("delay notice"));
    }

    @Test
    void aRestartAfterTheClockWasSetBackLetsNothingWaitADay() throws IOException {
        gateway.settings(with(gateway, profile(100, Duration.ofDays(3))));
        gateway.facts.host("mx.two.example", ADDRESS, Facts.failed());
        gateway.setWallClock(Duration.ofDays(1));
        gateway.put("b@two.example");
        gateway.start().awaitLog(1, "Delayed: DCID").close();

        gateway.setWallClock(Duration.ofDays(-1));
        gateway.facts.host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"));
        gateway.start().later(Duration.ofSeconds(67)).awaitLog("Message finished MID 1");
    }

    @Test
    void mailThatALimitHoldsIsToldOfAndReturnedInTimeAsOtherMailIs() throws IOException {
        var oneADay = new DestinationControls.Entry(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new DestinationControl.RecipientRate(1, Duration.ofDays(1))),
                Optional.empty(),
                Optional.empty());
        gateway.settings(Gateway.settings(new DestinationControls(
                Gateway.control(TlsSupport.NONE, DaneSupport.NONE), Map.of("two.example", oneADay))));
        gateway.settings(with(gateway, profile(100, Duration.ofHours(5))));
        gateway.put("b@two.example");
        gateway.put("c@two.example");
        gateway.start().awaitLog("Message finished MID 1");

        gateway.later(Duration.ofHours(4)).awaitLog("generated for delay notice of MID 2", "Message finished MID 3");
        assertThat(sendersHost.taken().getLast().content()).contains("have left it no turn yet");
        gateway.later(Duration.ofHours(1)).awaitLog("Bounced: DCID 0 MID 2", "Message finished MID 2");
        gateway.awaitEmptySpool();
        assertThat(sendersHost.taken()).hasSize(2);
        assertThat(peer.taken()).hasSize(1);
    }

    private Instant due(long mid) throws IOException {
        gateway.spool().sync();
        return gateway.spool()
                .read(mid)
                .orElseThrow()
                .states()
                .getFirst()
                .next()
                .at();
    }

    private List<Duration> clockSets() {
        return gateway.events.stream()
                .filter(SystemEvent.ClockSet.class::isInstance)
                .map(event -> ((SystemEvent.ClockSet) event).forward())
                .toList();
    }

    @Test
    void aDestinationsOwnBounceProfileComesBeforeTheListeners() {
        var control = DestinationControl.DEFAULT;
        var own = new DestinationControl(
                control.tls(),
                control.dane(),
                control.ipPreference(),
                1,
                1,
                Optional.empty(),
                control.limitBy(),
                Optional.of("slow"));

        assertThat(own.bounceProfileOr("listener")).isEqualTo("slow");
        assertThat(control.bounceProfileOr("listener")).isEqualTo("listener");
        assertThat(control.bounceProfileOr("")).isEqualTo("default");
    }
}
