package org.danelaw.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// Reads the lines of a client. RFC 5321 section 2.3.8: only CRLF ends one.
final class CommandReader {
    private static final int LONGEST = SmtpLimits.AUTH_LINE - 2;

    private final Wire wire;
    private final CommandParser parser;

    CommandReader(Wire wire, CommandParser parser) {
        this.wire = wire;
        this.parser = parser;
    }

    /// A line, its CRLF cut off, each octet as one character (ISO 8859-1).
    sealed interface Line {
        record Whole(String octets) implements Line {}

        /// It was read to its end, and only its beginning kept.
        record TooLong(String beginning) implements Line {}

        /// What follows might be meant as a line of its own or not: it is not looked at.
        record Unreadable(Reply reply) implements Line {}
    }

    /// The next command, whole by the deadline.
    Command next(Deadline deadline) throws IOException {
        return switch (line(deadline)) {
            case Line.Whole(var octets) -> parser.parse(octets.getBytes(ISO_8859_1));
            case Line.TooLong(var beginning) -> parser.tooLong(beginning);
            case Line.Unreadable(var reply) -> new Command.Unreadable(reply);
        };
    }

    /// The next line, whole by the deadline.
    Line line(Deadline deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int length = 1; length <= SmtpLimits.DISCARDED_LINE; length++) {
            int octet = wire.read(deadline);
            if (octet == '\n') {
                return unreadable("a bare LF");
            }
            if (octet == '\r') {
                return wire.read(deadline) == '\n' ? ended(line.toString(ISO_8859_1)) : unreadable("a bare CR");
            }
            if (line.size() <= LONGEST) {
                line.write(octet);
            }
        }
        return new Line.Unreadable(
                Reply.of(421, "4.5.2 no line end in " + SmtpLimits.DISCARDED_LINE + " octets, closing the connection"));
    }

    private static Line ended(String line) {
        return line.length() > LONGEST ? new Line.TooLong(line) : new Line.Whole(line);
    }

    private static Line unreadable(String what) {
        return new Line.Unreadable(
                Reply.of(521, "5.5.2 a line ends in CR LF and has " + what + " nowhere, closing the connection"));
    }
}
