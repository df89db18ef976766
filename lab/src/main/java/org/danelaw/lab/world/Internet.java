package org.danelaw.lab.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Zones under one root, signed for one instant, each delegated from the one above it.
///
/// The root, and a top-level zone for each name that needs one, are added where they are missing: well signed, with
/// NSEC.
public final class Internet {
    private final NavigableMap<Name, SignedZone> zones;
    private final Recursion recursion;

    private Internet(NavigableMap<Name, SignedZone> zones) {
        this.zones = Collections.unmodifiableNavigableMap(zones);
        this.recursion = new Recursion(this.zones);
    }

    public static Internet at(Instant instant, Zone... zones) {
        return at(instant, Arrays.asList(zones));
    }

    public static Internet at(Instant instant, Collection<Zone> zones) {
        var plans = plans(zones);
        var deepestFirst = plans.values().stream()
                .sorted(Comparator.comparingInt((Zone zone) -> zone.name().labels())
                        .reversed())
                .toList();
        var delegations = new LinkedHashMap<Name, List<Record>>();
        var signed = new TreeMap<Name, SignedZone>();
        for (var plan : deepestFirst) {
            var zone =
                    plan.with(delegations.getOrDefault(plan.name(), List.of())).sign(instant);
            signed.put(zone.name(), zone);
            if (!zone.name().equals(Name.root)) {
                var parent = parent(zone.name(), plans);
                delegations
                        .computeIfAbsent(parent.name(), above -> new ArrayList<>())
                        .addAll(delegation(zone, parent));
            }
        }
        return new Internet(signed);
    }

    private static Map<Name, Zone> plans(Collection<Zone> zones) {
        var plans = new LinkedHashMap<Name, Zone>();
        for (var zone : zones) {
            if (plans.put(zone.name(), zone) != null) {
                throw new IllegalArgumentException("two zones are named " + zone.name());
            }
        }
        for (var zone : zones) {
            if (zone.name().labels() > 2) {
                var top = new Name(zone.name(), zone.name().labels() - 2);
                plans.putIfAbsent(top, Zone.named(top));
            }
        }
        plans.putIfAbsent(Name.root, Zone.named(Name.root));
        return plans;
    }

    private static Zone parent(Name name, Map<Name, Zone> plans) {
        for (var above = new Name(name, 1); ; above = new Name(above, 1)) {
            var zone = plans.get(above);
            if (zone != null) {
                return zone;
            }
        }
    }

    /// NS and glue as the child has them, and its DS, except what the parent's text says itself.
    private static List<Record> delegation(SignedZone child, Zone parent) {
        var records = new ArrayList<Record>();
        if (!has(parent, child.name(), Type.NS)) {
            var ns = child.set(child.name(), Type.NS).orElseThrow();
            for (var record : ns.records()) {
                var target = ((NSRecord) record).getTarget();
                records.add(new NSRecord(child.name(), DClass.IN, record.getTTL(), target));
                if (target.subdomain(child.name())) {
                    child.set(target, Type.A).ifPresent(glue -> records.addAll(glue.records()));
                    child.set(target, Type.AAAA).ifPresent(glue -> records.addAll(glue.records()));
                }
            }
        }
        if (!has(parent, child.name(), Type.DS)) {
            records.addAll(child.ds());
        }
        return records;
    }

    private static boolean has(Zone zone, Name owner, int type) {
        return zone.records().stream()
                .anyMatch(record -> record.getType() == type && record.getName().equals(owner));
    }

    public Collection<SignedZone> zones() {
        return zones.values();
    }

    public SignedZone zone(String name) {
        return Optional.ofNullable(zones.get(Zone.name(name)))
                .orElseThrow(() -> new IllegalArgumentException("no zone is named " + name));
    }

    /// DS records of the root's keys.
    public List<DSRecord> anchors() {
        return zone(".").ds();
    }

    /// The anchors as a file of DS records in zone form.
    public String anchorText() {
        return anchors().stream().map(Record::toString).collect(Collectors.joining("\n", "", "\n"));
    }

    /// What a resolver that does not validate sends back; it does what the authorities do, and says SERVFAIL where they
    /// say nothing.
    public Message answer(Query query) {
        return recursion.answer(query);
    }

    public Message answer(String name, String type) {
        return answer(Query.of(name, type));
    }

    /// As [#answer], with the time that it takes.
    public Response respond(Query query) {
        return recursion.respond(query);
    }

    /// One master file for each zone, `<name>zone` (the root's is `root.zone`), and `anchors` for the root.
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var zone : zones.values()) {
            Files.writeString(directory.resolve(fileName(zone)), zone.masterFile());
        }
        Files.writeString(directory.resolve("anchors"), anchorText());
    }

    /// As [#writeTo], before signing.
    public void writeUnsignedTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var zone : zones.values()) {
            Files.writeString(directory.resolve(fileName(zone)), zone.unsignedMasterFile());
        }
    }

    public static String fileName(SignedZone zone) {
        return (zone.name().equals(Name.root) ? "root." : zone.name()) + "zone";
    }
}
