package org.danelaw.delivery;

import java.util.List;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.RouteDane;

/// A way for some domains' mail that the DNS does not know of.
public sealed interface SmtpRoute {
    /// Whose mail takes it: a domain's, with a leading dot all its subdomains', or [SmtpRoutes#ALL].
    String match();

    /// To these hosts, in the order of their preferences, and to no others: their names are asked for
    /// addresses only, and are not looked for in the table of routes again.
    record ToHosts(String match, List<MxHost> hosts, RouteDane dane) implements SmtpRoute {
        public ToHosts {
            hosts = List.copyOf(hosts);
            if (hosts.isEmpty()) {
                throw new IllegalArgumentException("a route for " + match + " that leads nowhere");
            }
        }
    }

    /// As the MX records say, whatever a wider route says.
    record ByDns(String match) implements SmtpRoute {}

    /// Taken and thrown away.
    record Discard(String match) implements SmtpRoute {}
}
