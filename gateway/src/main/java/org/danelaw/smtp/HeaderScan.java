package org.danelaw.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Looks at a message's header as its octets go by (RFC 5322 section 2.2), for the few fields that a gateway needs.
/// Keeps at most one field in memory, and of that the first [SmtpLimits#HEADER_FIELD] octets.
final class HeaderScan {
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private HeaderLine line = HeaderLine.EMPTY;
    private boolean anyField;
    private boolean wellFormed = true;
    private boolean inHeader = true;
    private boolean eightBitHeader;
    private boolean eightBitBody;
    private int receivedFields;
    private Optional<String> messageId = Optional.empty();
    private Optional<String> subject = Optional.empty();
    private boolean dated;

    /// The next octet of a line.
    void octet(int octet) {
        if (!inHeader) {
            eightBitBody |= octet > 0x7f;
            return;
        }
        eightBitHeader |= octet > 0x7f;
        // RFC 5322 section 2.2.3: a line that begins with white space goes on with the field before.
        if (line == HeaderLine.EMPTY && octet != ' ' && octet != '\t') {
            endField();
        }
        line = line.then(octet);
        if (field.size() < SmtpLimits.HEADER_FIELD) {
            field.write(octet);
        }
    }

    boolean isOver() {
        return !inHeader;
    }

    /// Octets of the body, by whether one of them is above 127.
    void body(boolean eightBit) {
        eightBitBody |= eightBit;
    }

    /// The line has ended. RFC 5322 section 2.1: an empty one ends the header.
    void lineEnd() {
        if (inHeader) {
            switch (line) {
                case EMPTY -> {
                    endField();
                    inHeader = false;
                }
                case FIELD -> anyField = true;
                case CONTINUATION -> wellFormed &= anyField;
                // Neither a field nor one that goes on: many take it for the body's first. So do they a line of white
                // space alone, which RFC 5322 section 3.2.2 forbids.
                case NAME, BEHIND_NAME, WHITE_SPACE, UNCLEAR -> wellFormed = false;
            }
        }
        line = HeaderLine.EMPTY;
    }

    /// Whether an octet that comes now, at the start of a line, would be the header's, as everybody sees it: each line
    /// so far is a field, or goes on with one.
    boolean isInClearHeader() {
        return inHeader && wellFormed && line == HeaderLine.EMPTY;
    }

    ContentFacts facts(long bytes) {
        endField();
        return new ContentFacts(bytes, eightBitHeader, eightBitBody, receivedFields, messageId, subject, dated);
    }

    private void endField() {
        String text = field.toString(StandardCharsets.UTF_8);
        field.reset();
        int colon = text.indexOf(':');
        if (colon > 0) {
            note(text.substring(0, colon).stripTrailing().toLowerCase(Locale.ROOT), text.substring(colon + 1));
        }
    }

    private void note(String name, String value) {
        switch (name) {
            case "received" -> receivedFields++;
            case "message-id" -> messageId = Optional.of(Printable.of(value.strip()));
            case "subject" -> subject = Optional.of(Printable.of(value.strip()));
            case "date" -> dated = true;
            default -> {
                // Every other field is carried and not looked at.
            }
        }
    }
}
