package org.danelaw.lab.nameserver;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.Transport;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What a server was asked: counts of all queries, and the queries themselves up to a limit. Safe for many threads.
public final class QueryLog {
    /// How many queries are kept one by one; after that they are only counted.
    public static final int MAX_KEPT = 100_000;

    private final Map<Asked, LongAdder> counts = new ConcurrentHashMap<>();
    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final AtomicLong total = new AtomicLong();

    private record Asked(Name name, int type) {}

    /// One query: the name as it was spelled, and the flags that matter.
    public record Entry(Name name, int type, Transport transport, boolean dnssecOk, boolean checkingDisabled) {
        static Entry of(Query query) {
            var message = query.message();
            return new Entry(
                    query.name(),
                    query.type(),
                    query.transport(),
                    isDnssecOk(message),
                    message.getHeader().getFlag(Flags.CD));
        }

        private static boolean isDnssecOk(Message message) {
            return message.getOPT() != null && (message.getOPT().getFlags() & ExtendedFlags.DO) != 0;
        }

        @Override
        public String toString() {
            return name + " " + Type.string(type) + " " + transport + (dnssecOk ? " DO" : "")
                    + (checkingDisabled ? " CD" : "");
        }
    }

    void add(Query query) {
        counts.computeIfAbsent(new Asked(query.name(), query.type()), asked -> new LongAdder())
                .increment();
        if (total.incrementAndGet() <= MAX_KEPT) {
            entries.add(Entry.of(query));
        }
    }

    public long total() {
        return total.get();
    }

    /// How often this was asked; a name without a final dot is taken to have one.
    public long count(String name, String type) {
        var absolute = Name.fromConstantString(name.endsWith(".") ? name : name + ".");
        var count = counts.get(new Asked(absolute, Type.value(type)));
        return count == null ? 0 : count.sum();
    }

    /// How often anything of this type was asked.
    public long count(String type) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().type() == Type.value(type))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /// In the order in which they came, the first [#MAX_KEPT].
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public void clear() {
        counts.clear();
        entries.clear();
        total.set(0);
    }
}
