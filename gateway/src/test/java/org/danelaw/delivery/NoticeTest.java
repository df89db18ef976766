package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.danelaw.queue.Mail;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.Next;
import org.danelaw.queue.Queued;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Content;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.Reply;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MultipartReport;
import org.junit.jupiter.api.Test;

/// What senders are told.
final class NoticeTest {
    private static final Instant NOW = Mail.RECEIVED.plus(Duration.ofDays(3));
    private static final String MESSAGE = "From: a@one.example\r\nSubject: Caf\u00e9\r\n\r\nBody line\r\n";

    private static final Why RELAYED = new Why(
            "2.0.0",
            "relayed",
            "mx.two.example took it.",
            Optional.of("mx.two.example"),
            Optional.of(new Reply(250, List.of("2.0.0 taken"))),
            List.of());
    private static final Why REPLIED = new Why(
            "5.1.1",
            "recipient refused",
            "mx.two.example answered 550 5.1.1 no such user",
            Optional.of("mx.two.example"),
            Optional.of(new Reply(550, List.of("5.1.1 no such user"))),
            List.of());

    private static final Why MISMATCH = new Why(
            "4.7.5",
            "server certificate not trusted",
            "The certificate of mx.two.example is not the one that was required.",
            Optional.of("mx.two.example"),
            Optional.empty(),
            List.of("Publish this record:", "  _25._tcp.mx.two.example. IN TLSA 3 1 1 abcd"));

    @Test
    void aBounceHasTheThreePartsOfRfc3464() throws Exception {
        var report = report(queued(Envelope.Dsn.NONE, recipient("b@two.example")), bounce(new Cause.Replied(REPLIED)));
        var parts = (MultipartReport) report.getContent();

        assertThat(report.getContentType()).startsWith("multipart/report").contains("report-type=delivery-status");
        assertThat(report.getHeader("Auto-Submitted")).containsExactly("auto-replied");
        assertThat(report.getHeader("To")).containsExactly("<a@one.example>");
        assertThat(parts.getCount()).isEqualTo(3);
        assertThat(parts.getText())
                .contains("This is the mail gateway gw.example.")
                .contains("<b@two.example>")
                .contains("The mail host mx.two.example said: 550 5.1.1 no such user");
        assertThat(fields(parts))
                .contains("Reporting-MTA: dns; gw.example")
                .contains("Arrival-Date: Thu, 1 Jan 2026 00:00:00 +0000")
                .contains("Final-Recipient: rfc822; b@two.example")
                .contains("Action: failed")
                .contains("Status: 5.1.1")
                .contains("Remote-MTA: dns; mx.two.example")
                .contains("Diagnostic-Code: smtp; 550 5.1.1 no such user");
        assertThat(parts.getBodyPart(2).getContentType()).startsWith("message/rfc822");
        assertThat(text(report)).contains(MESSAGE);
    }

    @Test
    void anExpiredDaneMismatchSaysInPlainWordsWhichHostAndRecordAndWhatToPublish() throws Exception {
        var report = report(queued(Envelope.Dsn.NONE, recipient("b@two.example")), bounce(Settler.expired(MISMATCH)));
        var parts = (MultipartReport) report.getContent();

        assertThat(parts.getText())
                .contains("It was tried for 3 days without success. At the last attempt:")
                .contains("The certificate of mx.two.example is not the one that was required.")
                .contains("What the operator of mx.two.example must do (please pass this on):")
                .contains("_25._tcp.mx.two.example. IN TLSA 3 1 1 abcd");
        assertThat(fields(parts)).contains("Status: 5.7.5").contains("Diagnostic-Code: x-danelaw; The certificate");
    }

    @Test
    void aDelayNoticeSaysHowLongItIsTriedAndIsNoFailure() throws Exception {
        var kind = new Notice.Kind.Delay(Map.of(0, MISMATCH), Mail.RECEIVED.plus(Duration.ofDays(3)));
        var queued = queued(Envelope.Dsn.NONE, recipient("b@two.example"));
        var report = parse(Notice.of(queued, kind, "gw.example", Mail.RECEIVED.plus(Duration.ofHours(4))));
        var parts = (MultipartReport) report.getContent();

        assertThat(report.getSubject()).contains("delayed");
        assertThat(parts.getText())
                .contains("has been waiting for 4 hours")
                .contains("it is tried until Sun, 4 Jan 2026 00:00:00 +0000");
        assertThat(fields(parts))
                .contains("Action: delayed")
                .contains("Status: 4.7.5")
                .contains("Will-Retry-Until: Sun, 4 Jan 2026 00:00:00 +0000");
    }

    @Test
    void ofALargeMessageOnlyTheHeaderComesBackUnlessItsSenderSaidOtherwise() throws Exception {
        var large = MESSAGE + "long line of text\r\n".repeat(1_000);
        var recipient = recipient("b@two.example");

        assertThat(returned(queued(Envelope.Dsn.NONE, large, recipient))).isEqualTo("text/rfc822-headers");
        assertThat(returned(queued(ret("FULL"), large, recipient))).isEqualTo("message/rfc822");
        assertThat(returned(queued(ret("HDRS"), MESSAGE, recipient))).isEqualTo("text/rfc822-headers");
        assertThat(returned(queued(Envelope.Dsn.NONE, MESSAGE, recipient))).isEqualTo("message/rfc822");
        assertThat(text(report(queued(ret("HDRS"), MESSAGE, recipient), bounce(new Cause.Replied(REPLIED)))))
                .contains("Subject: ")
                .doesNotContain("Body line");
    }

    @Test
    void whatTheClientSaidOfTheMessageComesBackInTheFields() throws Exception {
        var recipient = new Envelope.Recipient(
                Mail.address("b@two.example"), Optional.empty(), Optional.of("rfc822;old+2Bname@two.example"));
        var dsn = new Envelope.Dsn(Optional.empty(), Optional.of("QQ+2B314"));
        var parts = (MultipartReport) report(queued(dsn, recipient), bounce(new Cause.Replied(REPLIED)))
                .getContent();

        assertThat(fields(parts))
                .contains("Original-Envelope-Id: QQ+314")
                .contains("Original-Recipient: rfc822;old+name@two.example");
    }

    @Test
    void theNullSenderIsNeverToldOfAnything() {
        var queued = new Queued(
                1,
                Mail.from(Optional.empty(), "b@two.example"),
                List.of(new Queued.State(0, 1, new Next.Attempt(NOW), Optional.empty())),
                content(MESSAGE));

        assertThat(Notice.of(queued, bounce(new Cause.Replied(REPLIED)), "gw.example", NOW))
                .isEqualTo(new Notice.Withheld("it has the null sender"));
    }

    @Test
    void notifySaysWhoIsToldOfWhat() {
        var failure = bounce(new Cause.Replied(REPLIED));
        var delay = new Notice.Kind.Delay(Map.of(0, MISMATCH), NOW);

        assertThat(isTold("NEVER", failure)).isFalse();
        assertThat(isTold("NEVER", delay)).isFalse();
        assertThat(isTold("SUCCESS", failure)).isFalse();
        assertThat(isTold("FAILURE", failure)).isTrue();
        assertThat(isTold("success,failure", failure)).isTrue();
        assertThat(isTold("FAILURE", delay)).isFalse();
        assertThat(isTold("FAILURE,DELAY", delay)).isTrue();
        var relayed = new Notice.Kind.Relayed(Map.of(0, RELAYED));
        assertThat(isTold("SUCCESS,FAILURE", relayed)).isTrue();
        assertThat(isTold("FAILURE", relayed)).isFalse();
    }

    /// RFC 3461 section 5.2.2, RFC 3464 section 2.3.3.
    @Test
    void aReportOfMailThatWasPassedOnIsNoFailure() throws Exception {
        var recipient = new Envelope.Recipient(Mail.address("b@two.example"), Optional.of("SUCCESS"), Optional.empty());
        var report = report(queued(Envelope.Dsn.NONE, recipient), new Notice.Kind.Relayed(Map.of(0, RELAYED)));
        var parts = (MultipartReport) report.getContent();

        assertThat(report.getSubject()).isEqualTo("Mail was passed on");
        assertThat(parts.getText()).contains("<b@two.example>", "mx.two.example took it");
        assertThat(fields(parts))
                .contains("Action: relayed")
                .contains("Status: 2.0.0")
                .contains("Diagnostic-Code: smtp; 250 2.0.0 taken");
    }

    @Test
    void whoDidNotAskHearsNothingOfSuccess() {
        var queued = queued(Envelope.Dsn.NONE, recipient("b@two.example"));

        assertThat(Notice.of(queued, new Notice.Kind.Relayed(Map.of(0, RELAYED)), "gw.example", NOW))
                .isInstanceOf(Notice.Withheld.class);
    }

    @Test
    void aReportIsOwnMailWithTheNullSenderUnderRelay() {
        var queued = queued(Envelope.Dsn.NONE, recipient("b@two.example"));
        var ready = (Notice.Ready) Notice.of(queued, bounce(new Cause.Replied(REPLIED)), "gw.example", NOW);

        assertThat(ready.message().envelope().sender()).isEmpty();
        assertThat(ready.message().envelope().recipients())
                .containsExactly(new Envelope.Recipient(new Address("a", "one.example")));
        assertThat(ready.message().policy()).isEqualTo("RELAY");
        assertThat(ready.message().dane()).isTrue();
    }

    @Test
    void everyLineOfAReportEndsAsSmtpWantsIt() throws IOException {
        var ready = (Notice.Ready) Notice.of(
                queued(Envelope.Dsn.NONE, recipient("b@two.example")),
                bounce(Settler.expired(MISMATCH)),
                "gw.example",
                NOW);
        var out = new ByteArrayOutputStream();
        ready.report().writeTo(out);

        assertThat(out.toString(ISO_8859_1).replace("\r\n", ""))
                .doesNotContain("\n")
                .doesNotContain("\r");
        assertThat(out.toString(ISO_8859_1)).endsWith("\r\n");
    }

    private static boolean isTold(String notify, Notice.Kind kind) {
        var recipient = new Envelope.Recipient(Mail.address("b@two.example"), Optional.of(notify), Optional.empty());
        return Notice.of(queued(Envelope.Dsn.NONE, recipient), kind, "gw.example", NOW) instanceof Notice.Ready;
    }

    private static Envelope.Dsn ret(String ret) {
        return new Envelope.Dsn(Optional.of(ret), Optional.empty());
    }

    @Test
    void aRecipientOutsideOfAsciiIsNamedInAFormThatAnyHostCanCarry() throws Exception {
        var report = report(
                queued(Envelope.Dsn.NONE, recipient("jos\u00e9+a@two.example")), bounce(new Cause.Replied(REPLIED)));

        assertThat(fields((MultipartReport) report.getContent()))
                .contains("Final-Recipient: utf-8; jos\\x{E9}\\x{2B}a@two.example");
    }

    @Test
    void aReportOnMailThatNeededSmtputf8NeedsItOnItsWayBack() {
        assertThat(needsOfTheReport("a@one.example", true)).isTrue();
        assertThat(needsOfTheReport("jos\u00e9@one.example", false)).isTrue();
        assertThat(needsOfTheReport("a@one.example", false)).isFalse();
    }

    private static boolean needsOfTheReport(String sender, boolean smtpUtf8) {
        var envelope = new Envelope(
                Optional.of(Mail.address(sender)),
                List.of(recipient("b@two.example")),
                new Envelope.Needs(true, smtpUtf8),
                Envelope.Dsn.NONE);
        var queued = new Queued(
                1,
                new NewMessage(envelope, "RELAYED", true, "default", Mail.RECEIVED, "test"),
                List.of(new Queued.State(0, 1, new Next.Attempt(NOW), Optional.empty())),
                content(MESSAGE));
        var notice = Notice.of(queued, bounce(new Cause.Replied(REPLIED)), "gw.example", NOW);
        return ((Notice.Ready) notice).message().envelope().needs().smtpUtf8();
    }

    private static Envelope.Recipient recipient(String address) {
        return new Envelope.Recipient(Mail.address(address));
    }

    private static Notice.Kind bounce(Cause cause) {
        var causes = new LinkedHashMap<Integer, Cause>();
        causes.put(0, cause);
        return new Notice.Kind.Bounce(causes);
    }

    private static Queued queued(Envelope.Dsn dsn, Envelope.Recipient recipient) {
        return queued(dsn, MESSAGE, recipient);
    }

    private static Queued queued(Envelope.Dsn dsn, String message, Envelope.Recipient recipient) {
        var envelope = new Envelope(
                Optional.of(Mail.address("a@one.example")), List.of(recipient), new Envelope.Needs(true, false), dsn);
        return new Queued(
                1,
                new NewMessage(envelope, "RELAYED", true, "default", Mail.RECEIVED, "test"),
                List.of(new Queued.State(0, 1, new Next.Attempt(NOW), Optional.empty())),
                content(message));
    }

    private static Content content(String text) {
        return new Content() {
            @Override
            public long size() {
                return text.getBytes(UTF_8).length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(text.getBytes(UTF_8));
            }
        };
    }

    private static String returned(Queued queued) throws Exception {
        var parts = (MultipartReport)
                report(queued, bounce(new Cause.Replied(REPLIED))).getContent();
        return parts.getBodyPart(2).getContentType().split(";", 2)[0];
    }

    private static MimeMessage report(Queued queued, Notice.Kind kind) throws Exception {
        return parse(Notice.of(queued, kind, "gw.example", NOW));
    }

    private static MimeMessage parse(Notice notice) throws IOException, MessagingException {
        var out = new ByteArrayOutputStream();
        ((Notice.Ready) notice).report().writeTo(out);
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(out.toByteArray()));
    }

    private static String fields(MultipartReport report) throws Exception {
        var out = new ByteArrayOutputStream();
        ((DeliveryStatus) report.getReport()).writeTo(out);
        return out.toString(UTF_8);
    }

    private static String text(MimeMessage message) throws Exception {
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toString(UTF_8);
    }
}
