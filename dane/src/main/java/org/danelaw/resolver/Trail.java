package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.Answer;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.xbill.DNS.Name;

/// The names that aliases have led through, from the question's own, and what is proved of the way so far.
record Trail(List<Name> names, boolean isSecure, Proof proof) {
    /// More aliases in a row than this serve nobody (rule A21; Unbound's bound too).
    static final int MOST_ALIASES = 11;

    Trail {
        names = List.copyOf(names);
    }

    static Trail from(Name name) {
        return new Trail(List.of(name), true, new Proof(List.of(), Instant.MAX));
    }

    Name name() {
        return names.getLast();
    }

    List<Name> aliases() {
        return names.subList(1, names.size());
    }

    /// Why there is no going on to `target`, if so.
    Optional<Reason> obstacle(Name target) {
        if (names.contains(target)) {
            return Optional.of(error("the aliases of " + names.getFirst() + " lead in a circle, back to " + target));
        }
        if (aliases().size() == MOST_ALIASES) {
            return Optional.of(error(names.getFirst() + " leads through more than " + MOST_ALIASES + " aliases"));
        }
        return Optional.empty();
    }

    /// RFC 7672 section 2.1.3: once insecure, the rest of the way is insecure.
    Trail to(Name target, boolean isSecureHop, Proof hop) {
        var all = new ArrayList<>(names);
        all.add(target);
        return new Trail(all, isSecure && isSecureHop, proof.and(hop));
    }

    /// The end of the way, as good as the worst of it, and kept no longer than any of it.
    Validated<Answer> end(Validated<? extends Answer> last, Instant now) {
        return switch (last) {
            case Validated.Secure<? extends Answer>(var answer, var hop) -> {
                Proof whole = proof.and(hop);
                yield isSecure
                        ? new Validated.Secure<>(kept(answer, whole, now), whole)
                        : new Validated.Insecure<>(kept(answer, whole, now), whole);
            }
            case Validated.Insecure<? extends Answer>(var answer, var hop) -> {
                Proof whole = proof.and(hop);
                yield new Validated.Insecure<>(kept(answer, whole, now), whole);
            }
            case Validated.Bogus<? extends Answer>(var reason) -> new Validated.Bogus<>(reason);
            case Validated.Unavailable<? extends Answer>(var reason) -> new Validated.Unavailable<>(reason);
        };
    }

    private static Answer kept(Answer answer, Proof whole, Instant now) {
        return answer.keptAtMost(Duration.between(now, whole.validUntil()).toSeconds());
    }

    private static Reason error(String sentence) {
        return new Reason(sentence, ExtendedError.INVALID_DATA);
    }
}
