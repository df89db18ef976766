package org.danelaw.verify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.json.Word;
import org.danelaw.policy.Destination;
import org.danelaw.policy.MxHost;
import org.xbill.DNS.Name;

/// What an SMTP route makes of a domain's mail here, whatever its MX records say.
public sealed interface Detour {
    /// It goes to the route's hosts.
    ///
    /// @param hosts those that were looked at, in the order of their preferences
    record Through(SmtpRoute.ToHosts route, Destination.Hosts destination, List<HostReport> hosts) implements Detour {
        public Through {
            hosts = List.copyOf(hosts);
        }
    }

    /// It is thrown away, by the route for `match`.
    record Discarded(String match) implements Detour {}

    /// What the operator of this gateway has to know of `route` who asks about `domain`; empty where the route leads
    /// by the DNS.
    static Optional<String> note(Name domain, SmtpRoute route) {
        String mail = "mail for " + domain.toString(true);
        return switch (route) {
            case SmtpRoute.ByDns _ -> Optional.empty();
            case SmtpRoute.Discard(var match) ->
                Optional.of(mail + " is thrown away here, by the SMTP route for " + match);
            case SmtpRoute.ToHosts to -> Optional.of(mail + " does not go by its MX records here, but by " + words(to));
        };
    }

    /// As `the SMTP route for .example.org, dane = "fail", to relay.example.net:2525`.
    static String words(SmtpRoute.ToHosts route) {
        return "the SMTP route for " + route.match() + ", dane = \"" + Word.of(route.dane()) + "\", to "
                + route.hosts().stream().map(Detour::words).collect(Collectors.joining(", "));
    }

    private static String words(MxHost host) {
        return host.name().toString(true)
                + (host.port().isPresent() ? ":" + host.port().getAsInt() : "");
    }
}
