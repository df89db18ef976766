package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.tlsa.TlsaRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One connection for many messages, and for no more than may share it.
final class ReuseTest {
    private static final String ADDRESS = "198.51.100.1";
    private static final TlsaRecord OTHER = new TlsaRecord(3, 1, 1, "cd".repeat(32));

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer peer;

    @BeforeEach
    void buildTheWorld() throws IOException {
        peer = new Peer();
        gateway = new Gateway(folder)
                .rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .peer(ADDRESS, peer);
        gateway.facts
                .mx("two.example", MxTrust.SECURE, "mx.two.example")
                .host("mx.two.example", ADDRESS, Facts.usable("mx.two.example", Facts.RECORD, OTHER));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        peer.close();
    }

    @Test
    void messagesForOneDestinationShareConnectionsUpToTheLimitOfEach() throws IOException {
        var one = Gateway.control(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC);
        gateway.settings(Gateway.settings(new DestinationControls(
                new DestinationControl(
                        one.tls(),
                        one.dane(),
                        one.ipPreference(),
                        1,
                        50,
                        one.rate(),
                        one.limitBy(),
                        one.bounceProfile()),
                Map.of())));
        for (var i = 0; i < 120; i++) {
            gateway.put("b" + i + "@two.example");
        }
        gateway.start().awaitLog(120, "Message finished");

        assertThat(peer.connections()).isEqualTo(3);
        assertThat(perConnection(0)).isEqualTo(50);
        assertThat(perConnection(1)).isEqualTo(50);
        assertThat(perConnection(2)).isEqualTo(20);
    }

    @Test
    void aConnectionWaitsALittleForMoreMail() throws IOException {
        gateway.put("b@two.example");
        gateway.start().awaitLog("Message finished");
        gateway.put("c@two.example");
        gateway.awaitLog(2, "Message finished");

        // On a machine under load the wait may be over before the second message comes; then it has its
        // own.
        assertThat(peer.connections()).isBetween(1, 2);
    }

    @Test
    @Rule("D17")
    void anotherTlsaRecordSetEndsTheConnection() throws IOException {
        changeAfterTheFirst(() -> gateway.facts.host("mx.two.example", ADDRESS, Facts.usable("mx.two.example", OTHER)));

        assertThat(peer.connections()).isEqualTo(2);
        assertThat(peer.taken()).hasSize(2);
    }

    @Test
    @Rule("D17")
    void theSameRecordsInAnotherOrderDoNot() throws IOException {
        var before = new SecurityContext(requirement(Facts.RECORD, OTHER));

        assertThat(new SecurityContext(requirement(OTHER, Facts.RECORD))).isEqualTo(before);
        assertThat(new SecurityContext(requirement(OTHER))).isNotEqualTo(before);
    }

    @Test
    @Rule("D17")
    void aLookupThatFailsNowEndsTheConnectionAndTheMailWaits() throws IOException {
        changeAfterTheFirst(() -> gateway.facts.host("mx.two.example", ADDRESS, Facts.failed()));

        gateway.awaitLog("Delayed: DCID 0 MID 2 to RID 0 - 4.4.3");
        assertThat(peer.taken()).hasSize(1);
    }

    @Test
    @Rule({"D17", "E14"})
    void anotherPolicyCountsFromTheNextMessageOn() throws IOException {
        changeAfterTheFirst(() -> gateway.rule(TlsSupport.PREFERRED, DaneSupport.NONE));

        assertThat(peer.connections()).isEqualTo(2);
        assertThat(gateway.log())
                .anyMatch(line -> line.startsWith("DCID 1 DANE success for two.example"))
                .contains("DCID 2 DANE off for two.example mx mx.two.example reason destination controls");
    }

    /// Lets a first message go, changes something while its connection still waits for more, and puts a
    /// second.
    private void changeAfterTheFirst(Runnable change) throws IOException {
        peer.reply("(dot)", "250 2.0.0 taken");
        gateway.put("b@two.example");
        gateway.start().awaitLog("MID 1 RID [0] Response");
        change.run();
        gateway.put("c@two.example");
        gateway.await(
                "an end of the second message",
                () -> gateway.log().stream()
                        .anyMatch(line ->
                                line.contains("MID 2 RID [0] Response") || line.contains("MID 2 to RID 0 - 4")));
    }

    private static org.danelaw.policy.TlsRequirement requirement(TlsaRecord... records) {
        return new org.danelaw.policy.TlsRequirement.Dane(
                List.of(records),
                List.of(Names.of("mx.two.example"), Names.of("two.example")),
                Names.of("mx.two.example"),
                MxTrust.SECURE);
    }

    private long perConnection(int number) {
        return peer.taken().stream()
                .filter(taken -> taken.connection() == number)
                .count();
    }

    @Test
    void manyMessagesOpenMoreConnectionsButNotOneForEach() throws IOException {
        for (var i = 0; i < 100; i++) {
            gateway.put("b" + i + "@two.example");
        }
        gateway.start().awaitLog(100, "Message finished");

        assertThat(peer.connections()).isBetween(2, 100 / Pace.MESSAGES_THAT_JUSTIFY_A_CONNECTION + 1);
        assertThat(IntStream.range(0, 100).mapToObj(i -> "b" + i + "@two.example"))
                .allMatch(recipient -> peer.taken().stream()
                                .filter(taken -> taken.recipients().contains(recipient))
                                .count()
                        == 1);
    }
}
