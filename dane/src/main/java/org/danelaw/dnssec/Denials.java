package org.danelaw.dnssec;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Reads the proofs of absence in one reply: NSEC (RFC 4035 section 5.4) or NSEC3 (RFC 5155 section 8) records of one
/// zone, their signatures checked before. Each kind must be complete by itself; one does not fill the other's gaps.
public final class Denials {
    private final Name zone;
    private final List<Chain> chains;

    /// @param verified sets of the zone, as their owners stand in it: what a wildcard made denies nothing
    public Denials(Name zone, List<RecordSet> verified, ValidationSettings settings, Budget budget) {
        this.zone = zone;
        var nsec = new NsecDenials(records(verified, Type.NSEC, NSECRecord.class));
        var nsec3 = Nsec3Denials.of(zone, records(verified, Type.NSEC3, NSEC3Record.class), settings, budget);
        this.chains = Stream.concat(
                        Stream.<Chain>of(nsec).filter(_ -> !nsec.records().isEmpty()), nsec3.stream())
                .toList();
    }

    /// Whether `name`, or its type, is absent.
    public Denial absence(Name name, int type) {
        return either(name, denials -> denials.absence(name, type));
    }

    /// Whether nothing stands between `name` and the wildcard that an answer was made from: [Denial.NoSuchName] says
    /// so (RFC 4035 section 5.3.4, RFC 5155 section 8.8).
    public Denial noCloserMatch(Name name, Name wildcard) {
        return either(name, denials -> denials.noCloserMatch(name, wildcard));
    }

    /// Whether `name` is a delegation without DS records: [Denial.Insecure] says so. [Denial.NoSuchName] and
    /// [Denial.NoSuchType] say that no zone begins here.
    public Denial delegation(Name name) {
        return either(name, denials -> denials.delegation(name));
    }

    private Denial either(Name name, Function<Chain, Denial> question) {
        if (!name.subdomain(zone)) {
            return unproven(name + " lies outside of " + zone + ", whose records cannot deny it");
        }
        return chains.stream()
                .map(question)
                .reduce((one, other) -> one instanceof Denial.Unproven ? other : one)
                .orElseGet(
                        () -> unproven("no NSEC or NSEC3 record of " + zone + " came to prove what is not at " + name));
    }

    private static <R> List<R> records(List<RecordSet> verified, int type, Class<R> kind) {
        return verified.stream()
                .filter(set -> set.type() == type)
                .flatMap(set -> set.records().stream())
                .map(kind::cast)
                .toList();
    }

    static Denial.Unproven unproven(String sentence) {
        return new Denial.Unproven(missing(sentence));
    }

    static Reason missing(String sentence) {
        return new Reason(sentence, ExtendedError.NSEC_MISSING);
    }

    /// The questions that each kind of record answers in its own way.
    interface Chain {
        Denial absence(Name name, int type);

        Denial noCloserMatch(Name name, Name wildcard);

        Denial delegation(Name name);
    }
}
