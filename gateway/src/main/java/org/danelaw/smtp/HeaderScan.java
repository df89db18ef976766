package org.danelaw.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Looks at a message's header as its octets go by (RFC 5322 section 2.2), for the few fields that a gateway needs.
/// Keeps at most one field in memory, and of that the first [SmtpLimits#HEADER_FIELD] octets.
final class HeaderScan {
    private static final Pattern SIGNED_NAMES = Pattern.compile("h\\s*=");

    private static final int LONGEST_SIGNATURE_NAME = "ARC-Message-Signature".length() + 1;

    /// The fields that a gateway may have to add.
    private static final Set<String> ADDED = Set.of("date", "message-id");

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
    private final Set<String> signedFields = new HashSet<>();

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
        return new ContentFacts(
                bytes, eightBitHeader, eightBitBody, receivedFields, messageId, subject, dated, signedFields);
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
            case "dkim-signature", "arc-message-signature" -> noteSigned(value);
            default -> {
                // Every other field is carried and not looked at.
            }
        }
    }

    /// RFC 6376 section 3.5: the tag `h` has the names. Only those that we might add are kept, or there would be no end
    /// to them. A signature of which only the start was looked at may cover all.
    private void noteSigned(String value) {
        if (value.length() >= SmtpLimits.HEADER_FIELD - LONGEST_SIGNATURE_NAME) {
            signedFields.addAll(ADDED);
        }
        Stream.of(value.split(";", -1))
                .map(String::strip)
                .filter(tag -> SIGNED_NAMES.matcher(tag).lookingAt())
                .flatMap(tag -> Stream.of(tag.substring(tag.indexOf('=') + 1).split(":", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(ADDED::contains)
                .forEach(signedFields::add);
    }
}
