package org.danelaw.events;

import java.net.InetAddress;
import java.util.Optional;
import org.danelaw.smtp.Address;

/// What happened on an incoming connection. `icid` numbers the connection, `mid` the message, `rid` the recipient
/// within its message, from 0. Texts that a client chose (names, subjects, reasons that quote it) hold no control
/// characters.
public sealed interface IntakeEvent extends Event {
    /// A client has connected to a listener's address `local`.
    record Connected(long icid, String listener, InetAddress local, InetAddress client, ReverseName name)
            implements IntakeEvent {}

    /// The connection belongs to a sender group.
    ///
    /// @param action `ACCEPT`, `RELAY`, `REJECT` or `TCPREFUSE`
    /// @param rule the entry that matched, as the configuration has it
    record Matched(long icid, String action, String group, String rule) implements IntakeEvent {}

    /// The client is turned away before any message, for a reason that is the connection's and not its sender group's:
    /// a limit, a shutdown.
    record TurnedAway(long icid, String why) implements IntakeEvent {}

    /// STARTTLS led to an encrypted connection.
    ///
    /// @param protocol OpenSSL's name, as `TLSv1.3`
    /// @param cipher OpenSSL's name, as `TLS_AES_256_GCM_SHA384`
    record TlsSucceeded(long icid, String protocol, String cipher) implements IntakeEvent {}

    record TlsFailed(long icid, String why) implements IntakeEvent {}

    /// The client has authenticated itself (RFC 4954).
    record Authenticated(long icid, String user, String mechanism) implements IntakeEvent {}

    /// The client could not.
    ///
    /// @param user whose password it does not know; empty where there is no such user
    record AuthenticationFailed(long icid, Optional<String> user, String mechanism) implements IntakeEvent {}

    /// A command was answered with a refusal; the reply says why.
    record CommandRefused(long icid, String command, int code, String reply) implements IntakeEvent {}

    record MessageStarted(long mid, long icid) implements IntakeEvent {}

    /// Whom the message is from.
    ///
    /// @param sender empty for the null sender
    record From(long mid, long icid, Optional<Address> sender) implements IntakeEvent {}

    /// The client says who handed the message in first (`AUTH=` of MAIL); nobody believes it.
    record SubmitterClaimed(long mid, long icid, String submitter) implements IntakeEvent {}

    record RecipientTaken(long mid, long icid, int rid, Address to) implements IntakeEvent {}

    /// A recipient was refused.
    ///
    /// @param by which table or limit refuses, as `RAT`
    record RecipientRejected(long mid, long icid, Address to, String by) implements IntakeEvent {}

    /// The message's header has a Message-ID, angle brackets included.
    record MessageIdSeen(long mid, String messageId) implements IntakeEvent {}

    record SubjectSeen(long mid, String subject) implements IntakeEvent {}

    /// All of the content is here; it is not durable yet.
    record Ready(long mid, long bytes, Optional<Address> sender) implements IntakeEvent {}

    /// The message is durable and its 250 is about to be sent.
    record Queued(long mid) implements IntakeEvent {}

    /// The message did not come to be: refused whole, given up by its client, or not to be stored.
    record Aborted(long mid, long icid, String why) implements IntakeEvent {}

    /// The connection is over.
    record Closed(long icid) implements IntakeEvent {}
}
