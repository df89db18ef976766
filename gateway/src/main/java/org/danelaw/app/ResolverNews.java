package org.danelaw.app;

import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.resolver.Capability;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.ResolverEvents;

/// Tells the logs what an operator must know of the resolvers and trust anchors (rule A16: that a resolver cannot do
/// DNSSEC, and what it lacks).
record ResolverNews(Events events) implements ResolverEvents {
    @Override
    public void probed(DnsServer server, Capability capability) {
        switch (capability) {
            // Nothing is known yet, so there is no news.
            case Capability.Unknown() -> {}
            case Capability.Capable() -> events.accept(new SystemEvent.ResolverCapable(server.toString()));
            case Capability.Lacking lacking ->
                events.accept(new SystemEvent.ResolverLacking(server.toString(), lacking.sentence()));
            case Capability.Unreachable(var why) ->
                events.accept(new SystemEvent.ResolverSilent(server.toString(), why));
        }
    }

    @Override
    public void anchors(String change) {
        events.accept(new SystemEvent.TrustAnchorsChanged(change));
    }
}
