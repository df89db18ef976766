package org.danelaw.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.danelaw.queue.Queued;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.Xtext;
import org.eclipse.angus.mail.dsn.DeliveryStatus;
import org.eclipse.angus.mail.dsn.MessageHeaders;
import org.eclipse.angus.mail.dsn.MultipartReport;

/// The content of a report to a sender: a text for people, fields for programs (RFC 3464), and the
/// message or its header (RFC 3462).
final class DeliveryReport {
    /// A message up to this size comes back whole, unless its sender said otherwise.
    private static final long LARGEST_RETURNED_OCTETS = 10 << 10;

    /// As much of a header as is returned.
    private static final int LARGEST_HEADER_OCTETS = 64 << 10;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final Session NO_SESSION = Session.getInstance(new Properties());

    private final Queued queued;
    private final Notice.Kind kind;
    private final List<Integer> rids;
    private final String hostname;
    private final Instant now;

    DeliveryReport(Queued queued, Notice.Kind kind, List<Integer> rids, String hostname, Instant now) {
        this.queued = queued;
        this.kind = kind;
        this.rids = rids;
        this.hostname = hostname;
        this.now = now;
    }

    void writeTo(OutputStream out) throws IOException {
        try {
            var text = new ReportText(kind, hostname, queued.message().received(), now);
            var report = new MultipartReport(text.of(fates()).replace("\n", "\r\n"), fields());
            report.setReturnedMessage(original());
            message(text.subject(), report).writeTo(out);
        } catch (MessagingException wrong) {
            throw new IllegalStateException("a report could not be put together", wrong);
        }
    }

    private MimeMessage message(String subject, MultipartReport report) throws MessagingException {
        var message = new MimeMessage(NO_SESSION) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<report-" + queued.mid() + "-" + now.toEpochMilli() + "@" + hostname + ">");
            }
        };
        message.setHeader("From", "Mail Delivery System <MAILER-DAEMON@" + hostname + ">");
        message.setHeader("To", "<" + queued.message().envelope().sender().orElseThrow() + ">");
        message.setHeader("Date", date(now));
        // RFC 3834 section 5: nobody's vacation program is to answer this.
        message.setHeader("Auto-Submitted", "auto-replied");
        message.setSubject(subject);
        message.setContent(report);
        message.saveChanges();
        return message;
    }

    private List<ReportText.Fate> fates() {
        return rids.stream()
                .map(rid -> new ReportText.Fate(recipient(rid).address().toString(), why(rid)))
                .toList();
    }

    /// RFC 3464 section 2: first what holds for the message, then what became of each recipient.
    private DeliveryStatus fields() throws MessagingException {
        var fields = new DeliveryStatus();
        var ofMessage = new InternetHeaders();
        queued.message()
                .envelope()
                .dsn()
                .envelopeId()
                .flatMap(DeliveryReport::decoded)
                .ifPresent(id -> ofMessage.addHeader("Original-Envelope-Id", id));
        ofMessage.addHeader("Reporting-MTA", "dns; " + hostname);
        ofMessage.addHeader("Arrival-Date", date(queued.message().received()));
        fields.setMessageDSN(ofMessage);
        for (var rid : rids) {
            fields.addRecipientDSN(fields(rid));
        }
        return fields;
    }

    private InternetHeaders fields(int rid) {
        var why = why(rid);
        var fields = new InternetHeaders();
        recipient(rid)
                .originalRecipient()
                .flatMap(DeliveryReport::decoded)
                .ifPresent(original -> fields.addHeader("Original-Recipient", original));
        fields.addHeader("Final-Recipient", typed(recipient(rid).address()));
        switch (kind) {
            case Notice.Kind.Bounce bounce -> {
                fields.addHeader("Action", "failed");
                fields.addHeader("Status", StatusCode.permanentOf(why.status()));
            }
            case Notice.Kind.Relayed relayed -> {
                fields.addHeader("Action", "relayed");
                fields.addHeader("Status", why.status());
            }
            case Notice.Kind.Delay(var reasons, var until) -> {
                fields.addHeader("Action", "delayed");
                fields.addHeader("Status", StatusCode.transientOf(why.status()));
                fields.addHeader("Will-Retry-Until", date(until));
            }
        }
        why.host().ifPresent(host -> fields.addHeader("Remote-MTA", "dns; " + host));
        why.reply()
                .ifPresentOrElse(
                        reply -> fields.addHeader("Diagnostic-Code", "smtp; " + reply.code() + " " + reply.text()),
                        // RFC 3464 section 2.3.6: a diagnosis of our own has a type of our own.
                        () -> fields.addHeader("Diagnostic-Code", "x-danelaw; " + oneLine(why.sentence())));
        fields.addHeader("Last-Attempt-Date", date(now));
        return fields;
    }

    /// RFC 6533 section 3: an address outside of ASCII has a type of its own, and in a report that any host
    /// can carry a form in ASCII (utf-8-addr-xtext).
    private static String typed(Address address) {
        return address.needsSmtpUtf8() ? "utf-8; " + inAscii(address.toString()) : "rfc822; " + address;
    }

    private static String inAscii(String address) {
        return address.codePoints()
                .mapToObj(point -> point > ' ' && point < 0x7f && "+=\\".indexOf(point) < 0
                        ? Character.toString(point)
                        : "\\x{" + Integer.toHexString(point).toUpperCase(Locale.ROOT) + "}")
                .collect(Collectors.joining());
    }

    private Envelope.Recipient recipient(int rid) {
        var index = queued.states().stream().map(Queued.State::rid).toList().indexOf(rid);
        return queued.message().envelope().recipients().get(index);
    }

    private Why why(int rid) {
        var why = kind.reasons().get(rid);
        if (why == null) {
            throw new IllegalArgumentException("RID " + rid + " has no reason to be reported");
        }
        return why;
    }

    private MimeMessage original() throws IOException, MessagingException {
        try (var in = queued.content().open()) {
            return returnsWhole()
                    ? new MimeMessage(NO_SESSION, in)
                    : new MessageHeaders(header(in.readNBytes(LARGEST_HEADER_OCTETS)));
        }
    }

    /// RFC 3461 section 4.3: RET says how much comes back, where it was given.
    private boolean returnsWhole() {
        return switch (queued.message()
                .envelope()
                .dsn()
                .ret()
                .map(ret -> ret.toUpperCase(Locale.ROOT))
                .orElse("")) {
            case "FULL" -> kind instanceof Notice.Kind.Bounce;
            case "HDRS" -> false;
            default -> queued.content().size() <= LARGEST_RETURNED_OCTETS;
        };
    }

    private static InternetHeaders header(byte[] beginning) throws MessagingException {
        return new InternetHeaders(new ByteArrayInputStream(beginning));
    }

    private static Optional<String> decoded(String xtext) {
        return Xtext.isXtext(xtext) ? Optional.of(oneLine(Xtext.decode(xtext))) : Optional.empty();
    }

    /// A header field is one line, whatever a client put into it.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    static String date(Instant at) {
        return DATE.format(at);
    }
}
