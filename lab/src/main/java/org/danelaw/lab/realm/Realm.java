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
    private final List<Chapter> chapters;
    private final Map<Name, MailHostSettings> settings;

    private Realm(int port, Internet internet, List<Chapter> chapters, Map<Name, MailHostSettings> settings) {
        this.port = port;
        this.internet = internet;
        this.chapters = List.copyOf(chapters);
        this.settings = Map.copyOf(settings);
    }

    /// The named world, signed for `instant`, whose hosts take mail at `port`: TLSA records stand at that port.
    public static Realm danelaw(Instant instant, int port) {
        return of(
                instant,
                port,
                Tops.zones(),
                List.of(
                        new Chapter.Plan(
                                "DANE as it should be: the mail host proves itself by the domain's signed TLSA records",
                                SoundDomains.all()),
                        new Chapter.Plan(
                                "Without DANE, or with less than it takes, and that is no fault:"
                                        + " only mandatory DANE waits",
                                FallbackDomains.all()),
                        new Chapter.Plan(
                                "The mail host does not prove what the TLSA records promise, as in an attack: mail waits",
                                MismatchedDomains.all()),
                        new Chapter.Plan(
                                "The DNS gives no answer that can be trusted, as in an attack: mail waits",
                                BrokenDomains.all()),
                        new Chapter.Plan(
                                "No mail is taken here, and the DNS says so: it goes back to its sender",
                                BouncingDomains.all())));
    }

    static Realm of(Instant instant, int port, List<Zone> tops, List<Chapter.Plan> chapters) {
        var plans =
                chapters.stream().flatMap(chapter -> chapter.domains().stream()).toList();
        var certificates = new Certificates();
        var shown = plans.stream().flatMap(plan -> plan.hosts().stream()).toList();
        var writing = new Writing(port, certificates, shown);
        var zones = Stream.concat(
                        tops.stream(),
                        plans.stream().flatMap(plan -> plan.zones().stream()).map(writing::zone))
                .toList();
        var settings = new HashMap<Name, MailHostSettings>();
        shown.forEach(host -> settings.put(Writing.absolute(host.name()), certificates.settings(host)));
        var told = chapters.stream()
                .map(chapter -> new Chapter(
                        chapter.title(),
                        chapter.domains().stream()
                                .map(plan -> domain(plan, writing))
                                .toList()))
                .toList();
        return new Realm(port, Internet.at(instant, zones), told, settings);
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

    public List<Chapter> chapters() {
        return chapters;
    }

    public List<Domain> domains() {
        return chapters.stream().flatMap(chapter -> chapter.domains().stream()).toList();
    }

    /// All mail hosts of all domains.
    public List<HostPlan> hosts() {
        return domains().stream().flatMap(domain -> domain.hosts().stream()).toList();
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
