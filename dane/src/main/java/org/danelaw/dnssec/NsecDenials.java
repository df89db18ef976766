package org.danelaw.dnssec;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Proofs of absence by NSEC records (RFC 4034 section 4, RFC 4035 section 5.4).
record NsecDenials(List<NSECRecord> records) implements Denials.Chain {
    @Override
    public Denial absence(Name name, int type) {
        return at(name).map(record -> TypesAt.of(record).absence(type))
                .or(() -> over(name).map(record -> absence(name, type, record)))
                .orElseGet(() -> Denials.unproven("no NSEC record stands at or over " + name));
    }

    /// `name` is not there itself; is there a wildcard that makes it?
    private Denial absence(Name name, int type, NSECRecord over) {
        if (isEmptyNonTerminal(name, over)) {
            return new Denial.NoSuchType(name + " has nothing but names below it");
        }
        // RFC 4035 section 5.4: only the wildcard at the closest encloser can make the name.
        Name wildcard = wildcard(name, closestEncloser(name, over));
        return at(wildcard)
                .map(record -> TypesAt.of(record).absence(type))
                .or(() -> over(wildcard)
                        .map(record -> isEmptyNonTerminal(wildcard, record)
                                ? new Denial.NoSuchType(
                                        wildcard + " makes " + name + ", and has nothing but names below it")
                                : new Denial.NoSuchName("neither " + name + " nor " + wildcard + " exists")))
                .orElseGet(() -> Denials.unproven("no NSEC record denies " + wildcard + ", which would make " + name));
    }

    @Override
    public Denial noCloserMatch(Name name, Name wildcard) {
        return over(name)
                .filter(record -> !isEmptyNonTerminal(name, record))
                // RFC 4035 section 5.3.4: the wildcard must be the one at the closest encloser, or a nearer one, or
                // none, would have answered.
                .filter(record -> wildcard(name, closestEncloser(name, record)).equals(wildcard))
                .<Denial>map(_ -> new Denial.NoSuchName("nothing between " + name + " and " + wildcard + " exists"))
                .orElseGet(() ->
                        Denials.unproven("no NSEC record proves that " + wildcard + " is the one that makes " + name));
    }

    @Override
    public Denial delegation(Name name) {
        return at(name).map(record -> TypesAt.of(record).delegation())
                .or(() -> over(name)
                        .map(record -> isEmptyNonTerminal(name, record)
                                ? new Denial.NoSuchType(name + " is no delegation: it has nothing but names below it")
                                : new Denial.NoSuchName(name + " does not exist")))
                .orElseGet(() -> Denials.unproven("no NSEC record denies the " + Type.string(Type.DS) + " of " + name));
    }

    private Optional<NSECRecord> at(Name name) {
        return records.stream().filter(record -> record.getName().equals(name)).findFirst();
    }

    private Optional<NSECRecord> over(Name name) {
        return records.stream().filter(record -> isOver(record, name)).findFirst();
    }

    /// Whether `name` lies between the record's owner and its next name in canonical order (RFC 4034 section 6.1); the
    /// last record of a zone leads back to the apex.
    private static boolean isOver(NSECRecord record, Name name) {
        Name owner = record.getName();
        Name next = record.getNext();
        boolean isLast = next.compareTo(owner) <= 0;
        return owner.compareTo(name) < 0
                && (isLast || name.compareTo(next) < 0)
                && !(name.subdomain(owner) && TypesAt.of(record).isSilentBelow());
    }

    /// A name between whose place and the next there is only something below it.
    private static boolean isEmptyNonTerminal(Name name, NSECRecord over) {
        return over.getNext().subdomain(name);
    }

    /// The longest existing ancestor of a name that does not exist: it is one of the two neighbours, or above one.
    private static Name closestEncloser(Name name, NSECRecord over) {
        Name one = commonAncestor(name, over.getName());
        Name other = commonAncestor(name, over.getNext());
        return one.labels() > other.labels() ? one : other;
    }

    private static Name commonAncestor(Name one, Name other) {
        Name ancestor = one;
        while (!other.subdomain(ancestor)) {
            ancestor = new Name(ancestor, 1);
        }
        return ancestor;
    }

    /// The wildcard right below `encloser`, which is above `name`.
    private static Name wildcard(Name name, Name encloser) {
        return name.wild(name.labels() - encloser.labels());
    }
}
