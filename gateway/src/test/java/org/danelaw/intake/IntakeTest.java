package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.events.LineForm.ICID_TLS;
import static org.danelaw.events.LineForm.OWN_REFUSED;
import static org.danelaw.intake.IntakeUnderTest.NOON;
import static org.danelaw.intake.IntakeUnderTest.RELAY;
import static org.danelaw.intake.IntakeUnderTest.addressOf;
import static org.danelaw.intake.IntakeUnderTest.group;
import static org.danelaw.intake.IntakeUnderTest.mail;
import static org.danelaw.intake.IntakeUnderTest.settings;
import static org.danelaw.intake.IntakeUnderTest.with;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.danelaw.events.Event;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.LogLine;
import org.danelaw.events.MailLog;
import org.danelaw.events.ReverseName;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.intake.MailFlowPolicy.Limits;
import org.danelaw.intake.MailFlowPolicy.Rates;
import org.danelaw.intake.MailFlowPolicy.TlsOffer;
import org.danelaw.loglines.Logged;
import org.danelaw.loglines.Shows;
import org.danelaw.queue.SpoolFullException;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.Telnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class IntakeTest implements Logged {
    private final IntakeUnderTest intake = new IntakeUnderTest();
    private final MemorySpool spool = intake.spool;
    private final List<Event> events = intake.events;

    @Override
    public List<LogLine> logged() {
        return events.stream().flatMap(event -> MailLog.lines(event).stream()).toList();
    }

    @AfterEach
    void stop() {
        intake.close();
    }

    @Test
    void aMessageIsQueuedWithItsTraceAndItsTerms() throws IOException {
        try (Telnet client = intake.client(RELAY)) {
            assertThat(client.reply()).isEqualTo("220 gw.example ESMTP");
            assertThat(client.say("EHLO client.example")).startsWith("250");
            assertThat(mail(client, "Subject: x\r\n\r\nHello.\r\n")).isEqualTo("250 2.0.0 queued as 1");
            assertThat(client.say("QUIT")).startsWith("221");
        }
        assertThat(spool.stored).hasSize(1);
        MemorySpool.Stored stored = spool.stored.getFirst();
        assertThat(stored.content().replace("\r\n", "\n")).matches("""
                Received: from client\\.example \\(\\[127\\.0\\.0\\.1]\\)
                \tby gw\\.example with ESMTP id 1
                \tfor <bob@dest\\.example>;
                \tTue, 24 Nov 2026 [0-9:]{8} [+-][0-9]{4}
                Subject: x
                Date: Tue, 24 Nov 2026 [0-9:]{8} [+-][0-9]{4}
                Message-ID: <[0-9a-f-]{36}@gw\\.example>

                Hello\\.
                """);
        assertThat(stored.message().envelope())
                .isEqualTo(new Envelope(
                        Optional.of(new Address("alice", "org.example")),
                        List.of(new Envelope.Recipient(new Address("bob", "dest.example"))),
                        Envelope.Needs.NONE,
                        Envelope.Dsn.NONE));
        assertThat(stored.message().policy()).isEqualTo("OUTBOUND");
        assertThat(stored.message().dane()).isTrue();
        assertThat(stored.message().bounceProfile()).isEqualTo("slow");
        assertThat(stored.message().received()).isEqualTo(NOON);
        assertThat(stored.message().origin()).isEqualTo("listener in, 127.0.0.1");
    }

    @Test
    void everyStepIsTold() throws Exception {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            mail(client, "Message-ID: <1@org.example>\r\nSubject: x\r\n  y\r\n\r\nHello.\r\n");
            client.say("MAIL FROM:<>");
            client.say("QUIT");
            client.rest();
        }
        intake.waitForEnd();
        Address alice = new Address("alice", "org.example");
        InetAddress here = InetAddress.getLoopbackAddress();
        assertThat(events)
                .containsExactly(
                        new IntakeEvent.Connected(1, "in", here, here, new ReverseName.Unknown()),
                        new IntakeEvent.Matched(1, "RELAY", "ALL", "ALL"),
                        new IntakeEvent.MessageStarted(1, 1),
                        new IntakeEvent.From(1, 1, Optional.of(alice)),
                        new IntakeEvent.RecipientTaken(1, 1, 0, new Address("bob", "dest.example")),
                        new IntakeEvent.MessageIdSeen(1, "<1@org.example>"),
                        new IntakeEvent.SubjectSeen(1, "x  y"),
                        new IntakeEvent.Ready(1, 56, Optional.of(alice)),
                        new IntakeEvent.Queued(1),
                        new IntakeEvent.MessageStarted(2, 1),
                        new IntakeEvent.From(2, 1, Optional.empty()),
                        new IntakeEvent.Aborted(2, 1, "the client has ended the session"),
                        new IntakeEvent.Closed(1));
    }

    @Test
    void a250IsSaidOnlyAfterTheCommitReturned() throws Exception {
        CountDownLatch mayCommit = new CountDownLatch(1);
        spool.commitBehind(mayCommit);
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            client.say("RCPT TO:<bob@dest.example>");
            client.say("DATA");
            client.send("x\r\n.\r\nNOOP\r\n");
            spool.committing.await();
            assertThat(client.hasInput()).isFalse();
            assertThat(events).doesNotHaveAnyElementsOfTypes(IntakeEvent.Queued.class);
            mayCommit.countDown();
            assertThat(client.reply()).isEqualTo("250 2.0.0 queued as 1");
        }
    }

    @ParameterizedTest
    @EnumSource(MemorySpool.Step.class)
    void aFullSpoolIs452AndNothingIsLeftBehind(MemorySpool.Step step) throws Exception {
        spool.failAt(step, new SpoolFullException("no room in /var/spool"));
        assertThat(refusedAtSomeStep()).isEqualTo("452 4.3.1 there is no room for mail now, try again later");
    }

    @ParameterizedTest
    @EnumSource(MemorySpool.Step.class)
    void aBrokenSpoolIs451AndItsFilesAreNotNamed(MemorySpool.Step step) throws Exception {
        spool.failAt(step, new IOException("/var/spool/x: input/output error"));
        assertThat(refusedAtSomeStep()).isEqualTo("451 4.3.0 mail cannot be stored now, try again later");
    }

    /// Sends a message and returns the first reply that is no success; afterwards the session works on.
    private String refusedAtSomeStep() throws Exception {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            String refusal = mail(client, "x\r\n");
            assertThat(client.say("NOOP")).startsWith("250");
            client.say("QUIT");
            client.rest();
            intake.waitForEnd();
            assertThat(spool.stored).isEmpty();
            assertThat(spool.openDrafts).hasValue(0);
            return refusal;
        }
    }

    @Test
    void theFirstGroupThatMatchesCounts() throws IOException {
        SenderGroup skipped = group("SKIP", "127.0.0.0/8", MailFlowPolicy.of("SKIPPED", Action.CONTINUE));
        SenderGroup elsewhere = group("ELSEWHERE", "192.0.2.0/24", MailFlowPolicy.of("NO", Action.REJECT));
        SenderGroup here = group("HERE", "127.0.0.1", RELAY);
        SenderGroup all = group("ALL", "0.0.0.0/0", MailFlowPolicy.of("NO", Action.REJECT));
        try (Telnet client = intake.connect(settings(skipped, elsewhere, here, all))) {
            assertThat(client.reply()).startsWith("220");
        }
        assertThat(events).contains(new IntakeEvent.Matched(1, "RELAY", "HERE", "127.0.0.1"));
    }

    @Test
    void aGroupMayNameHostsByTheirVerifiedName() throws IOException {
        intake.names(client -> new ReverseName.Verified("app.lan.example"));
        try (Telnet client = intake.connect(settings(
                group("OTHERS", ".wan.example", MailFlowPolicy.of("NO", Action.REJECT)),
                group("OURS", ".lan.example", RELAY)))) {
            assertThat(client.reply()).startsWith("220");
            client.say("EHLO client.example");
            mail(client, "x\r\n");
        }
        assertThat(intake.log())
                .contains(
                        "New SMTP ICID 1 interface in (127.0.0.1) address 127.0.0.1"
                                + " reverse dns host app.lan.example verified yes",
                        "ICID 1 RELAY SG OURS match .lan.example");
        assertThat(spool.stored.getFirst().content()).contains(" (app.lan.example [127.0.0.1])");
    }

    @Test
    void aNameThatCouldNotBeLookedUpIsNoMatchAndTheLogSaysSo() throws IOException {
        intake.names(
                client -> new ReverseName.Undecided(Optional.of("app.lan.example"), "the server answered SERVFAIL"));
        try (Telnet client =
                intake.connect(settings(group("OURS", "app.lan.example", RELAY), group("REST", "ALL", RELAY)))) {
            assertThat(client.reply()).startsWith("220");
        }
        assertThat(intake.log())
                .contains(
                        "New SMTP ICID 1 interface in (127.0.0.1) address 127.0.0.1"
                                + " reverse dns host app.lan.example verified no",
                        "ICID 1 reverse dns look-up failed: the server answered SERVFAIL",
                        "ICID 1 RELAY SG REST match ALL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.lan.example", ".lan.example"})
    void aClientWhoseNameCouldNotBeLookedUpIsNeverTurnedAwayForGood(String member) throws IOException {
        intake.names(client -> new ReverseName.Undecided(Optional.empty(), "the server answered SERVFAIL"));
        try (Telnet client = intake.connect(settings(group("OURS", member, RELAY)))) {
            assertThat(client.reply())
                    .isEqualTo("421 gw.example 4.4.3 the name of your address could not be looked up, try again later");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void oneNameOfSeveralThatCouldNotBeLookedUpIsNoAbsenceEither() throws IOException {
        intake.names(client ->
                new ReverseName.Verified(List.of("a.else.example"), Optional.of("the server answered SERVFAIL")));
        try (Telnet client = intake.connect(settings(group("OURS", "app.lan.example", RELAY)))) {
            assertThat(client.reply()).startsWith("421 gw.example 4.4.3");
        }
    }

    @Test
    void groupsThatRefuseOrGoByAddressLeaveNoDoubtOfARefusal() throws IOException {
        intake.names(client -> new ReverseName.Undecided(Optional.empty(), "the server answered SERVFAIL"));
        var no = MailFlowPolicy.of("NO", Action.REJECT);
        try (Telnet client = intake.connect(
                settings(group("BAD", ".bad.example", no), group("V6", "::/0", RELAY), group("REST", "ALL", no)))) {
            assertThat(client.reply()).startsWith("554");
        }
    }

    @Test
    void aClientThatMayBeARelayClientIsRefusedNoRecipientAndNoMessageForGood() throws IOException {
        intake.names(client -> new ReverseName.Undecided(Optional.empty(), "the server answered SERVFAIL"));
        try (Telnet client = intake.connect(settings(
                group("OURS", ".lan.example", RELAY), group("REST", "ALL", MailFlowPolicy.of("IN", Action.ACCEPT))))) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(client.say("MAIL FROM:<alice@org.example> SIZE=999999999"))
                    .startsWith("450 4.4.3");
            client.say("MAIL FROM:<alice@org.example>");
            assertThat(client.say("RCPT TO:<bob@ours.example>")).startsWith("250");
            assertThat(client.say("RCPT TO:<bob@dest.example>"))
                    .startsWith("450 4.4.3 the name of your address could not be looked up");
        }
    }

    @Test
    void aClientOfNoGroupIsRejected() throws IOException {
        try (Telnet client = intake.connect(settings(group("V6", "::/0", RELAY)))) {
            assertThat(client.reply()).isEqualTo("554 gw.example takes no mail from 127.0.0.1");
            assertThat(client.say("EHLO client.example")).startsWith("503");
            assertThat(client.say("MAIL FROM:<alice@org.example>")).startsWith("503");
            assertThat(client.say("QUIT")).startsWith("221");
        }
        assertThat(events).contains(new IntakeEvent.Matched(1, "REJECT", "NONE", "no sender group"));
    }

    @Test
    void tcpRefuseClosesWithoutAWord() throws IOException {
        try (Telnet client = intake.client(MailFlowPolicy.of("NO", Action.TCPREFUSE))) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void acceptTakesOnlyWhomTheTableAdmits() throws IOException {
        try (Telnet client = intake.client(MailFlowPolicy.of("IN", Action.ACCEPT))) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            assertThat(client.say("RCPT TO:<bob@ours.example>")).startsWith("250");
            assertThat(client.say("RCPT TO:<bob@sub.ours.example>")).startsWith("250");
            assertThat(client.say("RCPT TO:<left@ours.example>")).isEqualTo("550 5.7.1 has left");
            assertThat(client.say("RCPT TO:<bob@dest.example>"))
                    .isEqualTo("550 5.7.1 this gateway takes no mail for <bob@dest.example>");
        }
        assertThat(events).contains(new IntakeEvent.RecipientRejected(1, 1, new Address("bob", "dest.example"), "RAT"));
    }

    @Test
    void theTableSaysInItsOwnWordsWhyAndQuotesHideNobody() throws IOException {
        RecipientAccess access = new RecipientAccess(List.of(
                new RecipientAccess.Entry(
                        RecipientMatch.parse("left@ours.example"), new RecipientAccess.Access.Reject("5.1.1 has left")),
                new RecipientAccess.Entry(
                        RecipientMatch.parse("full@ours.example"), new RecipientAccess.Access.Reject("4.2.2 is full")),
                new RecipientAccess.Entry(RecipientMatch.parse("ours.example"), new RecipientAccess.Access.Accept()),
                new RecipientAccess.Entry(
                        RecipientMatch.parse("ALL"), new RecipientAccess.Access.Reject("5.7.1 not here"))));
        try (Telnet client =
                intake.connect(settings(access, group("ALL", "ALL", MailFlowPolicy.of("IN", Action.ACCEPT))))) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            assertThat(client.say("RCPT TO:<left@ours.example>")).isEqualTo("550 5.1.1 has left");
            assertThat(client.say("RCPT TO:<\"le\\ft\"@ours.example>")).isEqualTo("550 5.1.1 has left");
            assertThat(client.say("RCPT TO:<full@ours.example>")).isEqualTo("450 4.2.2 is full");
            assertThat(client.say("RCPT TO:<bob@ours.example>")).startsWith("250");
            assertThat(client.say("RCPT TO:<bob@dest.example>")).isEqualTo("550 5.7.1 not here");
        }
        assertThat(intake.log()).contains("MID 1 ICID 1 To: <left@ours.example> Rejected by RAT");
    }

    @Test
    void aDiskThatIsNearlyFullIs452UntilThereIsRoomAgain() throws IOException {
        var free = new AtomicLong(IntakeLimits.LEAST_FREE_OCTETS + 1_000);
        intake.space(free::get);
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(client.say("MAIL FROM:<alice@org.example> SIZE=1001"))
                    .isEqualTo("452 4.3.1 there is no room for mail now, try again later");
            free.set(IntakeLimits.LEAST_FREE_OCTETS - 1);
            assertThat(mail(client, "x\r\n")).startsWith("452 4.3.1");
            free.set(IntakeLimits.LEAST_FREE_OCTETS);
            assertThat(mail(client, "x\r\n")).startsWith("250");
        }
    }

    @Test
    void whatReportsAClientAsksForGoesOnWithTheMessage() throws IOException {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example> RET=hdrs ENVID=a+2Bb");
            client.say("RCPT TO:<bob@dest.example> NOTIFY=success,Delay ORCPT=rfc822;b+40ours.example");
            client.say("DATA");
            client.say("x\r\n.");
        }
        Envelope envelope = spool.stored.getFirst().message().envelope();
        assertThat(envelope.dsn()).isEqualTo(new Envelope.Dsn(Optional.of("HDRS"), Optional.of("a+2Bb")));
        assertThat(envelope.recipients())
                .containsExactly(new Envelope.Recipient(
                        new Address("bob", "dest.example"),
                        Optional.of("SUCCESS,DELAY"),
                        Optional.of("rfc822;b+40ours.example")));
    }

    @Test
    @Shows({ICID_TLS, OWN_REFUSED})
    void mailOverTlsIsTracedAsSuch() throws Exception {
        try (Telnet client = intake.client(with(RELAY, TlsOffer.REQUIRED))) {
            client.reply();
            assertThat(client.say("EHLO client.example")).startsWith("250");
            assertThat(client.say("MAIL FROM:<alice@org.example>")).isEqualTo("530 5.7.0 say STARTTLS first");
            assertThat(client.startTls()).isEqualTo("TLSv1.3");
            assertThat(client.say("MAIL FROM:<alice@org.example>")).isEqualTo("503 5.5.1 say EHLO first");
            client.say("EHLO client.example");
            assertThat(client.say("STARTTLS")).startsWith("503");
            assertThat(mail(client, "x\r\n")).startsWith("250");
        }
        assertThat(spool.stored.getFirst().content()).containsPattern("""
                        from client\\.example \\(\\[127\\.0\\.0\\.1]\\)\r
                        \t\\(using TLSv1\\.3 with cipher (TLS_AES_\\w+)\\)\r
                        \tby gw\\.example with ESMTPS id 1\r
                        \tfor <bob@dest\\.example>\r
                        \ttls \\1;\r
                        """);
        assertThat(events)
                .anyMatch(event -> event instanceof IntakeEvent.TlsSucceeded tls
                        && tls.protocol().equals("TLSv1.3"));
    }

    @Test
    void noTlsIsOfferedWhereThePolicySaysNone() throws IOException {
        try (Telnet client = intake.client(with(RELAY, TlsOffer.NONE))) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(client.say("STARTTLS")).isEqualTo("502 5.5.1 no TLS is offered");
        }
    }

    @Test
    void recipientsBeyondTheLimitAreForALaterTransaction() throws IOException {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            for (int i = 0; i < RELAY.limits().maxRecipients(); i++) {
                assertThat(client.say("RCPT TO:<bob" + i + "@dest.example>")).startsWith("250");
            }
            for (int i = 0; i < 50; i++) {
                assertThat(client.say("RCPT TO:<one-more@dest.example>"))
                        .isEqualTo("452 4.5.3 at most 1000 recipients a message");
            }
            client.say("DATA");
            assertThat(client.say("x\r\n.")).startsWith("250");
        }
        assertThat(spool.stored.getFirst().message().envelope().recipients())
                .hasSize(RELAY.limits().maxRecipients());
        assertThat(spool.stored.getFirst().content()).doesNotContain("for <");
    }

    @Test
    void aRecipientNamedTwiceGetsOneCopy() throws IOException {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            client.say("RCPT TO:<bob@dest.example>");
            assertThat(client.say("RCPT TO:<bob@DEST.example>")).startsWith("250");
            client.say("DATA");
            client.say("x\r\n.");
        }
        assertThat(spool.stored.getFirst().message().envelope().recipients()).hasSize(1);
    }

    @Test
    void messagesConnectionsAndRatesHaveTheirLimits() throws IOException {
        MailFlowPolicy tight =
                with(RELAY, new Limits(65_536, 100, 2, 1, new Rates(OptionalInt.of(3), OptionalInt.empty(), 32, 128)));
        Intake opened = intake.open(settings(group("ALL", "0.0.0.0/0", tight)));
        try (Telnet client = Telnet.to(addressOf(opened))) {
            assertThat(client.reply()).startsWith("220");
            try (Telnet second = Telnet.to(addressOf(opened))) {
                assertThat(second.rest())
                        .isEqualTo("421 gw.example 4.7.0 more than 1 connections from your address\r\n");
            }
            client.say("EHLO client.example");
            assertThat(client.say("MAIL FROM:<alice@org.example> SIZE=65537"))
                    .isEqualTo("552 5.3.4 a message may have 65536 octets");
            mail(client, "x\r\n");
            mail(client, "x\r\n");
            assertThat(client.say("MAIL FROM:<alice@org.example>"))
                    .isEqualTo("421 4.7.0 2 messages are enough for one connection");
            assertThat(client.rest()).isEmpty();
        }
        intake.waitForEnd(2);
        try (Telnet client = Telnet.to(addressOf(opened))) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(mail(client, "x\r\n")).startsWith("250");
            assertThat(client.say("MAIL FROM:<alice@org.example>"))
                    .isEqualTo("450 4.7.1 more than 3 messages a minute");
        }
    }

    @Test
    void aMessageThatGoesInCirclesIsRefused() throws IOException {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(mail(client, "Received: x\r\n".repeat(100) + "\r\n")).startsWith("250");
            assertThat(mail(client, "received : x\r\n y\r\n".repeat(101) + "\r\nReceived: body\r\n"))
                    .isEqualTo("554 5.4.6 the message goes in circles: it has 101 Received fields");
        }
        assertThat(spool.stored).hasSize(1);
    }

    @Test
    void whatANextHopNeedsIsSeenInTheContent() throws IOException {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(needs(client, " BODY=8BITMIME SMTPUTF8", "Subject: x\r\n\r\nx\r\n"))
                    .isEqualTo(Envelope.Needs.NONE);
            assertThat(needs(client, "", "Subject: x\r\n\r\n\u00e6\r\n")).isEqualTo(new Envelope.Needs(true, false));
            assertThat(needs(client, "", "Subject: \u00e6\r\n\r\nx\r\n")).isEqualTo(new Envelope.Needs(true, false));
            assertThat(needs(client, " SMTPUTF8", "Subject: \u00e6\r\n\r\nx\r\n"))
                    .isEqualTo(new Envelope.Needs(true, true));
        }
    }

    private Envelope.Needs needs(Telnet client, String parameters, String content) throws IOException {
        client.say("MAIL FROM:<alice@org.example>" + parameters);
        client.say("RCPT TO:<bob@dest.example>");
        client.say("DATA");
        client.say(content + ".");
        return spool.stored.getLast().message().envelope().needs();
    }

    @Test
    void onShutdownIdleClientsAreTold421AndOpenTransactionsEnd() throws Exception {
        Intake opened = intake.open(settings(group("ALL", "0.0.0.0/0", RELAY)));
        try (Telnet idle = Telnet.to(addressOf(opened));
                Telnet busy = Telnet.to(addressOf(opened))) {
            idle.reply();
            busy.reply();
            busy.say("EHLO client.example");
            busy.say("MAIL FROM:<alice@org.example>");
            Thread stopping = Thread.ofVirtual().start(() -> opened.stop(Duration.ofMinutes(1)));
            assertThat(idle.rest()).isEqualTo("421 4.3.2 this gateway is shutting down\r\n");
            busy.say("RCPT TO:<bob@dest.example>");
            busy.say("DATA");
            assertThat(busy.say("x\r\n.")).startsWith("250");
            assertThat(busy.rest()).isEqualTo("421 4.3.2 this gateway is shutting down\r\n");
            stopping.join();
            assertThatThrownBy(() -> Telnet.to(addressOf(opened))).isInstanceOf(IOException.class);
        }
        assertThat(spool.stored).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RCPT TO:<bob@dest.example>\r\n",
                "RCPT TO:<bob@dest.example>\r\nDATA\r\nSubject: x\r\n\r\nHel"
            })
    void onShutdownATransactionThatDoesNotEndIsTold421AndGivenUp(String said) throws Exception {
        Intake opened = intake.open(settings(group("ALL", "0.0.0.0/0", RELAY)));
        Thread stopping = Thread.ofVirtual().unstarted(() -> opened.stop(Duration.ofMillis(50)));
        try (Telnet client = Telnet.to(addressOf(opened))) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            client.send(said);
            for (int i = 0;
                    i < said.lines().filter(line -> line.matches("RCPT.*|DATA")).count();
                    i++) {
                client.reply();
            }
            stopping.start();
            assertThat(client.rest()).isEqualTo("421 4.3.2 this gateway is shutting down\r\n");
        }
        stopping.join();
        intake.waitForEnd();
        assertThat(events).contains(new IntakeEvent.Aborted(1, 1, "the gateway is shutting down"));
        assertThat(spool.openDrafts).hasValue(0);
        assertThat(spool.stored).isEmpty();
    }

    @Test
    void anAddressInUseIsNamed() throws IOException {
        Intake opened = intake.open(settings(group("ALL", "0.0.0.0/0", RELAY)));
        ListenerSettings same = new ListenerSettings(
                "second", addressOf(opened), Optional.empty(), "slow", List.of(), RecipientAccess.NOBODY);
        assertThatThrownBy(() -> intake.open(same))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("listener second cannot listen on");
    }

    @Test
    void requiredTlsNeedsACertificate() {
        SenderGroup group = group("ALL", "0.0.0.0/0", with(RELAY, TlsOffer.REQUIRED));
        assertThatThrownBy(() -> new ListenerSettings(
                        "in",
                        new InetSocketAddress(0),
                        Optional.empty(),
                        "slow",
                        List.of(group),
                        RecipientAccess.NOBODY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "listener in has no certificate, and the policy OUTBOUND of its sender group ALL requires TLS");
    }
}
