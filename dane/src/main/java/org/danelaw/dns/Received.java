package org.danelaw.dns;

import java.io.IOException;
import org.xbill.DNS.Message;

/// What some octets from the network are: a DNS message, or not. Whatever they hold, no exception leaves here.
public sealed interface Received {
    record Understood(Message message) implements Received {
        /// The message as a reply to `question`; its header and its question section are the caller's to check.
        public Reply replyTo(Question question) {
            return new Sections(message).replyTo(question);
        }
    }

    record Malformed(String why) implements Received {}

    static Received of(byte[] octets) {
        try {
            return new Understood(new Message(octets));
        } catch (IOException | RuntimeException broken) {
            // dnsjava declares the first; hostile record data has made it throw the others too.
            return withShortTlsa(octets, broken);
        }
    }

    private static Received withShortTlsa(byte[] octets, Exception broken) {
        try {
            return new Understood(ShortTlsaMessage.read(octets));
        } catch (IOException | RuntimeException _) {
            return new Malformed("not a DNS message: " + FailureText.of(broken));
        }
    }
}
