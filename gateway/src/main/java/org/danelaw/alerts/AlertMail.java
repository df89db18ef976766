package org.danelaw.alerts;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.Spool;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Envelope;

/// A mail to one administrator with what is to be told at one moment: own mail from the null sender, as reports to
/// senders are, so that nothing is ever reported on it.
record AlertMail(Address to, List<Report> reports, String hostname, Instant now) {
    /// Reports that one mail has in full; how many more there are, it says.
    static final int MOST_IN_FULL = 50;

    /// Own mail counts as taken in under this policy.
    private static final String POLICY = "RELAY";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final Session NO_SESSION = Session.getInstance(new Properties());

    AlertMail {
        reports = List.copyOf(reports);
    }

    /// Puts it into the queue, and returns its MID.
    long queue(Spool spool) throws IOException {
        var envelope = new Envelope(
                Optional.empty(), List.of(new Envelope.Recipient(to)), Envelope.Needs.NONE, Envelope.Dsn.NONE);
        try (var draft = spool.draft()) {
            writeTo(draft.content(), draft.id());
            draft.commit(
                    new NewMessage(envelope, POLICY, true, BounceProfile.DEFAULT_NAME, now, "alert by " + hostname));
            return draft.id();
        }
    }

    private void writeTo(OutputStream out, long mid) throws IOException {
        try {
            var message = new MimeMessage(NO_SESSION) {
                @Override
                protected void updateMessageID() throws MessagingException {
                    setHeader("Message-ID", "<alert-" + mid + "-" + now.toEpochMilli() + "@" + hostname + ">");
                }
            };
            message.setHeader("From", "Danelaw <MAILER-DAEMON@" + hostname + ">");
            message.setHeader("To", "<" + to + ">");
            message.setHeader("Date", DATE.format(now));
            // RFC 3834 section 5: nobody's vacation program is to answer this.
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setSubject(subject(), StandardCharsets.UTF_8.name());
            message.setText(text().replace("\n", "\r\n"), StandardCharsets.UTF_8.name());
            message.saveChanges();
            message.writeTo(out);
        } catch (MessagingException wrong) {
            throw new IllegalStateException("an alert could not be put together", wrong);
        }
    }

    String subject() {
        var more = reports.size() - 1;
        return hostname + ": " + reports.getFirst().summary() + (more == 0 ? "" : ", and " + more + " more");
    }

    String text() {
        var more = reports.size() - MOST_IN_FULL;
        return "This is the mail gateway " + hostname + ".\n\n"
                + reports.stream().limit(MOST_IN_FULL).map(Report::text).collect(Collectors.joining("\n"))
                + (more > 0 ? "\nThere are " + more + " more; `danelaw cli tophosts` shows which mail waits.\n" : "");
    }
}
