package org.danelaw.dns;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Records of one owner name and one type, without their signatures (an RRset, RFC 2181 section 5).
///
/// @param ttlSeconds how long the set may be kept, already the least of all that bounds it
public record RecordSet(Name owner, int type, long ttlSeconds, List<Record> records) {
    public RecordSet {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new IllegalArgumentException(
                    "a record set of " + owner + " " + Type.string(type) + " without records");
        }
    }

    /// The records as the class that belongs to this set's type.
    public <R extends Record> List<R> as(Class<R> kind) {
        return records.stream().map(kind::cast).toList();
    }

    /// The same set, kept for no longer than `seconds`.
    public RecordSet keptAtMost(long seconds) {
        return seconds >= ttlSeconds ? this : new RecordSet(owner, type, Math.max(seconds, 0), records);
    }

    @Override
    public String toString() {
        return owner + " " + Type.string(type) + " (" + records.size() + ")";
    }
}
