package org.danelaw.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.dns.FailureText;
import org.danelaw.events.Events;
import org.danelaw.events.IntakeEvent;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.Spool;
import org.danelaw.queue.SpoolFullException;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.ContentFacts;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.Printable;
import org.danelaw.smtp.Reception.MailRequest;
import org.danelaw.smtp.Reception.Transaction;
import org.danelaw.smtp.Reply;
import org.danelaw.smtp.SmtpLimits;
import org.danelaw.smtp.Xtext;

/// One message on its way from a client into the spool.
final class IncomingMessage implements Transaction {
    private final ClientConnection connection;
    private final MailRequest request;
    private final Spool.Draft draft;
    private final ReceivedField received;
    private final Events events;
    private final List<Envelope.Recipient> recipients = new ArrayList<>();
    private MissingFields missing = MissingFields.NONE;
    private boolean aborted;

    IncomingMessage(ClientConnection connection, MailRequest request, Spool.Draft draft, ReceivedField received) {
        this.connection = connection;
        this.request = request;
        this.draft = draft;
        this.received = received;
        this.events = connection.services().events();
        events.accept(new IntakeEvent.MessageStarted(draft.id(), connection.icid()));
        events.accept(new IntakeEvent.From(draft.id(), connection.icid(), request.sender()));
        // RFC 4954 section 5: nobody is trusted to say who a message is from, so it goes on as from nobody known; what
        // was said is logged. We authenticate ourselves to no server, so AUTH= is never passed on.
        request.submitter()
                .filter(submitter -> !submitter.equals("<>"))
                .ifPresent(submitter -> events.accept(new IntakeEvent.SubmitterClaimed(
                        draft.id(), connection.icid(), Printable.of(Xtext.decode(submitter)))));
    }

    @Override
    public Reply recipient(Envelope.Recipient recipient) {
        Address address = recipient.address();
        if (recipients.size() >= connection.policy().limits().maxRecipients()) {
            // RFC 5321 section 4.5.3.1.10: the rest is for a transaction of its own.
            reject(address, "max-recipients");
            return Reply.of(
                    452, "4.5.3 at most " + connection.policy().limits().maxRecipients() + " recipients a message");
        }
        return switch (connection.accessOf(address)) {
            case RecipientAccess.Access.Accept _ -> take(recipient);
            case RecipientAccess.Access.Reject rejected -> {
                reject(address, "RAT");
                yield connection.unlessUndecided(rejected.asReply());
            }
        };
    }

    /// A recipient named twice gets one copy.
    private Reply take(Envelope.Recipient recipient) {
        boolean known = recipients.stream().anyMatch(taken -> taken.address().equals(recipient.address()));
        if (!known) {
            events.accept(new IntakeEvent.RecipientTaken(
                    draft.id(), connection.icid(), recipients.size(), recipient.address()));
            recipients.add(recipient);
        }
        return Reply.of(250, "2.1.5 ok");
    }

    private void reject(Address address, String by) {
        events.accept(new IntakeEvent.RecipientRejected(draft.id(), connection.icid(), address, by));
    }

    @Override
    public OutputStream content() throws IOException {
        OutputStream content = draft.content();
        content.write(received.octets(recipients, hereAndNow()));
        return content;
    }

    /// RFC 6409 section 8 is for who submits mail. What others hand on for our recipients is passed on as it is.
    @Override
    public byte[] missingFields(ContentFacts header) {
        missing = switch (connection.policy().action()) {
            case RELAY -> MissingFields.of(header, connection.services().hostname(), hereAndNow());
            case ACCEPT, REJECT, TCPREFUSE, CONTINUE -> MissingFields.NONE;
        };
        return missing.octets();
    }

    @Override
    public Reply commit(ContentFacts facts) {
        facts.messageId()
                .or(missing::messageId)
                .ifPresent(id -> events.accept(new IntakeEvent.MessageIdSeen(draft.id(), id)));
        facts.subject().ifPresent(subject -> events.accept(new IntakeEvent.SubjectSeen(draft.id(), subject)));
        if (facts.receivedFields() > SmtpLimits.RECEIVED_FIELDS) {
            // RFC 5321 section 6.3.
            String why = "the message goes in circles: it has " + facts.receivedFields() + " Received fields";
            abort(why);
            return Reply.of(554, "5.4.6 " + why);
        }
        events.accept(new IntakeEvent.Ready(draft.id(), facts.bytes(), request.sender()));
        try {
            draft.commit(message(facts));
        } catch (IOException failed) {
            return cannotStore(failed);
        }
        events.accept(new IntakeEvent.Queued(draft.id()));
        return Reply.of(250, "2.0.0 queued as " + draft.id());
    }

    private NewMessage message(ContentFacts facts) {
        Envelope.Needs needs = new Envelope.Needs(
                facts.eightBitHeader() || facts.eightBitBody(), request.smtpUtf8() && facts.eightBitHeader());
        return new NewMessage(
                new Envelope(request.sender(), recipients, needs, request.dsn()),
                connection.policy().name(),
                connection.policy().dane(),
                connection.bounceProfile(),
                now(),
                connection.origin());
    }

    private ZonedDateTime hereAndNow() {
        return now().atZone(ZoneId.systemDefault());
    }

    private Instant now() {
        return connection.services().clock().instant();
    }

    @Override
    public Reply cannotStore(IOException why) {
        abort("not stored: " + FailureText.of(why));
        return refusal(why);
    }

    /// What a client is told where the spool fails: why, but no names of files.
    static Reply refusal(IOException why) {
        return why instanceof SpoolFullException
                ? Reply.of(452, "4.3.1 there is no room for mail now, try again later")
                : Reply.of(451, "4.3.0 mail cannot be stored now, try again later");
    }

    @Override
    public void abort(String why) {
        if (!aborted) {
            aborted = true;
            tellAborted(why);
        }
    }

    private void tellAborted(String why) {
        events.accept(new IntakeEvent.Aborted(draft.id(), connection.icid(), why));
    }

    @Override
    public void close() {
        try {
            draft.close();
        } catch (IOException leftBehind) {
            // A draft that cannot be cleaned up was never promised to anybody; the spool sweeps it at its next start.
            tellAborted("its draft could not be removed: " + FailureText.of(leftBehind));
        }
    }
}
