package org.danelaw.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Reads command lines. RFC 5321 section 2.3.8: only CRLF ends one.
final class CommandReader {
    private static final int LONGEST = Math.max(SmtpLimits.MAIL_LINE, SmtpLimits.RCPT_LINE);

    private final Wire wire;
    private final CommandParser parser;

    CommandReader(Wire wire, CommandParser parser) {
        this.wire = wire;
        this.parser = parser;
    }

    /// The next command, whole by the deadline.
    Command next(Deadline deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int length = 1; length <= SmtpLimits.DISCARDED_LINE; length++) {
            int octet = wire.read(deadline);
            if (octet == '\n') {
                return unreadable("a bare LF");
            }
            if (octet == '\r') {
                return wire.read(deadline) == '\n' ? command(line) : unreadable("a bare CR");
            }
            if (line.size() <= LONGEST) {
                line.write(octet);
            }
        }
        return new Command.Unreadable(
                Reply.of(421, "4.5.2 no line end in " + SmtpLimits.DISCARDED_LINE + " octets, closing the connection"));
    }

    private Command command(ByteArrayOutputStream line) {
        return line.size() > LONGEST
                ? new Command.Refused(CommandParser.tooLong(LONGEST).reply())
                : parser.parse(line.toByteArray());
    }

    /// What follows might be meant as a command of its own or not: it is not looked at.
    private static Command unreadable(String what) {
        return new Command.Unreadable(
                Reply.of(521, "5.5.2 a line ends in CR LF and has " + what + " nowhere, closing the connection"));
    }
}
