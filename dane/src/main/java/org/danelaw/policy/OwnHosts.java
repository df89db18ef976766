package org.danelaw.policy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.danelaw.policy.Refusal.Ground;
import org.xbill.DNS.Name;

/// Where this gateway itself takes mail, so that as a backup MX it sends on to better hosts only and never
/// to itself (rule B17).
///
/// @param listeners addresses with their ports: another server on the same machine is not this gateway
public record OwnHosts(Set<Name> names, Set<InetSocketAddress> listeners) {
    public OwnHosts {
        names = Set.copyOf(names);
        listeners = Set.copyOf(listeners);
    }

    /// The hosts of `destination` that are better than this gateway, as far as names tell: to be asked
    /// before any address is looked up.
    public Destination.Hosts betterByName(Destination.Hosts destination) {
        return better(
                destination,
                Stream.concat(destination.hosts().stream(), destination.beyond().stream())
                        .filter(host -> names.contains(host.name())));
    }

    /// The hosts of `destination` that are better than this gateway, as far as the addresses of `found`
    /// tell.
    ///
    /// @param port where hosts are dialled that have none of their own
    public Destination.Hosts betterByAddress(Destination.Hosts destination, List<HostFinding> found, int port) {
        return better(
                destination, found.stream().filter(host -> isOwn(host, port)).map(HostFinding::host));
    }

    /// What the mail gets when no host is better than this gateway: an error that lasts where the domain's
    /// MX records say so, one to be mended in time where our own operator's route does.
    ///
    /// @param trust how the destination's hosts were learned
    public Conclusion loop(Name domain, MxTrust trust) {
        var own = names.stream().findFirst().orElse(Name.root);
        return switch (trust) {
            case SECURE, INSECURE -> new Conclusion.Bounced(new Refusal(Ground.LOOP, Sentences.loop(domain, own)));
            case CONFIGURED -> new Conclusion.Deferred(new Refusal(Ground.LOOP, Sentences.loopOfRoute(domain, own)));
        };
    }

    private boolean isOwn(HostFinding host, int usualPort) {
        var port = host.host().portOr(usualPort);
        return Stream.of(host.v4(), host.v6())
                .flatMap(family -> family.addresses().stream())
                .anyMatch(address -> isOwn(address, port));
    }

    private boolean isOwn(InetAddress address, int port) {
        return listeners.contains(new InetSocketAddress(address, port));
    }

    /// RFC 5321 section 5.1: a relay that finds itself in the list drops itself and all hosts of its own
    /// preference and of worse ones.
    private static Destination.Hosts better(Destination.Hosts destination, Stream<MxHost> own) {
        OptionalInt preference = own.mapToInt(MxHost::preference).min();
        return preference.isEmpty() ? destination : destination.before(preference.getAsInt());
    }
}
