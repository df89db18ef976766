package org.danelaw.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Content;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.SmtpClient;
import org.danelaw.smtp.Transmission;

/// A message in memory, to be sent to a gateway.
///
/// @param text in US-ASCII, with CR LF
record Letter(String text) implements Content {
    /// Gives it to a server, in a transaction of its own.
    ///
    /// @throws IOException if the server does not take it
    void send(Address from, Address to, SmtpClient client) throws IOException {
        var recipients = List.of(new Envelope.Recipient(to));
        var said =
                client.send(new Envelope(Optional.of(from), recipients, Envelope.Needs.NONE, Envelope.Dsn.NONE), this);
        if (said.data().filter(reply -> reply.isPositive()).isEmpty()) {
            throw new IOException("the gateway did not take the message to " + to.domain() + ": " + last(said));
        }
    }

    private static String last(Transmission said) {
        var reply = said.data()
                .orElseGet(() -> said.recipients().isEmpty()
                        ? said.mail()
                        : said.recipients().getLast());
        return reply.code() + " " + reply.text();
    }

    @Override
    public long size() {
        return text.length();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }
}
