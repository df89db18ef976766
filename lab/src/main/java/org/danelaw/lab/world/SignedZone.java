package org.danelaw.lab.world;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A zone as its servers hold it: sets with their signatures, denial, and the DS records that its parent is to publish.
public final class SignedZone {
    private final Name name;
    private final NavigableMap<Name, Map<Integer, ZoneSet>> nodes;
    private final DenialChain denial;
    private final List<ZoneKey> keys;
    private final List<DSRecord> ds;
    private final List<Conduct> conducts;

    SignedZone(
            Name name,
            NavigableMap<Name, Map<Integer, ZoneSet>> nodes,
            DenialChain denial,
            List<ZoneKey> keys,
            List<DSRecord> ds,
            List<Conduct> conducts) {
        this.name = name;
        this.nodes = Collections.unmodifiableNavigableMap(new TreeMap<>(nodes));
        this.denial = denial;
        this.keys = List.copyOf(keys);
        this.ds = List.copyOf(ds);
        this.conducts = List.copyOf(conducts);
    }

    public Name name() {
        return name;
    }

    /// What the parent publishes of this zone; nothing for an unsigned zone and for an island.
    public List<DSRecord> ds() {
        return ds;
    }

    /// All records that servers would send, signatures and denial among them.
    public Stream<Record> records() {
        var data = nodes.values().stream().flatMap(node -> node.values().stream());
        var proofs = denial.links().values().stream()
                .filter(link -> !link.withheld())
                .map(Link::set);
        return Stream.concat(data, proofs).flatMap(ZoneSet::all);
    }

    /// The zone as a master file (RFC 1035 section 5), SOA first.
    public String masterFile() {
        return lines(records());
    }

    /// The same without anything of DNSSEC, as before it was signed.
    public String unsignedMasterFile() {
        return lines(nodes.values().stream()
                .flatMap(node -> node.values().stream())
                .flatMap(set -> set.records().stream())
                .filter(record -> !isOfDnssec(record.getType())));
    }

    private static String lines(Stream<Record> records) {
        return records.sorted((a, b) -> Boolean.compare(b.getType() == Type.SOA, a.getType() == Type.SOA))
                .map(Record::toString)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static boolean isOfDnssec(int type) {
        return type == Type.DNSKEY || type == Type.RRSIG || type == Type.NSEC3PARAM || type == Type.DS;
    }

    NavigableMap<Name, Map<Integer, ZoneSet>> nodes() {
        return nodes;
    }

    DenialChain denial() {
        return denial;
    }

    List<ZoneKey> keys() {
        return keys;
    }

    List<Conduct> conducts() {
        return conducts;
    }

    Optional<ZoneSet> set(Name owner, int type) {
        return Optional.ofNullable(nodes.getOrDefault(owner, Map.of()).get(type));
    }

    boolean isSigned() {
        return !keys.isEmpty();
    }

    /// A damage that finds nothing to damage is a slip in a scenario, which would go on to test something else.
    SignedZone mapSets(Predicate<ZoneSet> which, UnaryOperator<ZoneSet> change) {
        if (nodes.values().stream().flatMap(node -> node.values().stream()).noneMatch(which)) {
            throw new IllegalArgumentException(name + " has no such records");
        }
        var changed = new TreeMap<Name, Map<Integer, ZoneSet>>();
        nodes.forEach((owner, node) -> {
            var sets = new LinkedHashMap<Integer, ZoneSet>();
            node.forEach((type, set) -> sets.put(type, which.test(set) ? change.apply(set) : set));
            changed.put(owner, sets);
        });
        return new SignedZone(name, changed, denial, keys, ds, conducts);
    }

    SignedZone mapLinks(UnaryOperator<Link> change) {
        return new SignedZone(name, nodes, denial.map(change), keys, ds, conducts);
    }

    /// The name stays, if only as an empty one.
    SignedZone without(Name owner, int type) {
        var remaining = new TreeMap<>(nodes);
        var node = new LinkedHashMap<>(nodes.getOrDefault(owner, Map.of()));
        node.remove(type);
        remaining.put(owner, node);
        return new SignedZone(name, remaining, denial, keys, ds, conducts);
    }

    /// Without signatures, keys and denial, but with the same DS records.
    SignedZone bared() {
        return mapSets(set -> true, set -> set.signings(signings -> List.of()))
                .without(name, Type.DNSKEY)
                .denying(DenialChain.none(name));
    }

    private SignedZone denying(DenialChain other) {
        return new SignedZone(name, nodes, other, keys, ds, conducts);
    }

    SignedZone vouchedBy(List<DSRecord> other) {
        return new SignedZone(name, nodes, denial, keys, other, conducts);
    }

    SignedZone conducted(Conduct conduct) {
        var all = Stream.concat(conducts.stream(), Stream.of(conduct)).toList();
        return new SignedZone(name, nodes, denial, keys, ds, all);
    }

    @Override
    public String toString() {
        return "zone " + name + " (" + nodes.size() + " names)";
    }
}
