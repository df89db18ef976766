package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.delivery.DestinationControl.RecipientRate;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.queue.Mail;
import org.danelaw.smtp.SmtpTimeouts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Much mail for a host that takes only so much at a time, or that the operator spares.
final class BusyHostTest {
    private static final String ADDRESS = "198.51.100.1";
    private static final String OTHER_ADDRESS = "198.51.100.2";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer peer;
    private Peer otherPeer;

    @BeforeEach
    void buildTheWorld() throws IOException {
        peer = new Peer();
        otherPeer = new Peer();
        gateway = new Gateway(folder)
                .rule(TlsSupport.NONE, DaneSupport.NONE)
                .peer(ADDRESS, peer)
                .peer(OTHER_ADDRESS, otherPeer);
        gateway.facts
                .mx("two.example", MxTrust.INSECURE, "mx.two.example", "mx2.two.example")
                .host("mx.two.example", ADDRESS, Facts.none())
                .host("mx2.two.example", OTHER_ADDRESS, Facts.none())
                .mx("silent.example", MxTrust.INSECURE, "mx.two.example")
                .mx("other.example", MxTrust.INSECURE, "mx.two.example");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        peer.close();
        otherPeer.close();
    }

    @Test
    void whoWasSetBackByAHostHasHadAnAttemptThoughTheLimitKeepsItFromTheNext() throws IOException {
        var oneAnHour = new RecipientRate(1, Duration.ofHours(1));
        peer.reply("RCPT", "452 4.2.2 the mailbox is full");
        gateway.control(control(10, 50, Optional.of(oneAnHour), LimitBy.DOMAIN));
        put(1, "two.example");
        gateway.start().awaitLog("Delayed: DCID 1 MID 1 to RID 0 - 4.2.2");

        assertThat(otherPeer.taken()).isEmpty();
    }

    private static DestinationControl control(
            int connections, int messages, Optional<RecipientRate> rate, LimitBy limitBy) {
        var defaults = DestinationControl.DEFAULT;
        return new DestinationControl(
                TlsSupport.NONE,
                DaneSupport.NONE,
                defaults.ipPreference(),
                connections,
                messages,
                rate,
                limitBy,
                Optional.empty());
    }

    private void put(int messages, String domain) throws IOException {
        for (var i = 0; i < messages; i++) {
            gateway.put("b" + i + "@" + domain);
        }
    }

    @Test
    void aHostThatSaysWith421ThatItIsFullGetsAllMailOverWhatItHasAndNoneWaits() throws IOException {
        peer.processes(3, true);
        put(300, "silent.example");
        gateway.start().awaitLog(300, "Message finished");

        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Delayed"));
        assertThat(gateway.log()).noneMatch(line -> line.contains("is down"));
        assertThat(peer.connections()).isLessThan(40);
    }

    @Test
    void aHostThatGreetsOnlySoManyGetsAllMailOverThose() throws IOException {
        peer.processes(3, false);
        put(300, "silent.example");
        gateway.start().awaitLog(300, "Message finished");

        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Delayed"));
        assertThat(peer.mostOpen()).isLessThanOrEqualTo(3 + Pace.FIRST_CONNECTIONS);
    }

    @Test
    void aHostThatGreetsNobodyKeepsAFewConnectionsWaitingAndNotHundreds() throws IOException {
        var silent = new Peer().processes(0, false);
        gateway.peer(ADDRESS, silent)
                .timeouts(new SmtpTimeouts(Duration.ofMillis(300), PATIENCE, PATIENCE, PATIENCE, PATIENCE));
        put(200, "silent.example");
        gateway.start().awaitLog(200, "Delayed: DCID").awaitLog("Host silent.example is down");

        // Where all of the first fail at the same moment, one more has the last word.
        assertThat(silent.connections()).isLessThanOrEqualTo(Pace.FIRST_CONNECTIONS + 1);
        silent.close();
    }

    @Test
    void aConnectionCarriesNoMoreMessagesThanItsLimitAndThenAnotherDoes() throws IOException {
        gateway.control(control(1, 7, Optional.empty(), LimitBy.DOMAIN));
        put(20, "silent.example");
        gateway.start().awaitLog(20, "Message finished");

        assertThat(IntStream.range(0, 3).mapToObj(this::carriedBy)).containsExactly(7L, 7L, 6L);
    }

    private long carriedBy(int connection) {
        return peer.taken().stream()
                .filter(taken -> taken.connection() == connection)
                .count();
    }

    @Test
    void aSingleMessageDoesNotWaitForTheHundredsOfAnotherSender() throws IOException {
        gateway.control(control(1, 1_000, Optional.empty(), LimitBy.DOMAIN)).start();
        gateway.deliveries().suspend();
        put(300, "silent.example");
        gateway.put(Mail.from(Optional.of(Mail.address("single@example.org")), "single@silent.example"));
        gateway.deliveries().resume();
        gateway.awaitLog(301, "Message finished");

        assertThat(peer.taken().subList(0, 3).stream().flatMap(taken -> taken.recipients().stream()))
                .contains("single@silent.example");
    }

    @Test
    void aMessageForMoreRecipientsThanTheRateGoesInParts() throws IOException {
        gateway.control(control(10, 50, Optional.of(new RecipientRate(2, Duration.ofMinutes(1))), LimitBy.DOMAIN));
        gateway.put("a@silent.example", "b@silent.example", "c@silent.example");
        gateway.start().awaitLog("Message done DCID 1 MID 1 to RID [0, 1]");
        assertThat(peer.taken()).hasSize(1);

        gateway.later(Duration.ofSeconds(61)).awaitLog("Message finished MID 1");
        assertThat(peer.taken()).hasSize(2);
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Delayed"));
    }

    @Test
    void anAddressAtItsLimitIsNoReasonToGoToAWorseHost() throws IOException {
        gateway.control(control(2, 5, Optional.empty(), LimitBy.MX_ADDRESS));
        put(50, "two.example");
        put(50, "other.example");
        gateway.start().awaitLog(100, "Message finished");

        assertThat(peer.mostOpen()).isEqualTo(2);
        assertThat(otherPeer.connections()).isZero();
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Delayed"));
    }
}
