package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.events.LineForm.*;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.events.DeliveryEvent.DaneResult;
import org.danelaw.events.DeliveryEvent.Failure;
import org.danelaw.events.DeliveryEvent.NoticeKind;
import org.danelaw.loglines.Logged;
import org.danelaw.loglines.Shows;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Each line form, to the letter.
final class MailLogTest implements Logged {
    private static final InetAddress OURS = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THEIRS = InetAddress.ofLiteral("198.51.100.25");
    private static final Address SENDER = new Address("a", "one.example");
    private static final Address RECIPIENT = new Address("b", "two.example");

    static final List<Golden> LINES = List.of(
            line(
                    new IntakeEvent.Connected(7, "in", OURS, THEIRS, new ReverseName.Unknown()),
                    "New SMTP ICID 7 interface in (192.0.2.1) address 198.51.100.25 reverse dns host unknown verified no"),
            line(
                    new IntakeEvent.Connected(7, "in", OURS, THEIRS, new ReverseName.Claimed("mx.one.example")),
                    "New SMTP ICID 7 interface in (192.0.2.1) address 198.51.100.25"
                            + " reverse dns host mx.one.example verified no"),
            line(
                    new IntakeEvent.Connected(7, "in", OURS, THEIRS, new ReverseName.Verified("mx.one.example")),
                    "New SMTP ICID 7 interface in (192.0.2.1) address 198.51.100.25"
                            + " reverse dns host mx.one.example verified yes"),
            line(
                    new IntakeEvent.Connected(
                            7,
                            "in",
                            OURS,
                            THEIRS,
                            new ReverseName.Undecided(Optional.of("mx.one.example"), "mx.one.example. A: SERVFAIL")),
                    "New SMTP ICID 7 interface in (192.0.2.1) address 198.51.100.25"
                            + " reverse dns host mx.one.example verified no",
                    "ICID 7 reverse dns look-up failed: mx.one.example. A: SERVFAIL"),
            line(
                    new IntakeEvent.Matched(7, "RELAY", "INSIDE", "192.0.2.0/24"),
                    "ICID 7 RELAY SG INSIDE match 192.0.2.0/24"),
            line(new IntakeEvent.TurnedAway(7, "too many connections"), "ICID 7 turned away: too many connections"),
            line(
                    new IntakeEvent.TlsSucceeded(7, "TLSv1.3", "TLS_AES_256_GCM_SHA384"),
                    "ICID 7 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384"),
            line(new IntakeEvent.TlsFailed(7, "no common cipher"), "ICID 7 TLS failed: no common cipher"),
            line(
                    new IntakeEvent.Authenticated(7, "app", "PLAIN"),
                    "SMTP Auth: (ICID 7) succeeded for user: app using AUTH mechanism: PLAIN"),
            line(
                    new IntakeEvent.AuthenticationFailed(7, Optional.of("app"), "LOGIN"),
                    "SMTP Auth: (ICID 7) failed for user: app using AUTH mechanism: LOGIN"),
            line(
                    new IntakeEvent.AuthenticationFailed(7, Optional.empty(), "LOGIN"),
                    "SMTP Auth: (ICID 7) failed for user: unknown using AUTH mechanism: LOGIN"),
            line(
                    new IntakeEvent.SubmitterClaimed(12, 7, "carol@one.example"),
                    "MID 12 ICID 7 AUTH claimed: carol@one.example"),
            line(
                    new IntakeEvent.CommandRefused(7, "MAIL", 530, "5.7.0 STARTTLS first"),
                    "ICID 7 refused MAIL: 530 5.7.0 STARTTLS first"),
            line(new IntakeEvent.MessageStarted(12, 7), "Start MID 12 ICID 7"),
            line(new IntakeEvent.From(12, 7, Optional.of(SENDER)), "MID 12 ICID 7 From: <a@one.example>"),
            line(new IntakeEvent.From(12, 7, Optional.empty()), "MID 12 ICID 7 From: <>"),
            line(new IntakeEvent.RecipientTaken(12, 7, 0, RECIPIENT), "MID 12 ICID 7 RID 0 To: <b@two.example>"),
            line(
                    new IntakeEvent.RecipientRejected(12, 7, RECIPIENT, "RAT"),
                    "MID 12 ICID 7 To: <b@two.example> Rejected by RAT"),
            line(new IntakeEvent.MessageIdSeen(12, "<x@one.example>"), "MID 12 Message-ID '<x@one.example>'"),
            line(new IntakeEvent.SubjectSeen(12, "Hello"), "MID 12 Subject 'Hello'"),
            line(new IntakeEvent.Ready(12, 2048, Optional.of(SENDER)), "MID 12 ready 2048 bytes from <a@one.example>"),
            line(new IntakeEvent.Queued(12), "MID 12 queued for delivery"),
            line(new IntakeEvent.Aborted(12, 7, "client left"), "Message aborted MID 12 ICID 7: client left"),
            line(new IntakeEvent.Closed(7), "ICID 7 close"),
            line(
                    new DeliveryEvent.Connected(3, OURS, THEIRS, 25),
                    "New SMTP DCID 3 interface 192.0.2.1 address 198.51.100.25 port 25"),
            line(
                    new DeliveryEvent.TlsSucceeded(3, "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", Optional.empty()),
                    "DCID 3 TLS success protocol TLSv1.2 cipher ECDHE-RSA-AES256-GCM-SHA384"),
            line(
                    new DeliveryEvent.TlsSucceeded(
                            3, "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", Optional.of("two.example")),
                    "DCID 3 TLS success protocol TLSv1.2 cipher ECDHE-RSA-AES256-GCM-SHA384 for two.example"),
            line(new DeliveryEvent.TlsFailed(3, "no TLSA record matches"), "DCID 3 TLS failed: no TLSA record matches"),
            line(
                    new DeliveryEvent.DaneJudged(3, DaneResult.SUCCESS, "two.example", "mx.two.example", "3 1 1"),
                    "DCID 3 DANE success for two.example mx mx.two.example reason 3 1 1"),
            line(
                    new DeliveryEvent.DaneJudged(3, DaneResult.INSECURE_MX, "two.example", "mx.two.example", "3 1 1"),
                    "DCID 3 DANE insecure-mx for two.example mx mx.two.example reason 3 1 1"),
            line(
                    new DeliveryEvent.DaneJudged(
                            3, DaneResult.FALLBACK, "two.example", "mx.two.example", "no TLSA record"),
                    "DCID 3 DANE fallback for two.example mx mx.two.example reason no TLSA record"),
            line(
                    new DeliveryEvent.DaneJudged(
                            0, DaneResult.FAILED, "two.example", "mx.two.example", "TLSA lookup error"),
                    "DCID 0 DANE failed for two.example mx mx.two.example reason TLSA lookup error"),
            line(
                    new DeliveryEvent.DaneJudged(3, DaneResult.OFF, "two.example", "mx.two.example", "policy ACCEPTED"),
                    "DCID 3 DANE off for two.example mx mx.two.example reason policy ACCEPTED"),
            line(new DeliveryEvent.Started(3, 12, List.of(0, 2)), "Delivery start DCID 3 MID 12 to RID [0, 2]"),
            line(
                    new DeliveryEvent.Delivered(3, 12, List.of(0), new Reply(250, List.of("2.0.0 Ok", "queued"))),
                    "Message done DCID 3 MID 12 to RID [0]",
                    "MID 12 RID [0] Response '2.0.0 Ok queued'"),
            line(
                    new SystemEvent.CommandGiven("operator", "suspenddel", "done"),
                    "Command by operator: suspenddel (done)"),
            line(
                    new SystemEvent.AlertTold("[warning] DANE fails for a.example", "mail to b@one.example, MID 7"),
                    "Alert by mail to b@one.example, MID 7: [warning] DANE fails for a.example"),
            line(new DeliveryEvent.Held(
                    "two.example", DeliveryEvent.HeldBy.DANE, Optional.empty(), "no TLSA record", "None.", List.of())),
            line(new SystemEvent.UsersRead("/etc/danelaw/users", 3), "Users read from /etc/danelaw/users: 3"),
            line(
                    new DeliveryEvent.Discarded(12, List.of(0), "two.example", ".example"),
                    "MID 12 RID [0] for two.example thrown away: the SMTP route for .example leads to /dev/null"),
            line(new DeliveryEvent.Finished(12), "Message finished MID 12 done"),
            line(new DeliveryEvent.Closed(3), "DCID 3 close"),
            line(
                    new DeliveryEvent.ConnectionFailed(
                            3, "two.example", THEIRS, 25, "Connection refused", Optional.of(OURS), "network error"),
                    "Connection Error: DCID 3 domain: two.example IP: 198.51.100.25 port: 25"
                            + " details: Connection refused interface: 192.0.2.1 reason: network error"),
            line(
                    new DeliveryEvent.ConnectionFailed(
                            3, "two.example", THEIRS, 25, "timed out", Optional.empty(), "timeout"),
                    "Connection Error: DCID 3 domain: two.example IP: 198.51.100.25 port: 25"
                            + " details: timed out interface: any reason: timeout"),
            line(
                    new DeliveryEvent.Delayed(
                            3, 12, 1, new Failure("4.2.2", "over quota", Optional.of(452), "4.2.2 mailbox full")),
                    "Delayed: DCID 3 MID 12 to RID 1 - 4.2.2 - over quota ('452', ['4.2.2 mailbox full'])"),
            line(
                    new DeliveryEvent.Bounced(
                            0, 12, 1, new Failure("5.1.2", "no such domain", Optional.empty(), "two.example is not")),
                    "Bounced: DCID 0 MID 12 to RID 1 - 5.1.2 - no such domain ('000', ['two.example is not'])"),
            line(
                    new DeliveryEvent.NoticeGenerated(13, 12, NoticeKind.BOUNCE),
                    "MID 13 was generated for bounce of MID 12"),
            line(
                    new DeliveryEvent.NoticeGenerated(13, 12, NoticeKind.DELAY),
                    "MID 13 was generated for delay notice of MID 12"),
            line(
                    new DeliveryEvent.NoticeGenerated(13, 12, NoticeKind.RELAY),
                    "MID 13 was generated for relay notice of MID 12"),
            line(
                    new DeliveryEvent.NoticeWithheld(12, "it has the null sender"),
                    "MID 12 is not reported to its sender: it has the null sender"),
            line(new DeliveryEvent.Deleted(12, List.of(0, 2)), "MID 12 to RID [0, 2] deleted by operator"),
            line(
                    new DeliveryEvent.HostStateChanged("two.example", false, "no connection"),
                    "Host two.example is down: no connection"),
            line(
                    new DeliveryEvent.HostStateChanged("two.example", true, "a session was had"),
                    "Host two.example is up: a session was had"),
            line(
                    new DeliveryEvent.BroughtForward("two.example", 3),
                    "Host two.example is tried before its time (deliveries: 3): its DNS says something else now"),
            line(new SystemEvent.Started("0.1"), "Danelaw 0.1 started"),
            line(
                    new SystemEvent.SignaturesChecked("8 RSASHA256: JDK; 13 ECDSAP256SHA256: JDK"),
                    "DNSSEC signatures are checked by 8 RSASHA256: JDK; 13 ECDSAP256SHA256: JDK"),
            line(new SystemEvent.ResolverCapable("192.0.2.53:53"), "Resolver 192.0.2.53:53 can do DNSSEC"),
            line(new SystemEvent.SpoolOpened(5, 1), "Spool opened: 5 messages, 1 left-over files swept"));

    @ParameterizedTest
    @FieldSource("LINES")
    void saysItToTheLetterAtInfo(Golden golden) {
        assertThat(MailLog.lines(golden.event()))
                .isEqualTo(golden.lines().stream()
                        .map(text -> new LogLine(Level.INFO, text))
                        .toList());
    }

    @Override
    public List<LogLine> logged() {
        return LINES.stream()
                .flatMap(golden -> MailLog.lines(golden.event()).stream())
                .toList();
    }

    /// That all others are listed, too, the mark sees to.
    @Test
    @Shows({
        OWN_TURNED_AWAY,
        OWN_ICID_TLS_FAILED,
        OWN_REVERSE_FAILED,
        OWN_AUTH_SUCCEEDED,
        OWN_AUTH_FAILED,
        OWN_REFUSED,
        OWN_AUTH_CLAIMED,
        OWN_ABORTED,
        OWN_DELAY_GENERATED,
        OWN_RELAY_GENERATED,
        OWN_WITHHELD,
        OWN_DELETED,
        OWN_DISCARDED,
        OWN_HOST_STATE,
        OWN_TRIED_EARLY,
        OWN_STARTED,
        OWN_SPOOL_OPENED,
        OWN_SIGNATURES,
        OWN_RESOLVER_CAPABLE,
        OWN_COMMAND,
        OWN_USERS_READ,
        OWN_ALERT
    })
    void everyLineHasAForm() {
        assertThat(LINES).isNotEmpty();
    }

    @Test
    void everyKindOfEventHasAGoldenLineOrIsMoreThanInfo() {
        var shown = LINES.stream().map(row -> (Object) row.event().getClass()).toList();
        var louder = List.of(
                DeliveryEvent.PutBack.class,
                DeliveryEvent.StoppedWhileSending.class,
                SystemEvent.SpoolFailing.class,
                SystemEvent.SpoolRecovered.class,
                SystemEvent.ResolverLacking.class,
                SystemEvent.ResolverSilent.class,
                SystemEvent.TrustAnchorsChanged.class,
                SystemEvent.UsersUnreadable.class,
                SystemEvent.ClockSet.class,
                SystemEvent.Impaired.class,
                SystemEvent.AlertLost.class,
                SystemEvent.LogLinesDropped.class);

        assertThat(Stream.of(IntakeEvent.class, DeliveryEvent.class, SystemEvent.class)
                        .flatMap(family -> Stream.of(family.getPermittedSubclasses())))
                .allMatch(kind -> shown.contains(kind) || louder.contains(kind));
    }

    @Test
    void troubleOfOurOwnIsLouderThanInfo() {
        assertThat(MailLog.lines(new DeliveryEvent.PutBack("two.example", List.of(12L), "a bug")))
                .containsExactly(new LogLine(
                        Level.CRITICAL, "Put back MID [12] for two.example after a fault of our own: a bug"));
        assertThat(MailLog.lines(new SystemEvent.SpoolFailing("the spool's disk is full")))
                .containsExactly(new LogLine(
                        Level.CRITICAL, "Spool failing: the spool's disk is full; nothing that was accepted is lost"));
        assertThat(MailLog.lines(new SystemEvent.ResolverLacking("192.0.2.53:53", "does not do EDNS")))
                .containsExactly(new LogLine(
                        Level.CRITICAL, "Resolver 192.0.2.53:53 cannot be used for DANE: it does not do EDNS"));
        assertThat(MailLog.lines(new SystemEvent.ResolverSilent("192.0.2.53:53", "does not answer")))
                .containsExactly(new LogLine(Level.WARNING, "Resolver 192.0.2.53:53 does not answer"));
        assertThat(MailLog.lines(new SystemEvent.TrustAnchorsChanged("key 20326 of . is missing")))
                .containsExactly(new LogLine(Level.WARNING, "Trust anchors: key 20326 of . is missing"));
        assertThat(MailLog.lines(new SystemEvent.UsersUnreadable(List.of("users:2: no hash", "users:3: no name"))))
                .containsExactly(
                        new LogLine(Level.WARNING, "Users are those of before: users:2: no hash; users:3: no name"));
        assertThat(MailLog.lines(new SystemEvent.Impaired("no operator can be let in: too many open files")))
                .containsExactly(
                        new LogLine(Level.WARNING, "Impaired: no operator can be let in: too many open files"));
        assertThat(MailLog.lines(new SystemEvent.ClockSet(Duration.ofHours(24))))
                .containsExactly(
                        new LogLine(Level.WARNING, "Clock set forward by 1 d: queue ages go on by elapsed time"));
        assertThat(MailLog.lines(new SystemEvent.ClockSet(Duration.ofSeconds(-90))))
                .containsExactly(
                        new LogLine(Level.WARNING, "Clock set back by 1 min 30 s: queue ages go on by elapsed time"));
        assertThat(MailLog.lines(new SystemEvent.AlertLost("[warning] DANE fails for a.example", "the spool is full")))
                .containsExactly(new LogLine(
                        Level.WARNING, "Alert lost: [warning] DANE fails for a.example: the spool is full"));
        assertThat(MailLog.lines(new SystemEvent.SpoolRecovered()))
                .containsExactly(new LogLine(Level.WARNING, "Spool works again"));
    }

    @Test
    void nobodyOutsideCanStartALineOfHisOwn() {
        var forged = new DeliveryEvent.TlsFailed(3, "x\r\nTue Nov  3 10:00:00 2026 Info: DCID 4 TLS success for y");

        assertThat(MailLog.lines(forged).getFirst().text())
                .isEqualTo("DCID 3 TLS failed: x??Tue Nov  3 10:00:00 2026 Info: DCID 4 TLS success for y");
    }

    record Golden(Event event, List<String> lines) {}

    private static Golden line(Event event, String... lines) {
        return new Golden(event, List.of(lines));
    }
}
