package org.danelaw.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/// The chain of what was checked with which key, from a trust anchor down to an answer, so that the answer can be
/// explained, stored and replayed.
///
/// @param validUntil when the answer has to be asked for again: the least of all TTLs and signature ends on the way
/// (rule A22)
public record Proof(List<Step> steps, Instant validUntil) {
    public Proof {
        steps = List.copyOf(steps);
    }

    /// One thing that was established, in the order of the chain.
    public sealed interface Step {
        /// A trust anchor admitted a key of its zone.
        record Anchored(Name zone, int keyTag, int algorithm) implements Step {}

        /// A DS record of the parent admitted a key of the child (RFC 4034 section 5).
        record Delegated(Name zone, int keyTag, int algorithm, int digestType) implements Step {}

        /// A key signed a record set (RFC 4035 section 5.3).
        record Signed(
                Name owner, int type, Name signer, int keyTag, int algorithm, Instant inception, Instant expiration)
                implements Step {}

        /// Signed NSEC or NSEC3 records of a zone prove an absence: that of a name, a type, a closer match or a DS.
        record Denied(Name name, int type, Name zone, String how) implements Step {}

        /// A signed zone leaves open whether there is such a record, and why: it asks for more hashing than we do.
        record NotDenied(Name name, int type, Name zone, String why) implements Step {}

        /// From this name down nothing is signed that we can check, and why that is known.
        record Unsigned(Name zone, String why) implements Step {}
    }

    /// This proof, and what was established after it; the shorter life counts.
    public Proof then(List<? extends Step> more, Instant until) {
        var all = new ArrayList<Step>(steps);
        all.addAll(more);
        return new Proof(all, earlier(validUntil, until));
    }

    /// Both proofs, one after the other, what they share once; the shorter life counts.
    public Proof and(Proof other) {
        return then(other.steps.stream().filter(step -> !steps.contains(step)).toList(), other.validUntil);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
