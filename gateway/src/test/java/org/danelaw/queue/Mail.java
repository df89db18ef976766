package org.danelaw.queue;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Envelope;

/// Messages for tests.
public final class Mail {
    public static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:00Z");

    private Mail() {}

    public static NewMessage to(String... recipients) {
        return from(Optional.of(address("sender@example.org")), recipients);
    }

    public static NewMessage from(Optional<Address> sender, String... recipients) {
        var envelope = new Envelope(
                sender,
                Arrays.stream(recipients)
                        .map(recipient -> new Envelope.Recipient(address(recipient)))
                        .toList(),
                Envelope.Needs.NONE,
                Envelope.Dsn.NONE);
        return new NewMessage(envelope, "RELAYED", true, BounceProfile.DEFAULT_NAME, RECEIVED, "test");
    }

    public static Address address(String text) {
        var at = text.lastIndexOf('@');
        return new Address(text.substring(0, at), text.substring(at + 1));
    }

    public static long put(Spool spool, NewMessage message, byte[] content) throws IOException {
        try (var draft = spool.draft()) {
            draft.content().write(content);
            draft.commit(message);
            return draft.id();
        }
    }

    public static Why why(String sentence) {
        return new Why("4.4.2", "connection lost", sentence);
    }

    public static Settlement done(long mid, Integer... rids) {
        return new Settlement.Done(mid, List.of(rids));
    }
}
