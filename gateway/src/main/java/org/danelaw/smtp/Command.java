package org.danelaw.smtp;

import java.util.Optional;

/// A line from a client, understood.
sealed interface Command {
    /// EHLO or HELO.
    ///
    /// @param extended whether it was EHLO
    record Hello(String name, boolean extended) implements Command {}

    record StartTls() implements Command {}

    /// AUTH.
    ///
    /// @param mechanism in upper case
    /// @param initial the initial response as it came, a secret
    record Authenticate(String mechanism, Optional<String> initial) implements Command {
        @Override
        public String toString() {
            return "AUTH " + mechanism;
        }
    }

    record Mail(Reception.MailRequest request) implements Command {}

    record Recipient(Envelope.Recipient recipient) implements Command {}

    record Data() implements Command {}

    /// BDAT (RFC 3030): so many octets of the content stand behind this line.
    ///
    /// @param last whether the content ends with them
    record Chunk(long octets, boolean last) implements Command {}

    record Reset() implements Command {}

    record NoOperation() implements Command {}

    record Verify() implements Command {}

    record Help() implements Command {}

    record Quit() implements Command {}

    /// No command, or one that is not to be obeyed.
    record Refused(Reply reply) implements Command {}

    /// Not even a line: where the next one begins is anybody's guess, so the session ends.
    record Unreadable(Reply reply) implements Command {}
}
