package org.danelaw.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.danelaw.delivery.DestinationStatus;
import org.danelaw.delivery.DestinationStatus.LastError;

/// `hoststatus`: one destination.
record HostStatusCommand(Office office) implements AdminCommand {
    @Override
    public Manual manual() {
        return Manual.of("hoststatus", "show how delivery to a destination stands, and why it last failed")
                .taking(Office.DOMAIN)
                .example("hoststatus example.org", "is it up, what waits, what was the last error");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var text = request.operand(0).orElseThrow();
        var domain = Office.domain(text);
        if (domain.isEmpty()) {
            return out.misunderstand(Office.noDomain(text));
        }
        var status = office.deliveries().destination(domain.get());
        return status.isPresent()
                ? out.done(answer(status.get()))
                : out.refuse("nothing is known of " + domain.get() + ": it has no mail, and had none lately");
    }

    private static Answer answer(DestinationStatus host) {
        var answer = Answer.EMPTY
                .line("Host mail status for: '" + host.domain() + "'")
                .member("domain", Value.of(host.domain()).json())
                .fact("asOf", "Status as of", Value.of(Instant.now()))
                .fact("state", "Host up/down", Value.of(host.state().name().toLowerCase(Locale.ROOT)))
                .fact("suspended", "Suspended", Value.of(host.suspended()))
                .line("")
                .group("counters", "Counters:", counters(host))
                .line("")
                .group("gauges", "Gauges:", gauges(host))
                .line("")
                .fact("nextRetry", "Next attempt", Value.ofMoment(host.nextRetry(), "nothing waits for its time"));
        return host.lastError().map(error -> withError(answer, error)).orElse(answer);
    }

    private static Answer counters(DestinationStatus host) {
        var hard = host.hardBounced();
        return Answer.EMPTY
                .fact("softBounced", "Soft Bounced Events", Value.of(host.softBounced()))
                .fact("delivered", "Delivered Recipients", Value.of(host.delivered()))
                .fact("hardBounced", "Hard Bounced Recipients", Value.of(hard.total()))
                .fact("dns", "  DNS Hard Bounces", Value.of(hard.dns()))
                .fact("replied", "  5XX Hard Bounces", Value.of(hard.replied()))
                .fact("expired", "  Expired Hard Bounces", Value.of(hard.expired()))
                .fact("other", "  Other Hard Bounces", Value.of(hard.other()));
    }

    private static Answer gauges(DestinationStatus host) {
        return Answer.EMPTY
                .fact("activeRecipients", "Active Recipients", Value.of(host.activeRecipients()))
                .fact("connectionsOut", "Current Outbound Connections", Value.of(host.connectionsOut()));
    }

    private static Answer withError(Answer answer, LastError error) {
        return answer.line("").group("lastError", "Last error:", Reasons.of(error.why(), error.at()));
    }
}
