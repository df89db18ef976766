package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.danelaw.delivery.Deliveries.Fate;
import org.danelaw.delivery.Deliveries.Removal;
import org.danelaw.delivery.DestinationStatus.HardBounces;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.queue.Mail;
import org.danelaw.queue.Selection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an operator sees of deliveries, and what he can make them do.
final class DeliveriesTest {
    private static final String ADDRESS = "198.51.100.1";
    private static final String SENDERS = "198.51.100.9";
    private static final String NOBODY = "198.51.100.66";

    @TempDir
    private Path folder;

    private Gateway gateway;
    private Peer peer;
    private Peer sendersHost;

    @BeforeEach
    void buildTheWorld() throws IOException {
        peer = new Peer();
        sendersHost = new Peer();
        gateway = world();
    }

    private Gateway world() {
        var empty = new Gateway(folder);
        empty.rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .peer(ADDRESS, peer)
                .peer(SENDERS, sendersHost)
                .facts
                .mx("two.example", MxTrust.SECURE, "mx.two.example")
                .host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"))
                .mx("down.example", MxTrust.SECURE, "mx.down.example")
                .host("mx.down.example", NOBODY, Facts.usable("mx.down.example"))
                .mx("example.org", MxTrust.INSECURE, "mx.example.org")
                .host("mx.example.org", SENDERS, Facts.none());
        return empty;
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        peer.close();
        sendersHost.close();
    }

    private DestinationStatus status(String domain) {
        return gateway.deliveries().destination(domain).orElseThrow();
    }

    @Test
    void nothingIsKnownOfADestinationThatNeverHadMail() throws IOException {
        gateway.start();

        assertThat(gateway.deliveries().destination("two.example")).isEmpty();
        assertThat(gateway.deliveries().destinations()).isEmpty();
    }

    @Test
    void deliveredRecipientsAreCountedAndTheHostIsUp() throws IOException {
        gateway.put("a@two.example", "b@two.example");
        gateway.start().awaitLog("Message finished");

        assertThat(status("two.example"))
                .extracting(DestinationStatus::state, DestinationStatus::delivered, DestinationStatus::activeRecipients)
                .containsExactly(HostState.UP, 2L, 0);
        assertThat(status("two.example").lastError()).isEmpty();
    }

    @Test
    void aHostThatIsDownShowsWhyWhenItIsTriedNextAndWhoWaits() throws IOException {
        gateway.put("a@down.example", "b@down.example");
        gateway.start().awaitLog(2, "Delayed: DCID");

        awaitRetry("down.example");
        var down = status("down.example");
        assertThat(down.state()).isEqualTo(HostState.DOWN);
        assertThat(down.softBounced()).isEqualTo(2);
        assertThat(down.activeRecipients()).isEqualTo(2);
        assertThat(down.lastError().orElseThrow().why().sentence()).contains("Connection refused");
        assertThat(down.nextRetry().orElseThrow())
                .isCloseTo(gateway.now().plusSeconds(60), within(30, ChronoUnit.SECONDS));
    }

    @Test
    void hardBouncesAreCountedByCause() throws IOException {
        peer.reply("RCPT TO:<gone@", "550 5.1.1 no such user");
        gateway.put("gone@two.example");
        gateway.put("a@nowhere.example");
        gateway.start().awaitLog(2, "generated for bounce");

        gateway.await(
                "the counts", () -> status("nowhere.example").hardBounced().total() == 1);
        assertThat(status("nowhere.example").hardBounced()).isEqualTo(new HardBounces(1, 0, 0, 0));
        gateway.await("the counts", () -> status("two.example").hardBounced().total() == 1);
        assertThat(status("two.example").hardBounced()).isEqualTo(new HardBounces(0, 1, 0, 0));
        assertThat(status("two.example").lastError().orElseThrow().why().status())
                .isEqualTo("5.1.1");
    }

    @Test
    void deliverNowTriesWhatWaitsAlsoWhereTheHostIsDown() throws IOException {
        gateway.put("a@down.example");
        gateway.start().awaitLog(1, "Delayed: DCID");
        gateway.peer(NOBODY, peer);

        assertThat(deliverNow("down.example")).isEqualTo(1);
        gateway.awaitLog("Message finished MID 1", "Host down.example is up");
        assertThat(gateway.deliveries().deliverNow()).isZero();
    }

    private int deliverNow(String domain) {
        awaitRetry(domain);
        return gateway.deliveries().deliverNow(domain);
    }

    /// Waits until all mail of a destination waits for its time.
    private void awaitRetry(String domain) {
        gateway.await(
                "mail that waits",
                () -> status(domain).connectionsOut() == 0
                        && status(domain).nextRetry().isPresent());
    }

    @Test
    void aRetryBroughtForwardCountsAsOne() throws IOException {
        var mid = gateway.put("a@down.example");
        gateway.start().awaitLog(1, "Delayed: DCID");
        assertThat(deliverNow("down.example")).isEqualTo(1);
        gateway.awaitLog(2, "Delayed: DCID");

        gateway.await("the second attempt on disk", () -> attempts(mid) == 2);
        assertThat(status("down.example").softBounced()).isEqualTo(2);
    }

    private int attempts(long mid) {
        try {
            return gateway.spool().read(mid).orElseThrow().states().getFirst().attempts();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void suspendedDeliveriesWaitUntilTheyAreResumedOverARestartToo() throws IOException {
        gateway.start();
        gateway.deliveries().suspend();
        gateway.put("a@two.example");
        gateway.close();

        gateway = world().start();
        assertThat(gateway.deliveries().suspension()).isEqualTo(Suspension.NONE.everywhere(true));
        assertThat(status("two.example"))
                .extracting(DestinationStatus::suspended, DestinationStatus::activeRecipients)
                .containsExactly(true, 1);
        gateway.deliveries().deliverNow();
        assertThat(peer.connections()).isZero();

        gateway.deliveries().resume();
        gateway.awaitLog("Message finished MID 1");
    }

    @Test
    void oneSuspendedDomainDoesNotHoldUpAnother() throws IOException {
        gateway.facts.mx("other.example", MxTrust.SECURE, "mx.two.example");
        gateway.start();
        gateway.deliveries().suspend("two.example");
        gateway.put("a@two.example");
        gateway.put("a@other.example");
        gateway.awaitLog("Message finished MID 2");
        assertThat(peer.taken()).hasSize(1);

        gateway.deliveries().resume();
        assertThat(gateway.deliveries().suspension().domains()).containsExactly("two.example");
        gateway.deliveries().resume("two.example");
        gateway.awaitLog("Message finished MID 1");
    }

    @Test
    void mailWhoseLifetimeEndsWhileItIsSuspendedGetsAnAttemptAfterwards() throws IOException {
        gateway.put("a@down.example");
        gateway.start().awaitLog(1, "Delayed: DCID");
        gateway.deliveries().suspend("down.example");
        gateway.later(Duration.ofDays(4));
        gateway.peer(NOBODY, peer);
        gateway.deliveries().resume("down.example");

        gateway.awaitLog("Message finished MID 1");
        assertThat(gateway.log()).noneMatch(line -> line.startsWith("Bounced"));
    }

    @Test
    void deletedMailIsGoneAndNobodyIsTold() throws IOException {
        gateway.put("a@down.example", "b@down.example");
        gateway.start().awaitLog(2, "Delayed: DCID");
        awaitRetry("down.example");

        assertThat(remove(recipient("A@down.example"), Fate.DELETED)).isEqualTo(new Removal(1, 0));
        assertThat(status("down.example").activeRecipients()).isEqualTo(1);
        assertThat(remove(new Selection.Message(1), Fate.DELETED)).isEqualTo(new Removal(1, 0));
        gateway.awaitLog("MID 1 to RID [0] deleted by operator", "MID 1 to RID [1] deleted", "Message finished MID 1");
        assertThat(status("down.example").activeRecipients()).isZero();
        assertThat(gateway.deliveries().deliverNow()).isZero();
        gateway.awaitEmptySpool();
    }

    @Test
    void mailThatAnOperatorReturnsGoesBackToItsSender() throws IOException {
        gateway.put(Mail.from(Optional.of(Mail.address("sender@example.org")), "a@down.example"));
        gateway.put(Mail.from(Optional.of(Mail.address("other@example.org")), "a@down.example"));
        gateway.start().awaitLog(2, "Delayed: DCID");
        awaitRetry("down.example");
        var bySender = new Selection.Sender(Optional.of(Mail.address("sender@example.org")));

        assertThat(remove(bySender, Fate.BOUNCED)).isEqualTo(new Removal(1, 0));
        gateway.awaitLog("Bounced: DCID 0 MID 1 to RID 0 - 5.0.0 - returned by operator", "Message finished MID 3");
        assertThat(sendersHost.taken().getFirst().content()).contains("took the message out of the queue");
        assertThat(status("down.example").hardBounced()).isEqualTo(new HardBounces(0, 0, 0, 1));
        assertThat(status("down.example").activeRecipients()).isEqualTo(1);
    }

    @Test
    void whatASessionHasInHandIsLetEnd() throws IOException {
        peer.reply("(greeting)", "220 peer.example");
        gateway.start();
        gateway.deliveries().suspend();
        gateway.put("a@two.example");
        gateway.put("b@two.example");
        var held = new java.util.concurrent.CountDownLatch(1);
        var began = new java.util.concurrent.CountDownLatch(1);
        gateway.tls((plain, requirement) -> {
            began.countDown();
            await(held);
            return Gateway.everythingMatches(plain, requirement);
        });
        gateway.deliveries().resume();
        await(began);
        var removal = remove(new Selection.Domain("two.example"), Fate.DELETED);
        held.countDown();

        assertThat(removal).isEqualTo(new Removal(1, 1));
        gateway.awaitEmptySpool();
        assertThat(peer.taken()).hasSize(1);
    }

    private static void await(java.util.concurrent.CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Removal remove(Selection selection, Fate fate) {
        try {
            return gateway.deliveries().remove(selection, fate);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Selection recipient(String address) {
        return new Selection.Recipient(Mail.address(address));
    }

    @Test
    void allMailCanBeTakenOutAtOnce() throws IOException {
        gateway.start();
        gateway.deliveries().suspend();
        for (var i = 0; i < 50; i++) {
            gateway.put("a@two.example", "b@down.example");
        }
        assertThat(remove(new Selection.All(), Fate.DELETED)).isEqualTo(new Removal(100, 0));
        gateway.awaitEmptySpool();
        assertThat(gateway.deliveries().destinations())
                .extracting(DestinationStatus::activeRecipients)
                .isEqualTo(List.of(0, 0));
    }

    @Test
    void anAttemptUnderWayDialsNobodyMoreOnceDeliveriesAreSuspended() throws IOException {
        gateway.facts
                .mx("both.example", MxTrust.SECURE, "mx.down.example", "mx.two.example")
                .host("mx.two.example", ADDRESS, Facts.usable("mx.two.example"));
        gateway.whenDialled(this::suspend).put("b@both.example");
        gateway.start().await("one was dialled", () -> gateway.dialled.size() == 1 && isNobodyBusyWith("both.example"));

        assertThat(peer.connections()).isZero();
        gateway.whenDialled(() -> {}).deliveries().resume();
        gateway.awaitLog("Message finished");
        assertThat(gateway.log()).as("that was no attempt").noneMatch(line -> line.startsWith("Delayed"));
    }

    private void suspend() {
        try {
            gateway.deliveries().suspend();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean isNobodyBusyWith(String domain) {
        return gateway.deliveries().destination(domain).orElseThrow().connectionsOut() == 0;
    }
}
