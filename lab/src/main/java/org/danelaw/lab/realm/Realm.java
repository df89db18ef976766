package org.danelaw.lab.realm;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.danelaw.lab.mailhost.MailHostSettings;
import org.danelaw.lab.realm.DomainPlan.ShownHost;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.xbill.DNS.Name;

/// An internet with mail hosts: domains, and how mail to each must end.
public final class Realm {
    private final int port;
    private final Internet internet;
    private final List<Domain> domains;
    private final Map<Name, MailHostSettings> settings;

    private Realm(int port, Internet internet, List<Domain> domains, Map<Name, MailHostSettings> settings) {
        this.port = port;
        this.internet = internet;
        this.domains = List.copyOf(domains);
        this.settings = Map.copyOf(settings);
    }

    /// The named world, signed for `instant`, whose hosts take mail at `port`: TLSA records stand at that port.
    public static Realm danelaw(Instant instant, int port) {
        return of(
                instant,
                port,
                Tops.zones(),
                Stream.of(
                                SoundDomains.all(),
                                FallbackDomains.all(),
                                MismatchedDomains.all(),
                                BrokenDomains.all(),
                                BouncingDomains.all())
                        .flatMap(List::stream)
                        .toList());
    }

    static Realm of(Instant instant, int port, List<Zone> tops, List<DomainPlan> plans) {
        var certificates = new Certificates();
        var shown = plans.stream().flatMap(plan -> plan.hosts().stream()).toList();
        var writing = new Writing(port, certificates, shown);
        var zones = Stream.concat(
                        tops.stream(),
                        plans.stream().flatMap(plan -> plan.zones().stream()).map(writing::zone))
                .toList();
        var settings = new HashMap<Name, MailHostSettings>();
        shown.forEach(host -> settings.put(Writing.absolute(host.name()), certificates.settings(host)));
        var domains = plans.stream().map(plan -> domain(plan, writing)).toList();
        return new Realm(port, Internet.at(instant, zones), domains, settings);
    }

    private static Domain domain(DomainPlan plan, Writing writing) {
        return new Domain(
                Writing.absolute(plan.mailName()),
                plan.says(),
                plan.rules(),
                plan.hosts().stream().map(host -> host(host, writing)).toList(),
                plan.opportunistic(),
                plan.mandatory());
    }

    private static HostPlan host(ShownHost host, Writing writing) {
        var name = Writing.absolute(host.name());
        return new HostPlan(name, writing.addresses(name), host.showing(), host.certificateName());
    }

    public Internet internet() {
        return internet;
    }

    public int port() {
        return port;
    }

    public List<Domain> domains() {
        return domains;
    }

    /// All mail hosts of all domains.
    public List<HostPlan> hosts() {
        return domains.stream().flatMap(domain -> domain.hosts().stream()).toList();
    }

    /// How a mail host behaves, but for its address.
    public MailHostSettings settings(HostPlan host) {
        var found = settings.get(host.name());
        if (found == null) {
            throw new IllegalArgumentException(host.name() + " is no host of this realm");
        }
        return found;
    }
}
