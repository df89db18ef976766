package org.danelaw.oracles;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.danelaw.lab.world.SignedZone;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A question, what the servers say to it, and the zones that its answer hangs on.
///
/// @param names the question's name, and each that its aliases lead to
/// @param way for each of the names the zones at and above it, the root left out
record Scene(List<Name> names, int type, Message reply, List<List<Stage>> way) {
    Scene {
        names = List.copyOf(names);
        way = way.stream().map(List::copyOf).toList();
    }

    /// A zone on the way.
    ///
    /// @param damage what was done to it, in words; empty for a sound one
    /// @param keys as its servers say them, with their signatures
    /// @param iterations of its NSEC3 records, as its NSEC3PARAM record has them; none without
    record Stage(SignedZone zone, Optional<String> damage, List<Record> keys, int iterations) {
        Stage {
            keys = List.copyOf(keys);
        }

        List<DNSKEYRecord> dnskeys() {
            return records(keys, DNSKEYRecord.class).toList();
        }

        List<RRSIGRecord> keySignatures() {
            return records(keys, RRSIGRecord.class).toList();
        }

        @Override
        public String toString() {
            return zone.name() + damage.map(what -> " (" + what + ")").orElse("");
        }
    }

    boolean leadsThrough(Predicate<Stage> zone) {
        return way.stream().flatMap(List::stream).anyMatch(zone);
    }

    Name name() {
        return names.getFirst();
    }

    /// The name that the question's aliases end at.
    Name end() {
        return names.getLast();
    }

    /// The zones of the question's own name.
    List<Stage> first() {
        return way.getFirst();
    }

    /// The zones of the name that the question's aliases end at.
    List<Stage> last() {
        return way.getLast();
    }

    <R extends Record> Stream<R> answer(Class<R> kind) {
        return records(reply.getSection(Section.ANSWER), kind);
    }

    <R extends Record> Stream<R> authority(Class<R> kind) {
        return records(reply.getSection(Section.AUTHORITY), kind);
    }

    private static <R extends Record> Stream<R> records(List<Record> all, Class<R> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast);
    }

    @Override
    public String toString() {
        return name() + " " + Type.string(type) + " through "
                + way.stream()
                        .flatMap(List::stream)
                        .map(Stage::toString)
                        .distinct()
                        .collect(Collectors.joining(", "));
    }
}
