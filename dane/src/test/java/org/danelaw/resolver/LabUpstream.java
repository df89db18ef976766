package org.danelaw.resolver;

import java.util.ArrayList;
import java.util.List;
import org.danelaw.dns.Question;
import org.danelaw.dns.Received;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/// Asks a lab's internet without sockets, and remembers what was asked.
final class LabUpstream implements Upstream {
    private final Internet internet;
    private final List<String> asked = new ArrayList<>();

    LabUpstream(Internet internet) {
        this.internet = internet;
    }

    /// The questions so far, as `example. MX`, a second asking as `example. MX again`.
    List<String> asked() {
        return asked;
    }

    @Override
    public Asked ask(Question question, Manner manner) {
        asked.add(question + (manner instanceof Manner.AgainAfterBogus ? " again" : ""));
        return asked(question, internet.answer(Query.of(question.name(), question.type())), "the lab");
    }

    /// A message as a server's octets, read back.
    static Asked asked(Question question, Message message, String server) {
        if (message.getRcode() != Rcode.NOERROR && message.getRcode() != Rcode.NXDOMAIN) {
            return new Asked.Failed(new Reason(server + " said SERVFAIL", ExtendedError.NO_REACHABLE_AUTHORITY));
        }
        return switch (Received.of(message.toWire())) {
            case Received.Understood understood -> new Asked.Replied(understood.replyTo(question), server);
            case Received.Malformed(var why) -> new Asked.Failed(new Reason(why, ExtendedError.INVALID_DATA));
        };
    }
}
