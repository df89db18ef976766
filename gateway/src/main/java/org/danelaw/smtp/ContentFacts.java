package org.danelaw.smtp;

import java.util.Optional;
import java.util.Set;

/// What was seen of a message's content while it came in.
///
/// @param bytes its octets, stuffed dots not counted
/// @param eightBitHeader whether an octet above 127 is in its header
/// @param eightBitBody whether one is in its body
/// @param receivedFields how many Received fields its header has
/// @param messageId its Message-ID, angle brackets included
/// @param dated whether it has a Date
/// @param signedFields which of `date` and `message-id` its signatures cover, be they there or not
public record ContentFacts(
        long bytes,
        boolean eightBitHeader,
        boolean eightBitBody,
        int receivedFields,
        Optional<String> messageId,
        Optional<String> subject,
        boolean dated,
        Set<String> signedFields) {
    public ContentFacts {
        signedFields = Set.copyOf(signedFields);
    }
}
