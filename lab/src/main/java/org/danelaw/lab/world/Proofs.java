package org.danelaw.lab.world;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Puts into a reply's authority section what proves an absence: with NSEC as RFC 4035 section 3.1.3 says, with NSEC3
/// as
/// RFC 5155 section 7.2.
final class Proofs {
    private final SignedZone zone;
    private final Reply reply;

    Proofs(SignedZone zone, Reply reply) {
        this.zone = zone;
        this.reply = reply;
    }

    static Name wildcardBelow(Name encloser) {
        try {
            return Name.concatenate(Name.fromConstantString("*"), encloser);
        } catch (NameTooLongException e) {
            throw new IllegalStateException("no room for a wildcard below " + encloser, e);
        }
    }

    private boolean hashes() {
        return zone.denial().kind().filter(Denial.Nsec3.class::isInstance).isPresent();
    }

    private boolean isProving() {
        return reply.wantsDnssec() && zone.denial().kind().isPresent();
    }

    /// The name is there, the type is not.
    void noData(Name name) {
        soa();
        if (!isProving()) {
            return;
        }
        if (hashes() && zone.denial().matching(name).isEmpty()) {
            // An unsigned delegation in an opted-out span, or an empty name above one.
            closestProvableEncloser(name);
        } else if (zone.denial().matching(name).isPresent()) {
            send(zone.denial().matching(name));
        } else {
            // An empty non-terminal has no NSEC of its own: the span around it shows that something is below it.
            send(zone.denial().covering(name));
        }
    }

    void noSuchName(Name name, Name encloser) {
        soa();
        if (!isProving()) {
            return;
        }
        encloserProof(name, encloser);
        send(zone.denial().covering(wildcardBelow(encloser)));
    }

    /// A wildcard answered for `name`: nothing nearer exists.
    void noCloserMatch(Name name, Name wildcard) {
        if (!isProving()) {
            return;
        }
        if (hashes()) {
            // RFC 5155 section 7.2.6: the wildcard itself shows the closest encloser.
            send(zone.denial().covering(nextCloser(name, new Name(wildcard, 1))));
        } else {
            send(zone.denial().covering(name));
        }
    }

    void noDataAtWildcard(Name name, Name wildcard) {
        soa();
        if (!isProving()) {
            return;
        }
        encloserProof(name, new Name(wildcard, 1));
        send(zone.denial().matching(wildcard));
    }

    /// The delegation is there and has no DS.
    void noDs(Name cut) {
        if (!isProving()) {
            return;
        }
        var own = zone.denial().matching(cut);
        if (own.isPresent()) {
            send(own);
        } else if (hashes()) {
            closestProvableEncloser(cut);
        }
    }

    private void encloserProof(Name name, Name encloser) {
        if (hashes()) {
            send(zone.denial().matching(encloser));
            send(zone.denial().covering(nextCloser(name, encloser)));
        } else {
            send(zone.denial().covering(name));
        }
    }

    /// RFC 5155 section 7.2.4: the deepest name above that has a record, and the opt-out span over the next one.
    private void closestProvableEncloser(Name name) {
        var encloser = new Name(name, 1);
        while (zone.denial().matching(encloser).isEmpty() && !encloser.equals(zone.name())) {
            encloser = new Name(encloser, 1);
        }
        encloserProof(name, encloser);
    }

    private static Name nextCloser(Name name, Name encloser) {
        return new Name(name, name.labels() - encloser.labels() - 1);
    }

    private void soa() {
        zone.set(zone.name(), Type.SOA).ifPresent(soa -> reply.add(soa, Section.AUTHORITY));
    }

    private void send(Optional<Link> link) {
        link.filter(found -> !found.withheld()).ifPresent(found -> reply.add(found.set(), Section.AUTHORITY));
    }
}
