package org.danelaw.lab.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3PARAMRecord;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Signs a zone (RFC 4035 section 2, RFC 5155 section 7.1).
final class ZoneSigner {
    private final Zone zone;
    private final List<ZoneKey> keys;
    private final Instant inception;
    private final Instant expiration;

    private ZoneSigner(Zone zone, Instant at) {
        this.zone = zone;
        this.keys = zone.signatures().keys().stream()
                .map(key -> key.of(zone.name()))
                .toList();
        this.inception = at.minus(zone.signatures().age());
        this.expiration = at.plus(zone.signatures().life());
    }

    static SignedZone sign(Zone zone, Instant at) {
        return new ZoneSigner(zone, at).signed();
    }

    private SignedZone signed() {
        var records = ZoneText.completed(zone.name(), zone.records());
        if (!keys.isEmpty()) {
            records.addAll(keyRecords());
        }
        var tree = NameTree.of(zone.name(), records);
        var nodes = new TreeMap<Name, Map<Integer, ZoneSet>>();
        tree.nodes().forEach((owner, node) -> {
            var sets = new LinkedHashMap<Integer, ZoneSet>();
            node.forEach((type, set) -> sets.put(type, ZoneSet.of(set, signings(tree, owner, type))));
            nodes.put(owner, sets);
        });
        var denial = keys.isEmpty()
                ? DenialChain.none(zone.name())
                : DenialChainMaker.chain(tree, zone.signatures().denial(), zoneSignings());
        return new SignedZone(zone.name(), nodes, denial, keys, ds(), List.of());
    }

    private List<Record> keyRecords() {
        var made = new ArrayList<Record>();
        keys.stream()
                .filter(key -> key.plan().role() != Key.Role.HIDDEN)
                .map(ZoneKey::dnskey)
                .forEach(made::add);
        if (zone.signatures().denial() instanceof Denial.Nsec3 how) {
            // RFC 5155 section 4: for the servers of the zone, validators do not read it.
            made.add(new NSEC3PARAMRecord(
                    zone.name(), DClass.IN, 0, NSEC3Record.SHA1_DIGEST_ID, 0, how.iterations(), how.salt()));
        }
        return made;
    }

    /// RFC 4035 section 2.2: all sets that the zone is authoritative for, not its delegations, nor what is below them.
    private List<Signing> signings(NameTree tree, Name owner, int type) {
        if (!tree.isAuthoritative(owner, type)) {
            return List.of();
        }
        return type == Type.DNSKEY ? keySignings() : zoneSignings();
    }

    private List<Signing> keySignings() {
        return keys.stream()
                .filter(key -> key.plan().role().signsKeys())
                .map(this::signing)
                .toList();
    }

    private List<Signing> zoneSignings() {
        return keys.stream()
                .filter(key -> key.plan().role().signsZone())
                .map(this::signing)
                .toList();
    }

    private Signing signing(ZoneKey key) {
        return new Signing(key, inception, expiration);
    }

    private List<org.xbill.DNS.DSRecord> ds() {
        return keys.stream()
                .filter(key -> key.plan().role() == Key.Role.KSK || key.plan().role() == Key.Role.CSK)
                .flatMap(key -> zone.signatures().digests().stream().map(key::ds))
                .toList();
    }
}
