package org.danelaw.smtp;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.danelaw.dns.FailureText;

/// One SMTP connection, seen from the server: a blocking loop that reads a command, obeys or refuses it, and answers.
/// [#run] belongs to one thread; [#shutDown], [#cutOff] and [#abort] may be called from any other.
public final class SmtpServer implements Runnable {
    private static final int SERVICE_CLOSING = 421;
    private static final Reply OK = Reply.of(250, "2.0.0 ok");

    /// How far the dialogue has come.
    private sealed interface Phase {
        /// Refused in the greeting: RFC 5321 section 3.1 leaves the client nothing but QUIT.
        record TurnedAway() implements Phase {}

        record Connected() implements Phase {}

        /// @param mailWasPutOff whether the last MAIL was refused for now: what a client sent behind it is none of its
        /// faults
        record Greeted(Reception.ClientFacts client, boolean mailWasPutOff) implements Phase {
            Greeted(Reception.ClientFacts client) {
                this(client, false);
            }
        }

        record Mailing(
                Reception.ClientFacts client, boolean smtpUtf8, Reception.Transaction transaction, int recipientsTaken)
                implements Phase {
            Mailing withOneMore() {
                return new Mailing(client, smtpUtf8, transaction, recipientsTaken + 1);
            }
        }

        /// The content has begun, in chunks. Where it is refused, the chunks that the client has on their way already
        /// are refused like the first, up to the last one or RSET (RFC 3030 section 2).
        record Chunked(Reception.ClientFacts client, Reception.Transaction transaction, IncomingContent content)
                implements Phase {}
    }

    private final Wire wire;
    private final Reception reception;
    private final ServerTimeouts timeouts;
    private final CommandReader commands;
    private final ReplyWriter replies;
    private final Ending ending;
    private final Login login;
    private final ChunkReader chunks;
    private Phase phase = new Phase.Connected();
    private Optional<SSLSession> tls = Optional.empty();
    private Deadline messageDue;
    private boolean over;
    private Optional<String> user = Optional.empty();
    private int errors;
    private int idleCommands;

    public SmtpServer(Socket connected, Reception reception, ServerTimeouts timeouts) throws IOException {
        this.wire = new Wire(connected, timeouts.reply());
        this.reception = reception;
        this.timeouts = timeouts;
        this.commands =
                new CommandReader(wire, new CommandParser(reception.offer().hostname()));
        this.replies = new ReplyWriter(wire);
        this.ending = new Ending(wire, replies, reception);
        this.login = new Login(reception, commands, ending, this::answerNow, timeouts.failedLogin());
        this.chunks = new ChunkReader(wire, timeouts.idle());
        this.messageDue = Deadline.in(timeouts.message());
    }

    /// Holds the dialogue until either side ends it. Never throws for anything that the client does.
    @Override
    public void run() {
        String end = "the client has ended the session";
        try {
            greet();
            while (!over) {
                obey(next());
            }
            wire.flush();
        } catch (SocketTimeoutException silent) {
            end = "the client was silent for too long";
            ending.lastWord(Reply.of(SERVICE_CLOSING, "4.4.2 you were silent for too long, closing the connection"));
        } catch (EndlessDataException endless) {
            end = words(endless);
            ending.lastWord(endless.refusal());
        } catch (IOException gone) {
            end = "the connection broke: " + words(gone);
        } finally {
            dropTransaction(ending.isOurs() ? "the gateway is shutting down" : end);
            ending.close();
        }
    }

    private static String words(IOException failure) {
        return Printable.of(FailureText.of(failure));
    }

    /// Ends the session with 421 as soon as no transaction is open: at once where the client is being waited for.
    public void shutDown() {
        ending.betweenTransactions();
    }

    /// Ends the session with 421 as soon as the client is waited for: a message whose end has not come is given up, one
    /// that is being stored is still answered.
    public void cutOff() {
        ending.atOnce();
    }

    /// Closes the connection without a word; a message that has not had its 250 is given up.
    public void abort() {
        wire.close();
    }

    private void greet() throws IOException {
        Reply greeting = reception.greeting();
        if (!greeting.isPositive()) {
            phase = new Phase.TurnedAway();
        }
        answer(greeting);
    }

    private Command next() throws IOException {
        Deadline deadline = Deadline.in(timeouts.idle()).orEarlier(messageDue);
        return ending.fromClient(during(), () -> commands.next(deadline));
    }

    private Ending.During during() {
        return switch (phase) {
            case Phase.TurnedAway _, Phase.Connected _, Phase.Greeted _ -> Ending.During.NO_TRANSACTION;
            case Phase.Mailing _, Phase.Chunked _ -> Ending.During.A_TRANSACTION;
        };
    }

    private void obey(Command command) throws IOException {
        if (phase instanceof Phase.TurnedAway) {
            obeyTurnedAway(command);
            return;
        }
        switch (command) {
            case Command.Hello hello -> hello(hello);
            case Command.StartTls _ -> startTls();
            case Command.Authenticate auth -> authenticate(auth);
            case Command.Mail mail -> mail(mail.request());
            case Command.Recipient recipient -> recipient(recipient.recipient());
            case Command.Data _ -> data();
            case Command.Chunk chunk -> chunk(chunk);
            case Command.Reset _ -> reset();
            case Command.NoOperation _ -> idle(OK);
            // RFC 5321 section 3.5.3: who may be mailed is not told.
            case Command.Verify _ -> idle(Reply.of(252, "2.0.0 try RCPT"));
            case Command.Help _ -> idle(Reply.of(214, "2.0.0 see RFC 5321, and your administrator"));
            case Command.Quit _ -> quit();
            case Command.Refused refused -> refuse("command", refused.reply());
            case Command.Unreadable unreadable -> hangUp(unreadable.reply());
        }
    }

    /// RFC 5321 section 3.1: after a refusal in the greeting every command but QUIT is answered 503.
    private void obeyTurnedAway(Command command) throws IOException {
        switch (command) {
            case Command.Quit _ -> quit();
            case Command.Unreadable unreadable -> hangUp(unreadable.reply());
            case Command.Chunk chunk -> refuse("BDAT", discard(chunk, turnedAway()));
            case Command.Hello _,
                    Command.StartTls _,
                    Command.Authenticate _,
                    Command.Mail _,
                    Command.Recipient _,
                    Command.Data _,
                    Command.Reset _,
                    Command.NoOperation _,
                    Command.Verify _,
                    Command.Help _,
                    Command.Refused _ -> refuse("command", turnedAway());
        }
    }

    private static Reply turnedAway() {
        return Reply.of(503, "5.7.1 you were turned away, say QUIT");
    }

    /// RFC 5321 section 4.1.4: a new hello ends whatever transaction was open.
    private void hello(Command.Hello hello) throws IOException {
        dropTransaction("the client said hello anew");
        phase = new Phase.Greeted(new Reception.ClientFacts(hello.name(), hello.extended(), tls, user));
        Reception.Offer offer = reception.offer();
        idle(hello.extended() ? extensions(offer) : Reply.of(250, offer.hostname()));
    }

    private Reply extensions(Reception.Offer offer) {
        List<String> lines =
                new ArrayList<>(List.of(offer.hostname(), "PIPELINING", "SIZE " + offer.maxMessageBytes(), "CHUNKING"));
        if (offer.tls().isPresent() && tls.isEmpty()) {
            lines.add("STARTTLS");
        }
        // RFC 4954 section 4: not in clear text, where PLAIN and LOGIN tell everybody the password.
        if (offer.auth() && tls.isPresent() && user.isEmpty()) {
            lines.add("AUTH " + AuthExchange.MECHANISMS);
        }
        lines.addAll(List.of("ENHANCEDSTATUSCODES", "8BITMIME", "DSN", "SMTPUTF8"));
        return new Reply(250, lines);
    }

    private void startTls() throws IOException {
        Optional<SSLContext> context = reception.offer().tls();
        switch (phase) {
            case Phase.Greeted _ when tls.isPresent() -> refuse("STARTTLS", Reply.of(503, "5.5.1 TLS is already on"));
            case Phase.Greeted _ when context.isEmpty() -> refuse("STARTTLS", Reply.of(502, "5.5.1 no TLS is offered"));
            case Phase.Greeted _ -> startTls(context.get());
            case Phase.Mailing _, Phase.Chunked _ ->
                refuse("STARTTLS", Reply.of(503, "5.5.1 not inside a transaction"));
            case Phase.Connected _, Phase.TurnedAway _ -> refuse("STARTTLS", sayHelloFirst());
        }
    }

    private void startTls(SSLContext context) throws IOException {
        // RFC 3207 section 4 and CVE-2011-0411: what is behind STARTTLS in clear text must not count behind TLS.
        if (wire.hasInput()) {
            reception.tlsFailed("the client, or somebody on the way, sent plain text behind STARTTLS");
            hangUp(Reply.of(
                    SERVICE_CLOSING, "4.5.0 STARTTLS must be the last command before TLS, closing the connection"));
            return;
        }
        answerNow(Reply.of(220, "2.0.0 go ahead"));
        try {
            tls = Optional.of(wire.acceptTls(context, timeouts.handshake()));
        } catch (IOException failed) {
            ending.amidTheClientsWords();
            reception.tlsFailed(words(failed));
            throw failed;
        }
        // RFC 3207 section 4.2: all that the client said before is forgotten.
        phase = new Phase.Connected();
        reception.secured(tls.get());
    }

    private void authenticate(Command.Authenticate auth) throws IOException {
        switch (phase) {
            case Phase.Greeted _
            when !reception.offer().auth() -> refuse("AUTH", Reply.of(502, "5.5.1 AUTH is not offered here"));
            // RFC 4954 section 4: the password went over the wire already, but never counts.
            case Phase.Greeted _
            when tls.isEmpty() -> refuse("AUTH", Reply.of(538, "5.7.11 no password in clear text: say STARTTLS first"));
            case Phase.Greeted _
            when user.isPresent() -> refuse("AUTH", Reply.of(503, "5.5.1 you have authenticated yourself already"));
            case Phase.Greeted greeted -> authenticate(auth, greeted.client());
            case Phase.Mailing _, Phase.Chunked _ -> refuse("AUTH", Reply.of(503, "5.5.1 not inside a transaction"));
            case Phase.Connected _, Phase.TurnedAway _ -> refuse("AUTH", sayHelloFirst());
        }
    }

    private void authenticate(Command.Authenticate auth, Reception.ClientFacts client) throws IOException {
        switch (login.hold(auth, Deadline.in(timeouts.idle()).orEarlier(messageDue))) {
            case Login.Outcome.Granted(var name) -> {
                user = Optional.of(name);
                phase = new Phase.Greeted(
                        new Reception.ClientFacts(client.name(), client.extended(), client.tls(), user));
                idle(Reply.of(235, "2.7.0 welcome"));
            }
            case Login.Outcome.Refused(var reply) -> refuse("AUTH", reply);
            case Login.Outcome.HungUp(var reply) -> hangUp(reply);
        }
    }

    private void mail(Reception.MailRequest request) throws IOException {
        switch (phase) {
            // RFC 5321 section 4.1.1.11: a parameter of an extension that is not offered.
            case Phase.Greeted _
            when request.submitter().isPresent() && !reception.offer().auth() ->
                refuse("MAIL", Reply.of(555, "5.5.4 AUTH: not offered here"));
            case Phase.Greeted greeted -> mail(request, greeted.client());
            case Phase.Mailing _, Phase.Chunked _ ->
                misplaced("MAIL", Reply.of(503, "5.5.1 one message at a time: say RSET first"));
            case Phase.Connected _, Phase.TurnedAway _ -> misplaced("MAIL", sayHelloFirst());
        }
    }

    private void mail(Reception.MailRequest request, Reception.ClientFacts client) throws IOException {
        switch (reception.mail(request, client)) {
            case Reception.Admission.Refused(var reply) -> {
                phase = new Phase.Greeted(client, reply.isTransient());
                refuse("MAIL", reply);
            }
            case Reception.Admission.Admitted admitted -> {
                phase = new Phase.Mailing(client, request.smtpUtf8(), admitted.transaction(), 0);
                answer(Reply.of(250, "2.1.0 ok"));
            }
        }
    }

    private void recipient(Envelope.Recipient recipient) throws IOException {
        if (!(phase instanceof Phase.Mailing mailing)) {
            misplaced("RCPT", outOfPlace("say MAIL first"));
            return;
        }
        Reply reply = recipient.address().needsSmtpUtf8() && !mailing.smtpUtf8()
                ? CommandParser.needsSmtpUtf8().reply()
                : mailing.transaction().recipient(recipient);
        if (reply.isPositive()) {
            phase = mailing.withOneMore();
            answer(reply);
        } else {
            refuse("RCPT", reply);
        }
    }

    private void data() throws IOException {
        if (!(phase instanceof Phase.Mailing mailing)) {
            misplaced("DATA", outOfPlace("say MAIL and RCPT first"));
        } else if (mailing.recipientsTaken() == 0) {
            misplaced("DATA", noRecipient());
        } else {
            conclude("DATA", mailing.client(), mailing.transaction(), receive(mailing.transaction()));
        }
    }

    private Reply outOfPlace(String before) {
        return Reply.of(
                503,
                "5.5.1 "
                        + (phase instanceof Phase.Chunked
                                ? "the content has begun in chunks: send them up to the last, or say RSET"
                                : before));
    }

    private static Reply noRecipient() {
        return Reply.of(554, "5.5.1 there is no valid recipient");
    }

    private IncomingContent.Result receive(Reception.Transaction transaction) throws IOException {
        IncomingContent content = contentOf(transaction);
        if (content.fault().isPresent()) {
            return content.end();
        }
        answerNow(Reply.of(354, "go ahead, end with a dot on a line of its own"));
        DataReader data = new DataReader(wire, content);
        return ending.fromClient(during(), () -> data.read(timeouts.idle(), messageDue));
    }

    private IncomingContent contentOf(Reception.Transaction transaction) {
        return IncomingContent.of(transaction, reception.offer().maxMessageBytes());
    }

    private void chunk(Command.Chunk chunk) throws IOException {
        switch (phase) {
            case Phase.Chunked chunked -> chunk(chunk, chunked);
            case Phase.Mailing mailing
            when mailing.recipientsTaken() > 0 -> {
                Reception.Transaction transaction = mailing.transaction();
                var chunked = new Phase.Chunked(mailing.client(), transaction, contentOf(transaction));
                phase = chunked;
                chunk(chunk, chunked);
            }
            case Phase.Mailing _ -> misplaced("BDAT", discard(chunk, noRecipient()));
            case Phase.Greeted _, Phase.Connected _, Phase.TurnedAway _ ->
                misplaced("BDAT", discard(chunk, Reply.of(503, "5.5.1 say MAIL and RCPT first")));
        }
    }

    private void chunk(Command.Chunk chunk, Phase.Chunked chunked) throws IOException {
        IncomingContent content = chunked.content();
        boolean refusedBefore = content.fault().isPresent();
        var fault = ending.fromClient(during(), () -> chunks.read(chunk.octets(), content, messageDue));
        if (chunk.last() || content.isAmbiguous()) {
            conclude("BDAT", chunked.client(), chunked.transaction(), content.end());
        } else if (fault.isEmpty()) {
            taken(chunk);
        } else if (refusedBefore) {
            idle(fault.get());
        } else {
            refuse("BDAT", fault.get());
        }
    }

    private void taken(Command.Chunk chunk) throws IOException {
        Reply reply = Reply.of(250, "2.0.0 " + chunk.octets() + " octets read");
        if (chunk.octets() == 0) {
            idle(reply);
        } else {
            answer(reply);
        }
    }

    /// Reads the octets of a chunk that is refused, and returns what to answer.
    private Reply discard(Command.Chunk chunk, Reply refusal) throws IOException {
        return ending.fromClient(during(), () -> chunks.discard(chunk.octets(), refusal, messageDue));
    }

    /// The content has ended: the client is told what became of the message, in one word.
    private void conclude(
            String command,
            Reception.ClientFacts client,
            Reception.Transaction transaction,
            IncomingContent.Result content)
            throws IOException {
        Reply reply = outcome(transaction, content);
        transaction.close();
        phase = new Phase.Greeted(client);
        messageDue = Deadline.in(timeouts.message());
        idleCommands = 0;
        if (reply.isPositive()) {
            answer(reply);
        } else {
            refuse(command, reply);
        }
        wire.flush();
    }

    private Reply outcome(Reception.Transaction transaction, IncomingContent.Result content) {
        return switch (content) {
            case IncomingContent.Result.Complete(var facts) -> transaction.commit(facts);
            case IncomingContent.Result.Refused(var reply) -> {
                transaction.abort(reply.text());
                yield reply;
            }
            case IncomingContent.Result.Ambiguous(var reply) -> {
                transaction.abort(reply.text());
                over = true;
                ending.amidTheClientsWords();
                yield reply;
            }
        };
    }

    private void reset() throws IOException {
        dropTransaction("the client said RSET");
        idle(OK);
    }

    private void quit() throws IOException {
        over = true;
        answer(Reply.of(221, "2.0.0 bye"));
    }

    private void dropTransaction(String why) {
        switch (phase) {
            case Phase.TurnedAway _, Phase.Connected _, Phase.Greeted _ -> {}
            case Phase.Mailing(var client, var _, var transaction, var _) -> drop(client, transaction, why);
            case Phase.Chunked(var client, var transaction, var content) ->
                drop(client, transaction, content.fault().map(Reply::text).orElse(why));
        }
    }

    private void drop(Reception.ClientFacts client, Reception.Transaction transaction, String why) {
        transaction.abort(why);
        transaction.close();
        phase = new Phase.Greeted(client);
    }

    private static Reply sayHelloFirst() {
        return Reply.of(503, "5.5.1 say EHLO first");
    }

    private void answer(Reply reply) throws IOException {
        if (reply.code() == SERVICE_CLOSING) {
            over = true;
            ending.amidTheClientsWords();
        }
        replies.add(reply);
    }

    private void answerNow(Reply reply) throws IOException {
        answer(reply);
        wire.flush();
    }

    private void refuse(String command, Reply reply) throws IOException {
        reception.refused(command, reply);
        answer(reply);
        if (reply.isPermanent() && ++errors >= SmtpLimits.ERRORS && !over) {
            hangUp(Reply.of(SERVICE_CLOSING, "4.7.0 too many errors, closing the connection"));
        }
    }

    /// A command out of its order is no error of its own: a client that pipelines sends RCPT and DATA behind a MAIL
    /// that is refused. Behind one that is refused for now they do not count at all.
    private void misplaced(String command, Reply reply) throws IOException {
        reception.refused(command, reply);
        if (phase instanceof Phase.Greeted greeted && greeted.mailWasPutOff()) {
            answer(reply);
        } else {
            idle(reply);
        }
    }

    /// Answers a command that carries no mail forward; a session cannot be kept open with nothing else.
    private void idle(Reply reply) throws IOException {
        answer(reply);
        if (++idleCommands >= SmtpLimits.IDLE_COMMANDS) {
            hangUp(Reply.of(SERVICE_CLOSING, "4.7.0 too many commands and no message, closing the connection"));
        }
    }

    private void hangUp(Reply reply) throws IOException {
        reception.refused("session", reply);
        answer(reply);
        over = true;
        ending.amidTheClientsWords();
    }
}
