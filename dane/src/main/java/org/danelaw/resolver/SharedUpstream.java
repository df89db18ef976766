package org.danelaw.resolver;

import java.time.Duration;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;

/// Asks identical questions that are under way at the same time only once: the look-ups of many domains need
/// the same parents.
final class SharedUpstream implements Upstream {
    private final Upstream upstream;
    private final Flights<Asking, Asked> flights;

    SharedUpstream(Upstream upstream, Duration longestWait) {
        this.upstream = upstream;
        this.flights = new Flights<>(longestWait, why -> new Asked.Failed(new Reason(why, ExtendedError.OTHER)));
    }

    @Override
    public Asked ask(Question question, Manner manner) {
        return flights.join(new Asking(question, manner), () -> upstream.ask(question, manner));
    }

    private record Asking(Question question, Manner manner) {
        @Override
        public String toString() {
            return question.toString();
        }
    }
}
