package org.danelaw.discovery;

import org.danelaw.policy.Destination;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.resolver.Resolver;
import org.xbill.DNS.Name;

/// Gathers the facts about a domain's mail hosts in the order of RFC 7672: MX, addresses, and TLSA only behind secure
/// addresses; never a second, unvalidated look-up.
@SuppressWarnings("DoNotCallSuggester")
public final class Discovery {
    private final Resolver resolver;

    public Discovery(Resolver resolver) {
        this.resolver = resolver;
    }

    /// Where mail for `domain` goes.
    public Destination destination(Name domain) {
        throw new IllegalStateException("unbuilt " + domain + resolver);
    }

    /// What is known of one of a destination's hosts, for mail to `port` there.
    public HostFinding host(Destination.Hosts destination, MxHost host, int port) {
        throw new IllegalStateException("unbuilt " + destination + host + port);
    }
}
