package org.danelaw.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

/// Decides, for one client, whatever is not the protocol's to decide: [SmtpServer] asks it. A reply of 421 ends the
/// session.
public interface Reception {
    /// The first word: 220, or a refusal, after which the client can only QUIT (RFC 5321 section 3.1).
    Reply greeting();

    /// What this client is offered.
    Offer offer();

    /// Whether what the client shows is good.
    Authentication authenticate(Credentials credentials);

    /// The client may begin a message, or why not.
    Admission mail(MailRequest request, ClientFacts client);

    /// The client has made its connection a TLS connection.
    void secured(SSLSession session);

    /// The client said STARTTLS, and no TLS connection came of it.
    void tlsFailed(String why);

    /// A command was refused.
    void refused(String command, Reply reply);

    /// What a server offers in its answer to EHLO.
    ///
    /// @param maxMessageBytes the fixed limit of SIZE
    /// @param tls what makes the server's handshakes; empty where STARTTLS is not offered
    /// @param auth whether AUTH is offered; behind TLS only, whatever this says
    record Offer(String hostname, long maxMessageBytes, Optional<SSLContext> tls, boolean auth) {}

    /// What a client says of itself, and what it has shown.
    ///
    /// @param name what it called itself in EHLO or HELO
    /// @param extended whether it said EHLO
    /// @param tls its TLS session, where it has one
    /// @param user as whom it has authenticated itself, where it has
    record ClientFacts(String name, boolean extended, Optional<SSLSession> tls, Optional<String> user) {}

    /// The answer to AUTH.
    sealed interface Authentication {
        record Granted(String user) implements Authentication {}

        /// There is no such user, or this is not its password; the client is not told which.
        ///
        /// @param user whose password it is not, for the log; empty where there is no such user: people type
        /// passwords into the wrong line
        record Denied(Optional<String> user) implements Authentication {}

        /// It cannot be found out now.
        record Unavailable(String why) implements Authentication {}
    }

    /// What MAIL asks for.
    ///
    /// @param sender the reverse-path; empty for the null sender
    /// @param size the octets that the client means to send (RFC 1870), where it says
    /// @param submitter who handed the message in first, if the client is to be believed: xtext, or `<>` (RFC 4954
    /// section 5)
    record MailRequest(
            Optional<Address> sender,
            OptionalLong size,
            boolean smtpUtf8,
            Envelope.Dsn dsn,
            Optional<String> submitter) {}

    /// The answer to MAIL.
    sealed interface Admission {
        /// The message is refused before it begins.
        ///
        /// @param reply why the client may not send this message
        record Refused(Reply reply) implements Admission {}

        /// The message may come.
        ///
        /// @param transaction what takes the message
        record Admitted(Transaction transaction) implements Admission {}
    }

    /// A message on its way in. Closed without a commit it never was.
    interface Transaction extends Closeable {
        Reply recipient(Envelope.Recipient recipient);

        /// Takes the content: lines that end in CRLF, dots not stuffed.
        OutputStream content() throws IOException;

        /// What the message's header lacks: whole fields with their line ends, put behind its last field. Asked once,
        /// where a header ends in which each line is a field, or goes on with one.
        byte[] missingFields(ContentFacts header);

        /// What the client is told where [#content] failed.
        Reply cannotStore(IOException why);

        /// Takes over the responsibility for the message, or says why not. A positive reply is said only after the
        /// message is durable.
        Reply commit(ContentFacts facts);

        /// The message will not be committed, and why; [#close] follows.
        void abort(String why);

        @Override
        void close();
    }
}
