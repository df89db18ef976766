package org.danelaw.dnssec;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;

/// Proofs of absence by NSEC3 records (RFC 5155 section 8).
final class Nsec3Denials implements Denials.Chain {
    private final Name zone;
    private final List<Nsec3> records;
    private final int iterations;
    private final int iterationLimit;
    private final Nsec3Hashes hashes;

    private Nsec3Denials(Name zone, List<Nsec3> records, int iterationLimit, Budget budget) {
        var first = records.getFirst();
        this.zone = zone;
        this.records = records;
        this.iterations = first.iterations();
        this.iterationLimit = iterationLimit;
        this.hashes = new Nsec3Hashes(first.salt(), iterations, budget);
    }

    /// Empty where none of `all` is a record that counts.
    static Optional<Nsec3Denials> of(Name zone, List<NSEC3Record> all, ValidationSettings settings, Budget budget) {
        var known =
                all.stream().flatMap(record -> Nsec3.of(zone, record).stream()).toList();
        return known.stream()
                .findFirst()
                .map(first -> known.stream()
                        .filter(record -> record.hasParametersOf(first))
                        .toList())
                .map(records -> new Nsec3Denials(zone, records, settings.nsec3Iterations(), budget));
    }

    @Override
    public Denial absence(Name name, int type) {
        if (asksTooMuch()) {
            return tooManyIterations();
        }
        return at(name).map(record -> record.typesAt(name).absence(type))
                .or(() -> encloser(name).map(encloser -> absence(name, type, encloser)))
                .orElseGet(() -> noEncloser(name));
    }

    /// `name` is not there itself; is there a wildcard that makes it?
    private Denial absence(Name name, int type, Encloser encloser) {
        // RFC 5155 section 8.4: only the wildcard at the closest encloser can make the name.
        Name wildcard = encloser.wildcard();
        return at(wildcard)
                .map(record -> record.typesAt(wildcard).absence(type))
                .or(() -> over(wildcard)
                        .map(_ -> new Denial.NoSuchName("neither " + name + " nor " + wildcard + " exists")))
                .map(denial -> encloser.isOptedOut() ? optedOut(denial, encloser) : denial)
                .orElseGet(() -> maybeMade(name, wildcard, encloser));
    }

    /// What the denial of the wildcard is worth where the name itself may be delegated.
    private static Denial optedOut(Denial wildcard, Encloser encloser) {
        return wildcard instanceof Denial.Unproven ? wildcard : optedOut(encloser.nextCloser());
    }

    /// No record speaks of the wildcard.
    private static Denial maybeMade(Name name, Name wildcard, Encloser encloser) {
        var lack = Denials.unproven("no NSEC3 record denies " + wildcard + ", which would make " + name);
        return encloser.isOptedOut() ? new Denial.MaybeDelegated(hiding(encloser.nextCloser()), lack.reason()) : lack;
    }

    @Override
    public Denial noCloserMatch(Name name, Name wildcard) {
        if (asksTooMuch()) {
            return tooManyIterations();
        }
        // RFC 5155 section 8.8: the wildcard itself shows its encloser, so the next closer name is all that is left.
        var nextCloser = new Name(name, name.labels() - wildcard.labels());
        return over(nextCloser)
                .map(record -> record.isOptOut()
                        ? optedOut(nextCloser)
                        : new Denial.NoSuchName("nothing between " + name + " and " + wildcard + " exists"))
                .orElseGet(() ->
                        Denials.unproven("no NSEC3 record proves that " + wildcard + " is the one that makes " + name));
    }

    @Override
    public Denial delegation(Name name) {
        if (asksTooMuch()) {
            return tooManyIterations();
        }
        return at(name).map(record -> record.typesAt(name).delegation())
                .or(() -> encloser(name)
                        .map(encloser -> encloser.isOptedOut()
                                ? optedOut(encloser.nextCloser())
                                : new Denial.NoSuchName(name + " does not exist")))
                .orElseGet(() -> noEncloser(name));
    }

    /// Where the names on the way to a name end, proved (RFC 5155 section 8.3): the closest encloser exists, the name
    /// next to it does not.
    private record Encloser(Name nextCloser, Nsec3 over) {
        boolean isOptedOut() {
            return over.isOptOut();
        }

        Name wildcard() {
            return nextCloser.wild(1);
        }
    }

    private Optional<Encloser> encloser(Name name) {
        for (Name nextCloser = name; nextCloser.labels() > zone.labels(); nextCloser = new Name(nextCloser, 1)) {
            var candidate = new Name(nextCloser, 1);
            var record = at(candidate);
            if (record.isPresent()) {
                // RFC 5155 section 8.3, RFC 6840 section 4.1: below a delegation or a DNAME this zone proves nothing.
                return record.get().typesAt(candidate).isSilentBelow()
                        ? Optional.empty()
                        : encloser(nextCloser, over(nextCloser));
            }
        }
        return Optional.empty();
    }

    private static Optional<Encloser> encloser(Name nextCloser, Optional<Nsec3> over) {
        return over.map(record -> new Encloser(nextCloser, record));
    }

    private Optional<Nsec3> at(Name name) {
        return hashes.of(name)
                .flatMap(hash ->
                        records.stream().filter(record -> record.isAt(hash)).findFirst());
    }

    private Optional<Nsec3> over(Name name) {
        return hashes.of(name)
                .flatMap(hash ->
                        records.stream().filter(record -> record.isOver(hash)).findFirst());
    }

    private boolean asksTooMuch() {
        return iterations > iterationLimit;
    }

    private Denial tooManyIterations() {
        return new Denial.TooManyIterations(
                "the NSEC3 records of " + zone + " ask for " + iterations + " iterations, more than " + iterationLimit);
    }

    /// RFC 5155 sections 6 and 9.2: an unsigned delegation may be hidden in the span.
    private static Denial optedOut(Name nextCloser) {
        return new Denial.Insecure(hiding(nextCloser));
    }

    private static String hiding(Name nextCloser) {
        return "an unsigned delegation may lie at " + nextCloser + ": its NSEC3 span is opted out";
    }

    private Denial noEncloser(Name name) {
        return Denials.unproven("no NSEC3 records of " + zone + " stand at " + name
                + " or prove its closest encloser and that nothing exists next to it");
    }
}
