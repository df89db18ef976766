package org.danelaw.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads replies (RFC 5321 section 4.2) and takes nothing for one that is none: what is malformed is an answer of
/// neither kind.
final class ReplyReader {
    private static final int CODE_DIGITS = 3;

    private final Wire wire;

    ReplyReader(Wire wire) {
        this.wire = wire;
    }

    /// One whole reply, by the deadline.
    Reply read(Deadline deadline) throws IOException {
        List<String> lines = new ArrayList<>();
        byte[] line = line(deadline);
        int code = code(line);
        while (isContinued(line)) {
            lines.add(text(line));
            if (lines.size() == SmtpLimits.REPLY_LINES) {
                throw new MalformedReplyException("it has more than " + SmtpLimits.REPLY_LINES + " lines");
            }
            line = line(deadline);
            if (code(line) != code) {
                throw new MalformedReplyException(
                        "its lines begin with different codes, " + code + " and " + code(line));
            }
        }
        lines.add(text(line));
        return new Reply(code, lines);
    }

    /// Unlike RFC 5321 section 2.3.8, a bare LF ends a reply's line too: there are servers that send it, and nothing
    /// that a client sends can put one there.
    private byte[] line(Deadline deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int length = 1; length <= SmtpLimits.REPLY_LINE; length++) {
            int octet = wire.read(deadline);
            if (octet == '\n') {
                return withoutCarriageReturn(line.toByteArray());
            }
            line.write(octet);
        }
        throw new MalformedReplyException("a line of it is longer than " + SmtpLimits.REPLY_LINE + " octets");
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        boolean ends = line.length > 0 && line[line.length - 1] == '\r';
        return ends ? java.util.Arrays.copyOf(line, line.length - 1) : line;
    }

    /// RFC 5321 section 4.2: three digits, the first from 2 to 5, then a blank, a hyphen or the end.
    private static int code(byte[] line) throws MalformedReplyException {
        if (line.length < CODE_DIGITS
                || !isCode(line)
                || (line.length > CODE_DIGITS && !isSeparator(line[CODE_DIGITS]))) {
            throw new MalformedReplyException("it says '" + printable(line, 0) + "'");
        }
        return Integer.parseInt(new String(line, 0, CODE_DIGITS, StandardCharsets.US_ASCII));
    }

    private static boolean isCode(byte[] line) {
        return line[0] >= '2' && line[0] <= '5' && isDigit(line[1]) && isDigit(line[2]);
    }

    private static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    private static boolean isSeparator(byte octet) {
        return octet == ' ' || octet == '-';
    }

    private static boolean isContinued(byte[] line) {
        return line.length > CODE_DIGITS && line[CODE_DIGITS] == '-';
    }

    private static String text(byte[] line) {
        return line.length <= CODE_DIGITS ? "" : printable(line, CODE_DIGITS + 1);
    }

    /// What a server wrote ends up in logs and bounces: whatever could steer a terminal or forge a line is replaced.
    private static String printable(byte[] line, int from) {
        return Printable.of(new String(line, from, line.length - from, StandardCharsets.UTF_8));
    }
}
