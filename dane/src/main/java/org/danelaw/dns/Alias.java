package org.danelaw.dns;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// That a name is another name for something (RFC 1034 section 3.6.2), by the set of records that makes it so: a CNAME
/// at the name, or a DNAME above it (RFC 6672).
public record Alias(Name name, SignedSet by) {
    /// What makes `name` an alias in the reply's answer section.
    public static Optional<Alias> in(Reply reply, Name name) {
        Optional<SignedSet> cname = reply.answer(name, Type.CNAME);
        // RFC 6672 section 5.3.1: a CNAME that a server made from a DNAME has no signature; the DNAME has it.
        return cname.filter(set -> !set.signatures().isEmpty())
                .or(() -> dnameAbove(reply, name))
                .or(() -> cname)
                .map(set -> new Alias(name, set));
    }

    private static Optional<SignedSet> dnameAbove(Reply reply, Name name) {
        return reply.answer().stream()
                .filter(set -> set.set().type() == Type.DNAME
                        && name.subdomain(set.set().owner())
                        && !name.equals(set.set().owner()))
                .max(Comparator.comparingInt(set -> set.set().owner().labels()));
    }

    /// The name that the alias is for; empty where the records cannot say it: more than one of them (RFC 2181 section
    /// 10.1), or a name longer than a name can be (RFC 6672 section 2.2).
    public Optional<Name> target() {
        List<Record> records = by.set().records();
        return records.size() == 1 ? target(records.getFirst()) : Optional.empty();
    }

    private Optional<Name> target(Record record) {
        if (record instanceof CNAMERecord cname) {
            return Optional.of(cname.getTarget());
        }
        try {
            return Optional.of(name.fromDNAME((DNAMERecord) record));
        } catch (NameTooLongException tooLong) {
            return Optional.empty();
        }
    }

    /// The alias as CNAME records, as a server makes them from a DNAME (RFC 6672 section 3.1).
    public Optional<RecordSet> cname() {
        return target().map(target -> new RecordSet(
                name,
                Type.CNAME,
                by.set().ttlSeconds(),
                List.of(new CNAMERecord(name, DClass.IN, by.set().ttlSeconds(), target))));
    }
}
