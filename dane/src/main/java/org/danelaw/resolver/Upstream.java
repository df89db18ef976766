package org.danelaw.resolver;

import org.danelaw.dns.Question;
import org.danelaw.dns.Reply;
import org.danelaw.dnssec.Reason;

/// Gets a reply to a question from one of the configured servers: RD, DO and CD set, TCP on truncation,
/// checked against the question, not validated.
@FunctionalInterface
interface Upstream {
    /// Blocks until a server replied or the time for all of them is over.
    Asked ask(Question question, Manner manner);

    /// How a question is asked.
    sealed interface Manner {
        /// The usual way: all servers by their priorities.
        Manner FIRST = new First();

        record First() implements Manner {}

        /// Rule A15: what `server` replied is bogus, so another server is asked if there is one, past every
        /// cache, with CD clear.
        ///
        /// @param server as `Replied` named it
        record AgainAfterBogus(String server) implements Manner {}
    }

    sealed interface Asked {
        /// NOERROR or NXDOMAIN came; every other RCODE is a failure.
        record Replied(Reply reply, String server) implements Asked {}

        record Failed(Reason reason) implements Asked {}
    }
}
