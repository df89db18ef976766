package org.danelaw.lab.realm;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.xbill.DNS.Name;

/// A realm that runs: a resolver, which validates nothing, and every mail host, on loopback until it is closed.
///
/// A host whose address in the DNS is a loopback address listens there, at the realm's port. Other addresses, as those
/// of [Samples], are only names for a listener elsewhere: [#dialled] tells where. A machine without IPv6 has no `::1`:
/// a host there cannot run, and [#runs] tells so.
public final class LiveRealm implements AutoCloseable {
    private final Realm realm;
    private final NameServer resolver;
    private final Map<Name, List<MailHost>> hosts = new HashMap<>();
    private final Map<InetAddress, InetSocketAddress> elsewhere = new HashMap<>();
    private final Set<Name> absent = new HashSet<>();

    private LiveRealm(Realm realm, NameServer resolver) {
        this.realm = realm;
        this.resolver = resolver;
    }

    public static LiveRealm start(Realm realm) throws IOException {
        var live = new LiveRealm(realm, NameServer.start(Answers.recursive(realm.internet())));
        try {
            for (var host : realm.hosts()) {
                live.start(host);
            }
            return live;
        } catch (IOException e) {
            live.close();
            throw e;
        }
    }

    private void start(HostPlan host) throws IOException {
        var started = new ArrayList<MailHost>();
        hosts.put(host.name(), started);
        for (var address : host.addresses()) {
            if (address instanceof Inet6Address && !isThere(address)) {
                absent.add(host.name());
            } else if (address.isLoopbackAddress()) {
                started.add(realm.settings(host).on(address, realm.port()).start());
            } else {
                var listener = realm.settings(host)
                        .on(InetAddress.getLoopbackAddress(), 0)
                        .start();
                started.add(listener);
                elsewhere.put(address, listener.address());
            }
        }
    }

    private static boolean isThere(InetAddress address) {
        if (!address.isLoopbackAddress()) {
            return true;
        }
        try (var probe = new ServerSocket(0, 1, address)) {
            return probe.isBound();
        } catch (IOException noIpv6) {
            return false;
        }
    }

    /// A port that is free now: the realm's hosts all listen at one port, each at its own address.
    public static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    public Realm realm() {
        return realm;
    }

    /// The resolver's address and what it was asked.
    public NameServer resolver() {
        return resolver;
    }

    /// The running hosts of that name, one for each address.
    public List<MailHost> hosts(Name name) {
        return List.copyOf(hosts.getOrDefault(name, List.of()));
    }

    /// Whether this machine has the addresses of all hosts that came with the domain.
    public boolean runs(Domain domain) {
        return domain.hosts().stream().noneMatch(host -> absent.contains(host.name()));
    }

    /// All messages that any of the domain's own hosts accepted.
    public long mailCount(Domain domain) {
        return domain.hosts().stream()
                .flatMap(host -> hosts(host.name()).stream())
                .mapToLong(MailHost::mailCount)
                .sum();
    }

    /// Where a connection to `address`, as the DNS has it, really goes.
    public InetSocketAddress dialled(InetAddress address, int port) {
        return elsewhere.getOrDefault(address, new InetSocketAddress(address, port));
    }

    @Override
    public void close() throws IOException {
        hosts.values().stream().flatMap(List::stream).forEach(MailHost::close);
        resolver.close();
    }
}
