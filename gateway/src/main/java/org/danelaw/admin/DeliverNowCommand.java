package org.danelaw.admin;

import java.io.IOException;
import org.danelaw.json.Json;

/// `delivernow`: brings the next attempts forward.
record DeliverNowCommand(Office office) implements AdminCommand {
    @Override
    public Manual manual() {
        return Manual.of("delivernow", "try waiting mail now: all of it, or that for one destination")
                .taking(Operand.required("all|DOMAIN", Operand.Kind.DOMAIN))
                .saying("Each attempt that is brought forward counts as one of the bounce profile's retries.")
                .example("delivernow example.org", "their zone is repaired: try at once")
                .changing();
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        var text = request.operand(0).orElseThrow();
        if (text.equals("all")) {
            return done(
                    "Rescheduling all messages for immediate delivery",
                    office.deliveries().deliverNow(),
                    out);
        }
        var domain = Office.domain(text);
        return domain.isPresent()
                ? done(
                        "Rescheduling all messages to " + domain.get() + " for immediate delivery",
                        office.deliveries().deliverNow(domain.get()),
                        out)
                : out.misunderstand(Office.noDomain(text));
    }

    private static Ended done(String what, int count, Output out) throws IOException {
        return out.done(Answer.EMPTY.line(what + ": " + count + ".").member("rescheduled", new Json.Whole(count)));
    }
}
