package org.danelaw.lab.realm;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.danelaw.lab.world.Zone;

/// A domain as its scenario is written: zone text with gaps that [Writing] fills in. Each method gives a changed copy.
///
/// @param mailName what mail is addressed to; for the most part the name of the first zone
record DomainPlan(
        String mailName,
        String says,
        List<String> rules,
        List<ZonePlan> zones,
        List<ShownHost> hosts,
        Ending opportunistic,
        Ending mandatory) {

    /// A zone whose text is still to be filled in; `change` says how it is signed and what is wrong.
    record ZonePlan(String name, String text, Change change) {}

    /// What becomes of a zone, with the name of a host's TLSA records in hand.
    @FunctionalInterface
    interface Change {
        Zone to(Zone zone, TlsaOwner tlsaOf);
    }

    /// The owner of a host's TLSA records at the realm's port: `_25._tcp.mx` of `mx`.
    @FunctionalInterface
    interface TlsaOwner {
        String of(String host);
    }

    /// A host by its full name, and the name in its certificate.
    record ShownHost(String name, Showing showing, String certificateName) {}

    static DomainPlan domain(String name, String says) {
        return new DomainPlan(name, says, List.of(), List.of(), List.of(), Ending.AUTHENTICATED, Ending.AUTHENTICATED);
    }

    DomainPlan rules(String... shown) {
        return new DomainPlan(mailName, says, List.of(shown), zones, hosts, opportunistic, mandatory);
    }

    DomainPlan zone(String text) {
        return zone(text, zone -> zone);
    }

    DomainPlan zone(String text, UnaryOperator<Zone> change) {
        return zone(mailName, text, change);
    }

    DomainPlan zone(String name, String text, UnaryOperator<Zone> change) {
        return changedZone(name, text, (zone, tlsaOf) -> change.apply(zone));
    }

    DomainPlan changedZone(String text, Change change) {
        return changedZone(mailName, text, change);
    }

    DomainPlan changedZone(String name, String text, Change change) {
        return new DomainPlan(
                mailName,
                says,
                rules,
                joined(zones, new ZonePlan(name, text, change)),
                hosts,
                opportunistic,
                mandatory);
    }

    /// A host of this domain, with its own name in its certificate; `@` is the domain itself.
    DomainPlan host(String host, Showing showing) {
        var name = host.equals("@") ? zoneName() : host + "." + zoneName();
        return shown(new ShownHost(name, showing, name));
    }

    DomainPlan host(String host, Showing showing, String certificateName) {
        return shown(new ShownHost(host + "." + zoneName(), showing, certificateName));
    }

    /// A host in another of its zones, by its full name.
    DomainPlan hostNamed(String fullName, Showing showing) {
        return shown(new ShownHost(fullName, showing, fullName));
    }

    private DomainPlan shown(ShownHost host) {
        return new DomainPlan(mailName, says, rules, zones, joined(hosts, host), opportunistic, mandatory);
    }

    private String zoneName() {
        return zones.isEmpty() ? mailName : zones.getFirst().name();
    }

    /// How mail ends under both kinds of DANE.
    DomainPlan ends(Ending both) {
        return ends(both, both);
    }

    DomainPlan ends(Ending underOpportunistic, Ending underMandatory) {
        return new DomainPlan(mailName, says, rules, zones, hosts, underOpportunistic, underMandatory);
    }

    private static <T> List<T> joined(List<T> some, T more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
