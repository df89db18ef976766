package org.danelaw.intake;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.danelaw.smtp.ContentFacts;

/// The fields that every message must or should have (RFC 5322 section 3.6) and this one came without.
///
/// @param date empty where the message has one
/// @param messageId angle brackets included; empty where the message has one
record MissingFields(Optional<ZonedDateTime> date, Optional<String> messageId) {
    /// RFC 5322 section 3.3.
    static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.ROOT);

    static final MissingFields NONE = new MissingFields(Optional.empty(), Optional.empty());

    /// What a message with this header is given. RFC 6409 sections 8.2 and 8.3: for the organisation's own mail, where
    /// this gateway is the first server that speaks to the world. RFC 6376 section 5.4: a signature may say that
    /// there is no such field, and would be broken by one.
    static MissingFields of(ContentFacts header, String hostname, ZonedDateTime now) {
        return new MissingFields(
                header.dated() || header.signedFields().contains("date") ? Optional.empty() : Optional.of(now),
                header.messageId().isPresent() || header.signedFields().contains("message-id")
                        ? Optional.empty()
                        : Optional.of(newMessageId(hostname)));
    }

    /// RFC 5322 section 3.6.4: nobody else makes this one. A MID would not do: it begins anew with a new spool.
    private static String newMessageId(String hostname) {
        return "<" + UUID.randomUUID() + "@" + hostname + ">";
    }

    /// The fields, with their line ends.
    byte[] octets() {
        StringBuilder fields = new StringBuilder();
        date.ifPresent(now -> fields.append("Date: ").append(DATE.format(now)).append("\r\n"));
        messageId.ifPresent(id -> fields.append("Message-ID: ").append(id).append("\r\n"));
        return fields.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
