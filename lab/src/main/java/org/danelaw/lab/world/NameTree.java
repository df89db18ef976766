package org.danelaw.lab.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A zone's records by name and type, and which names are its own.
record NameTree(Name zone, NavigableMap<Name, Map<Integer, List<Record>>> nodes) {
    static NameTree of(Name zone, List<Record> records) {
        var nodes = new TreeMap<Name, Map<Integer, List<Record>>>();
        for (var record : records) {
            if (!record.getName().subdomain(zone)) {
                throw new IllegalArgumentException(record.getName() + " is not in the zone " + zone);
            }
            var set = nodes.computeIfAbsent(record.getName(), name -> new LinkedHashMap<>())
                    .computeIfAbsent(record.getType(), type -> new ArrayList<>());
            if (!set.contains(record)) {
                set.add(record);
            }
        }
        return new NameTree(zone, nodes);
    }

    boolean has(Name name, int type) {
        return !set(name, type).isEmpty();
    }

    List<Record> set(Name name, int type) {
        return nodes.getOrDefault(name, Map.of()).getOrDefault(type, List.of());
    }

    boolean isCut(Name name) {
        return !name.equals(zone) && has(name, Type.NS);
    }

    boolean isAuthoritative(Name owner, int type) {
        return !isHidden(owner) && (!isCut(owner) || type == Type.DS);
    }

    /// Below a delegation or a DNAME: the zone has no say there.
    boolean isHidden(Name owner) {
        if (owner.equals(zone)) {
            return false;
        }
        for (var above = new Name(owner, 1); above.subdomain(zone); above = new Name(above, 1)) {
            if (isCut(above) || has(above, Type.DNAME)) {
                return true;
            }
            if (above.equals(zone)) {
                return false;
            }
        }
        return false;
    }

    /// The names that have records of their own, or are delegations.
    NavigableSet<Name> owners() {
        var owners = new TreeSet<Name>();
        nodes.keySet().stream().filter(name -> !isHidden(name)).forEach(owners::add);
        return owners;
    }

    /// The types at a name that the zone speaks for: at a delegation, NS and DS.
    List<Integer> types(Name owner) {
        var types = nodes.getOrDefault(owner, Map.of()).keySet().stream();
        if (isCut(owner)) {
            types = types.filter(type -> type == Type.NS || type == Type.DS);
        }
        return types.toList();
    }
}
