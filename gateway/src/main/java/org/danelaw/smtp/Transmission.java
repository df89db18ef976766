package org.danelaw.smtp;

import java.util.List;
import java.util.Optional;

/// What a server said to one message: to MAIL, to each RCPT in the envelope's order, and to the data, if it came to
/// that. After a 421 the server says nothing more, so its 421 also stands for each later reply.
///
/// @param recipients empty where MAIL was refused
/// @param data the reply to DATA if that was refused, else the one after the final dot; empty if no recipient was taken
public record Transmission(Reply mail, List<Reply> recipients, Optional<Reply> data) {
    public Transmission {
        recipients = List.copyOf(recipients);
    }
}
