package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.danelaw.dns.Answer;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;

/// How long answers are kept (rule A22).
final class Lifetime {
    // Rule A22: who repairs a zone should not wait long for us.
    static final Duration BOGUS = Duration.ofSeconds(60);
    // RFC 9520 section 3.2 asks that failures be kept for at least 1 second and suggests 5, so that a dead
    // server is not asked again by each of a thousand messages to one domain; the first retry of a message
    // comes after a minute.
    static final Duration UNAVAILABLE = Duration.ofSeconds(5);

    private Lifetime() {}

    /// When `answer` has to be asked for again; not after now where it is not to be kept at all.
    static Instant end(Validated<Answer> answer, InstantSource clock) {
        return switch (answer) {
            // The proof's end is the least of all TTLs and signature ends on the way; what holds only by
            // grace for a wrong clock ends at once (rule A23).
            case Validated.Secure<Answer> secure -> secure.proof().validUntil();
            case Validated.Insecure<Answer> insecure -> insecure.proof().validUntil();
            case Validated.Bogus<Answer> _ -> clock.instant().plus(BOGUS);
            case Validated.Unavailable<Answer>(var reason) -> unavailable(reason.code(), clock);
        };
    }

    private static Instant unavailable(ExtendedError code, InstantSource clock) {
        // That no resolver can do DNSSEC was not asked of anybody: it ends with the next probe.
        return code == ExtendedError.NOT_READY
                ? clock.instant()
                : clock.instant().plus(UNAVAILABLE);
    }

    /// The sooner of `end` and the longest time for bogus data.
    static Instant bogus(Instant end, InstantSource clock) {
        Instant latest = clock.instant().plus(BOGUS);
        return end.isBefore(latest) ? end : latest;
    }
}
