package org.danelaw.dnssec;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Reason.ExtendedError;

/// Tells a wrong local clock from bad signatures: zones with a trust anchor renew theirs in good time, so where all of
/// them are out of date in the same direction, the clock is to be doubted first.
final class LocalClock {
    private LocalClock() {}

    /// Why the clock must be wrong, if the signatures over an anchored zone's keys say so.
    static Optional<Reason> doubt(SignedSet dnskeys, Instant now) {
        List<Period> periods = dnskeys.signatures().stream()
                .map(signature -> Period.of(signature, now))
                .toList();
        if (periods.isEmpty()) {
            return Optional.empty();
        }
        if (periods.stream().allMatch(is(Period.Relation.AFTER, now))) {
            return Optional.of(reason(dnskeys, now, "fast", periods, ExtendedError.SIGNATURE_EXPIRED));
        }
        if (periods.stream().allMatch(is(Period.Relation.BEFORE, now))) {
            return Optional.of(reason(dnskeys, now, "slow", periods, ExtendedError.SIGNATURE_NOT_YET_VALID));
        }
        return Optional.empty();
    }

    private static Predicate<Period> is(Period.Relation relation, Instant now) {
        return period -> period.relation(now) == relation;
    }

    private static Reason reason(
            SignedSet dnskeys, Instant now, String direction, List<Period> periods, ExtendedError code) {
        Period latest =
                periods.stream().max(Comparator.comparing(Period::expiration)).orElseThrow();
        return new Reason(
                "the local clock seems " + direction + ": it says " + now + ", and the keys of "
                        + dnskeys.set().owner() + " are signed from " + latest.inception() + " to "
                        + latest.expiration(),
                code);
    }
}
