package org.danelaw.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.verify.Detour;
import org.xbill.DNS.Name;

/// What a command that looks at other hosts is asked for: a domain, and how long it may take.
record Look(Name domain, Duration patience) {
    /// The whole run's time, where --timeout says nothing else.
    private static final int USUAL_SECONDS = 30;

    /// Nobody waits longer for one domain.
    private static final int MAX_SECONDS = 3_600;

    static final Option TIMEOUT =
            Option.with("--timeout", "SECONDS", "bound for the whole run (" + USUAL_SECONDS + ")");

    /// Tells the operator who asks about `domain` what its SMTP route makes of its mail here, if it has one.
    static void tellOfRoute(Name domain, SmtpRoute way, Output out) throws IOException {
        var note = Detour.note(domain, way);
        if (note.isPresent()) {
            out.complain(note.get());
        }
    }

    /// As the request has it; the operator is asked for a domain that it does not name. Empty where that came to
    /// nothing, which the operator has been told.
    static Optional<Look> of(Request request, Output out) throws IOException, InterruptedException {
        var seconds = Numbers.of(request.value(TIMEOUT), USUAL_SECONDS);
        if (seconds.isEmpty() || seconds.getAsInt() > MAX_SECONDS) {
            out.misunderstand("--timeout takes a number from 1 to " + MAX_SECONDS);
            return Optional.empty();
        }
        var given = request.operand(0).isPresent() ? request.operand(0) : out.ask("[]> ");
        var domain = given.map(String::strip).flatMap(Office::name);
        if (domain.isEmpty()) {
            out.misunderstand(given.map(Office::noDomain).orElse("no domain given"));
            return Optional.empty();
        }
        return Optional.of(new Look(domain.get(), Duration.ofSeconds(seconds.getAsInt())));
    }
}
