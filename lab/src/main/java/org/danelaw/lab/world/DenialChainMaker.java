package org.danelaw.lab.world;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/// Makes a zone's NSEC records (RFC 4035 section 2.3) or NSEC3 records (RFC 5155 section 7.1).
final class DenialChainMaker {
    private final NameTree tree;
    private final List<Signing> signings;
    private final long ttl;

    private DenialChainMaker(NameTree tree, List<Signing> signings) {
        this.tree = tree;
        this.signings = signings;
        this.ttl = negativeTtl(tree);
    }

    static DenialChain chain(NameTree tree, Denial kind, List<Signing> signings) {
        var maker = new DenialChainMaker(tree, signings);
        var links = switch (kind) {
            case Denial.Nsec() -> maker.nsec();
            case Denial.Nsec3 how -> maker.nsec3(how);
        };
        return new DenialChain(tree.zone(), Optional.of(kind), links);
    }

    /// RFC 9077 section 3: the lesser of the SOA's MINIMUM and its TTL.
    private static long negativeTtl(NameTree tree) {
        var soa = (SOARecord) tree.set(tree.zone(), Type.SOA).getFirst();
        return Math.min(soa.getMinimum(), soa.getTTL());
    }

    private NavigableMap<Name, Link> nsec() {
        var owners = tree.owners();
        var links = new TreeMap<Name, Link>();
        for (var owner : owners) {
            var next = after(owners, owner);
            var types = types(owner, Stream.of(Type.NSEC, Type.RRSIG));
            links.put(owner, link(owner, next, new NSECRecord(owner, DClass.IN, ttl, next, types)));
        }
        return links;
    }

    private NavigableMap<Name, Link> nsec3(Denial.Nsec3 how) {
        var places = new TreeMap<Name, Name>();
        namesInNsec3(how).forEach(name -> places.put(DenialChain.hashed(name, how, tree.zone()), name));
        var links = new TreeMap<Name, Link>();
        places.forEach((place, name) -> {
            var next = after(places.navigableKeySet(), place);
            links.put(place, link(place, next, nsec3(how, place, name, next)));
        });
        return links;
    }

    private NSEC3Record nsec3(Denial.Nsec3 how, Name place, Name name, Name next) {
        return new NSEC3Record(
                place,
                DClass.IN,
                ttl,
                NSEC3Record.SHA1_DIGEST_ID,
                how.optOut() ? 1 : 0,
                how.iterations(),
                how.salt(),
                DenialChain.hashOf(next),
                types(name, isSignedAt(name) ? Stream.of(Type.RRSIG) : Stream.of()));
    }

    /// Names with records and the empty ones above them; under opt-out without the unsigned delegations and the empty
    /// names that only they bring about.
    private NavigableSet<Name> namesInNsec3(Denial.Nsec3 how) {
        var names = new TreeSet<Name>();
        for (var owner : tree.owners()) {
            if (how.optOut() && tree.isCut(owner) && !tree.has(owner, Type.DS)) {
                continue;
            }
            for (var name = owner; !name.equals(tree.zone()); name = new Name(name, 1)) {
                names.add(name);
            }
        }
        names.add(tree.zone());
        return names;
    }

    private boolean isSignedAt(Name name) {
        return tree.types(name).stream().anyMatch(type -> tree.isAuthoritative(name, type));
    }

    private int[] types(Name name, Stream<Integer> more) {
        return Stream.concat(tree.types(name).stream(), more)
                .flatMapToInt(IntStream::of)
                .sorted()
                .toArray();
    }

    private Link link(Name owner, Name next, Record record) {
        return new Link(owner, next, ZoneSet.of(new ArrayList<>(List.of(record)), signings), false);
    }

    private static Name after(NavigableSet<Name> names, Name name) {
        var next = names.higher(name);
        return next == null ? names.first() : next;
    }
}
