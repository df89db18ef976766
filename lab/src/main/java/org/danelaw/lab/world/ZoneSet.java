package org.danelaw.lab.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;

/// The records of one name and type in a zone, and the signatures over them. Signatures are made when they are first
/// asked for: a world of thousands of zones costs what is asked of it.
final class ZoneSet {
    private final List<Record> records;
    private final List<Signing> signings;
    private final List<Record> signed;
    private volatile List<RRSIGRecord> signatures = List.of();

    private ZoneSet(List<Record> records, List<Signing> signings, List<Record> signed) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a set without records");
        }
        this.records = List.copyOf(records);
        this.signings = List.copyOf(signings);
        this.signed = List.copyOf(signed);
    }

    static ZoneSet of(List<Record> records, List<Signing> signings) {
        return new ZoneSet(records, signings, records);
    }

    Name owner() {
        return records.getFirst().getName();
    }

    int type() {
        return records.getFirst().getType();
    }

    List<Record> records() {
        return records;
    }

    List<RRSIGRecord> signatures() {
        var made = signatures;
        if (made.isEmpty() && !signings.isEmpty()) {
            var set = new RRset(signed);
            made = signings.stream().map(signing -> signing.over(set)).toList();
            signatures = made;
        }
        return made;
    }

    /// The records, then their signatures.
    Stream<Record> all() {
        return Stream.concat(records.stream(), signatures().stream());
    }

    /// As the answer for `name`, which a wildcard stands for: the signatures stay those of the wildcard (RFC 4035
    /// section 3.1.3.3).
    ZoneSet expandedTo(Name name) {
        var expanded = new ZoneSet(named(records, name), List.of(), signed);
        expanded.signatures = named(signatures(), name);
        return expanded;
    }

    @SuppressWarnings("unchecked")
    private static <R extends Record> List<R> named(List<R> records, Name name) {
        return records.stream().map(record -> (R) record.withName(name)).toList();
    }

    ZoneSet signings(UnaryOperator<List<Signing>> change) {
        return new ZoneSet(records, change.apply(signings), signed);
    }

    ZoneSet eachSigning(UnaryOperator<Signing> change) {
        return signings(all -> all.stream().map(change).toList());
    }

    /// Other records under the old signatures.
    ZoneSet forged(UnaryOperator<List<Record>> change) {
        return new ZoneSet(change.apply(new ArrayList<>(records)), signings, signed);
    }

    /// Other records, signed as the old ones were.
    ZoneSet resigned(UnaryOperator<List<Record>> change) {
        return of(change.apply(new ArrayList<>(records)), signings);
    }
}
