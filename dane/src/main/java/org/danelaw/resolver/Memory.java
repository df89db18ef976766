package org.danelaw.resolver;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// Remembers values until they expire, in a bounded number of bytes: what was used least recently goes first.
///
/// Split by the keys' hashes into segments, each with a lock of its own that a look-up holds for some 50 ns.
/// A lock-free map with a clock hand would be faster and five times as long.
final class Memory<K, V> {
    private static final int SEGMENTS = 16;
    // What the maps need for an entry: its node, its table slot, the objects below.
    private static final long ENTRY_BYTES = 140;

    private final List<Segment<K, V>> segments;
    private final ToLongFunction<V> weigher;
    private final InstantSource clock;

    /// @param weigher an estimate of the bytes that a value holds
    Memory(long mostBytes, ToLongFunction<V> weigher, InstantSource clock) {
        this.segments = Stream.generate(() -> new Segment<K, V>(mostBytes / SEGMENTS))
                .limit(SEGMENTS)
                .toList();
        this.weigher = weigher;
        this.clock = clock;
    }

    /// What is remembered for `key`, unless it has expired.
    Optional<V> recall(K key) {
        return segment(key).recall(key, clock.millis());
    }

    /// Remembers `value` until `expiry`; not at all where that is now or past.
    void keep(K key, V value, Instant expiry) {
        if (expiry.toEpochMilli() > clock.millis()) {
            var entry = new Entry<>(value, expiry.toEpochMilli(), weigher.applyAsLong(value) + ENTRY_BYTES);
            segment(key).keep(key, entry);
        }
    }

    void clear() {
        segments.forEach(Segment::clear);
    }

    long bytes() {
        return segments.stream().mapToLong(Segment::bytes).sum();
    }

    int size() {
        return segments.stream().mapToInt(Segment::size).sum();
    }

    private Segment<K, V> segment(K key) {
        // Fibonacci hashing: the high bits, so that the maps within can use the low ones.
        return segments.get((key.hashCode() * 0x9E3779B9) >>> 28);
    }

    private record Entry<V>(V value, long expiryMillis, long bytes) {}

    private static final class Segment<K, V> {
        private final long mostBytes;
        private final LinkedHashMap<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
        private long bytes;

        Segment(long mostBytes) {
            this.mostBytes = mostBytes;
        }

        synchronized Optional<V> recall(K key, long now) {
            Entry<V> entry = entries.get(key);
            if (entry == null) {
                return Optional.empty();
            }
            if (entry.expiryMillis <= now) {
                entries.remove(key);
                bytes -= entry.bytes;
                return Optional.empty();
            }
            return Optional.of(entry.value);
        }

        synchronized void keep(K key, Entry<V> entry) {
            Entry<V> before = entries.put(key, entry);
            bytes += entry.bytes - (before == null ? 0 : before.bytes);
            Iterator<Map.Entry<K, Entry<V>>> eldest = entries.entrySet().iterator();
            while (bytes > mostBytes) {
                bytes -= eldest.next().getValue().bytes;
                eldest.remove();
            }
        }

        synchronized void clear() {
            entries.clear();
            bytes = 0;
        }

        synchronized long bytes() {
            return bytes;
        }

        synchronized int size() {
            return entries.size();
        }
    }
}
