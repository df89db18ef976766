package org.danelaw.lab.world;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// One zone's answer to one query: the algorithm of RFC 1034 section 4.3.2 with the proofs of RFC 4035 section 3.1.
final class ZoneAnswer {
    private final SignedZone zone;
    private final Reply reply;
    private final Proofs proofs;
    private final int type;
    private final Set<Name> seen = new HashSet<>();

    ZoneAnswer(SignedZone zone, Query query) {
        this.zone = zone;
        this.type = query.type();
        this.reply = Reply.to(query).flag(Flags.AA);
        this.proofs = new Proofs(zone, reply);
        answer(query.name());
    }

    Message message() {
        return reply.message();
    }

    /// Follows aliases as far as they stay in the zone; a loop ends where it closes.
    private void answer(Name name) {
        if (!name.subdomain(zone.name()) || !seen.add(name)) {
            return;
        }
        for (var labels = zone.name().labels(); labels <= name.labels(); labels++) {
            var above = new Name(name, name.labels() - labels);
            var node = zone.nodes().getOrDefault(above, Map.of());
            if (isCut(above, node) && !(above.equals(name) && type == Type.DS)) {
                refer(above);
                return;
            }
            if (node.containsKey(Type.DNAME) && !above.equals(name)) {
                redirect(name, node.get(Type.DNAME));
                return;
            }
            if (!exists(above)) {
                answerMissing(name, new Name(above, 1));
                return;
            }
        }
        answerFrom(name, zone.nodes().getOrDefault(name, Map.of()), Optional.empty());
    }

    private boolean isCut(Name name, Map<Integer, ZoneSet> node) {
        return !name.equals(zone.name()) && node.containsKey(Type.NS);
    }

    /// A name exists if it or anything below it has records (RFC 8020 section 2).
    private boolean exists(Name name) {
        var next = zone.nodes().ceilingKey(name);
        return next != null && next.subdomain(name);
    }

    /// From the records at `name`, or at the wildcard that stands for it.
    private void answerFrom(Name name, Map<Integer, ZoneSet> node, Optional<Name> wildcard) {
        var cname = node.get(Type.CNAME);
        if (cname != null && !answersCname()) {
            reply.add(expanded(cname, name, wildcard), Section.ANSWER);
            wildcard.ifPresent(source -> proofs.noCloserMatch(name, source));
            answer(((CNAMERecord) cname.records().getFirst()).getTarget());
            return;
        }
        var found = node.values().stream()
                .filter(set -> type == Type.ANY || set.type() == type)
                .toList();
        if (found.isEmpty() && denialAt(name).isPresent()) {
            reply.add(denialAt(name).get(), Section.ANSWER);
        } else if (found.isEmpty()) {
            wildcard.ifPresentOrElse(source -> proofs.noDataAtWildcard(name, source), () -> proofs.noData(name));
        } else {
            found.forEach(set -> reply.add(expanded(set, name, wildcard), Section.ANSWER));
            wildcard.ifPresent(source -> proofs.noCloserMatch(name, source));
        }
    }

    private boolean answersCname() {
        return type == Type.CNAME || type == Type.ANY || type == Type.NSEC || type == Type.RRSIG;
    }

    /// NSEC records are data too, and can be asked for.
    private Optional<ZoneSet> denialAt(Name name) {
        if (type != Type.NSEC) {
            return Optional.empty();
        }
        return zone.denial()
                .matching(name)
                .filter(link -> link.set().type() == Type.NSEC)
                .map(Link::set);
    }

    private static ZoneSet expanded(ZoneSet set, Name name, Optional<Name> wildcard) {
        return wildcard.isPresent() ? set.expandedTo(name) : set;
    }

    /// RFC 4592 section 3.3: only the wildcard right below the closest encloser can stand for a missing name.
    private void answerMissing(Name name, Name encloser) {
        var wildcard = Proofs.wildcardBelow(encloser);
        var node = zone.nodes().get(wildcard);
        if (node != null) {
            answerFrom(name, node, Optional.of(wildcard));
        } else if (exists(wildcard)) {
            answerFrom(name, Map.of(), Optional.of(wildcard));
        } else {
            reply.rcode(Rcode.NXDOMAIN);
            proofs.noSuchName(name, encloser);
        }
    }

    /// RFC 6672 section 3.1: the DNAME, and a CNAME made from it, which is not signed.
    private void redirect(Name name, ZoneSet set) {
        var dname = (DNAMERecord) set.records().getFirst();
        reply.add(set, Section.ANSWER);
        try {
            var target = name.fromDNAME(dname);
            reply.add(new CNAMERecord(name, DClass.IN, dname.getTTL(), target), Section.ANSWER);
            answer(target);
        } catch (NameTooLongException e) {
            reply.rcode(Rcode.YXDOMAIN);
        }
    }

    /// RFC 4035 section 3.1.4: to the child's servers, with its DS records or the proof that there are none.
    private void refer(Name cut) {
        if (!reply.message().getSection(Section.ANSWER).isEmpty()) {
            // Behind an alias the answer so far is enough; whoever asked goes on from there.
            return;
        }
        reply.unflag(Flags.AA);
        var ns = zone.set(cut, Type.NS).orElseThrow();
        reply.add(ns, Section.AUTHORITY);
        zone.set(cut, Type.DS).ifPresentOrElse(ds -> reply.add(ds, Section.AUTHORITY), () -> proofs.noDs(cut));
        for (var record : ns.records()) {
            var server = ((NSRecord) record).getTarget();
            if (server.subdomain(cut)) {
                glue(server);
            }
        }
    }

    private void glue(Name server) {
        zone.set(server, Type.A).ifPresent(set -> reply.add(set, Section.ADDITIONAL));
        zone.set(server, Type.AAAA).ifPresent(set -> reply.add(set, Section.ADDITIONAL));
    }
}
