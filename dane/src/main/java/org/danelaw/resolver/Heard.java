package org.danelaw.resolver;

import org.danelaw.dns.Received;

/// What became of one question to one server.
sealed interface Heard {
    /// A well-formed reply to just this question, whatever its RCODE.
    record Message(Received.Understood received) implements Heard {
        int rcode() {
            return received.message().getRcode();
        }
    }

    /// Nothing, as long as we listened.
    record Silence() implements Heard {}

    /// The network or the server failed; `why` completes a sentence that begins with the server.
    record Broken(String why) implements Heard {}
}
