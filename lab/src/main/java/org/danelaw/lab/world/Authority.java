package org.danelaw.lab.world;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/// An authoritative server's answers for its zones, as RFC 1034 section 4.3.2, RFC 4035 section 3.1 and RFC 5155
/// section 7.2 want them: a pure function from query to response.
public final class Authority {
    private final NavigableMap<Name, SignedZone> zones;

    public Authority(Collection<SignedZone> zones) {
        this.zones = new TreeMap<>();
        zones.forEach(zone -> this.zones.put(zone.name(), zone));
    }

    public static Authority of(SignedZone... zones) {
        return new Authority(List.of(zones));
    }

    /// What the zone's records say, whatever its servers' conduct.
    public Message answer(Query query) {
        return zoneFor(query).map(zone -> new ZoneAnswer(zone, query).message()).orElseGet(() -> refused(query));
    }

    /// What the zone's servers do.
    public Response respond(Query query) {
        return zoneFor(query).map(zone -> respond(zone, query)).orElseGet(() -> Response.of(refused(query)));
    }

    static Response respond(SignedZone zone, Query query) {
        var response = Response.of(new ZoneAnswer(zone, query).message());
        for (var conduct : zone.conducts()) {
            response = conduct.toward(query, response);
        }
        return response;
    }

    /// The deepest zone that has the name; for DS the parent's, where it is served here (RFC 4035 section 3.1.4.1).
    private Optional<SignedZone> zoneFor(Query query) {
        var name = query.name();
        if (query.type() == Type.DS && name.labels() > 1) {
            return deepest(new Name(name, 1)).or(() -> deepest(name));
        }
        return deepest(name);
    }

    private Optional<SignedZone> deepest(Name name) {
        for (var above = name; ; above = new Name(above, 1)) {
            var zone = zones.get(above);
            if (zone != null) {
                return Optional.of(zone);
            }
            if (above.equals(Name.root)) {
                return Optional.empty();
            }
        }
    }

    private static Message refused(Query query) {
        return Reply.to(query).rcode(Rcode.REFUSED).unflag(Flags.AA).message();
    }
}
