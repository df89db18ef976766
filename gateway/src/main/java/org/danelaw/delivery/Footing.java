package org.danelaw.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.danelaw.dnssec.Proof;
import org.danelaw.policy.Destination;
import org.danelaw.policy.DestinationRule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.NextHop;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.queue.Lane;
import org.xbill.DNS.Name;

/// What the mail of a lane meets with at one moment, before any look-up: by the settings, and by what the
/// resolvers can do.
sealed interface Footing {
    /// Its destination's hosts are to be walked through.
    ///
    /// @param domain the recipients', or the address in their address literal
    /// @param dns who is asked
    /// @param given the hosts that are known without a question for MX records, where that is so
    /// @param usualPort where hosts listen that have no port of their own
    /// @param daneOff why DANE is off although the destination has it, where that is so
    record Firm(
            Name domain,
            DestinationRule rule,
            MailHosts dns,
            Optional<Destination.Hosts> given,
            int usualPort,
            Optional<String> daneOff)
            implements Footing {
        Destination destination() {
            return given.isPresent() ? given.get() : dns.destination(domain);
        }

        HostFinding host(MxHost host) {
            return rule.dane() == DaneSupport.NONE ? dns.addresses(host) : dns.host(host, usualPort);
        }
    }

    /// It waits: there is DANE to be had, and no way to have it now.
    record Withheld(Refusal why) implements Footing {}

    /// It is thrown away, by the SMTP route for `match`.
    record Discarded(String match) implements Footing {}

    /// Its domain can be nobody's.
    record Unnameable(Refusal why) implements Footing {}

    /// Whether mail goes only where DANE lets it.
    default boolean isHeldToDane() {
        return switch (this) {
            case Firm firm -> firm.rule().dane() != DaneSupport.NONE;
            case Withheld withheld -> true;
            case Discarded discarded -> false;
            case Unnameable unnameable -> false;
        };
    }

    static Footing of(MailHosts hosts, DeliverySettings settings, Lane lane) {
        var domain = Names.ofDestination(lane.domain());
        if (domain.isEmpty()) {
            return new Unnameable(
                    new Refusal(Ground.NO_SUCH_DOMAIN, lane.domain() + " cannot be the name of a domain."));
        }
        var rule = settings.controls().of(lane.domain()).rule(lane.dane(), settings.insecureMx());
        var start = new Start(hosts, settings, domain.get());
        return switch (settings.routes().way(lane.domain())) {
            case SmtpRoute.Discard(var match) -> new Discarded(match);
            case SmtpRoute.ByDns byDns -> start.by(rule, start.literal(lane.domain()), Optional.empty());
            case SmtpRoute.ToHosts route -> start.over(route, rule);
        };
    }

    /// What the mail has before it is known which way it goes.
    record Start(MailHosts hosts, DeliverySettings settings, Name domain) {
        private Footing over(SmtpRoute.ToHosts route, DestinationRule rule) {
            var refusal = route.dane().refusal(rule, domain);
            if (refusal.isPresent()) {
                return new Withheld(refusal.get());
            }
            var onTheRoute = route.dane().rule(rule);
            var off = onTheRoute.equals(rule) ? Optional.<String>empty() : Optional.of(Ground.SMTP_ROUTE.reason());
            return by(onTheRoute, Optional.of(hosts.route(route.hosts())), off);
        }

        /// RFC 5321 section 5.1: mail for an address literal goes to that address, and no MX is asked for
        /// (rule B11).
        private Optional<Destination.Hosts> literal(String domain) {
            return Names.literal(domain)
                    .map(_ -> new Destination.Hosts(
                            new NextHop(this.domain, this.domain),
                            MxTrust.INSECURE,
                            List.of(new MxHost(this.domain, 0)),
                            new Proof(List.of(), Instant.MAX)));
        }

        /// Rule A16: while no resolver can do DNSSEC, mail that the operator lets go all the same goes by
        /// plain DNS and without DANE; no other mail ever does.
        private Footing by(DestinationRule rule, Optional<Destination.Hosts> given, Optional<String> daneOff) {
            var lack = hosts.lack();
            if (lack.isEmpty()) {
                return new Firm(domain, rule, hosts, given, settings.port(), daneOff);
            }
            return settings.whenUnavailable()
                    .refusal(rule, lack.get())
                    .<Footing>map(Withheld::new)
                    .orElseGet(() -> new Firm(
                            domain,
                            rule.withoutDane(),
                            hosts.plain(),
                            given,
                            settings.port(),
                            daneOff.or(() -> Optional.of(Ground.NO_CAPABLE_RESOLVER.reason()))));
        }
    }
}
