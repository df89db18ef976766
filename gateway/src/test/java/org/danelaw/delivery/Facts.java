package org.danelaw.delivery;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.NextHop;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.tlsa.TlsaRecord;
import org.xbill.DNS.Name;

/// A DNS in which a test says what there is: for each domain its hosts, for each host its addresses and
/// TLSA records.
final class Facts implements MailHosts {
    static final Proof PROOF = new Proof(List.of(), Instant.MAX);
    static final Reason TROUBLE = new Reason("the server answered SERVFAIL", ExtendedError.OTHER);
    static final TlsaRecord RECORD = new TlsaRecord(3, 1, 1, "ab".repeat(32));

    private final Map<Name, Destination> destinations = new HashMap<>();
    private final Map<Name, HostFinding> hosts = new HashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> domainsAsked = new CopyOnWriteArrayList<>();
    private Optional<String> lack = Optional.empty();

    synchronized Facts destination(String domain, Destination destination) {
        destinations.put(Names.of(domain), destination);
        return this;
    }

    /// A domain with these hosts, each worse than the one before it.
    Facts mx(String domain, MxTrust trust, String... names) {
        var list = new ArrayList<MxHost>();
        for (var name : names) {
            list.add(new MxHost(Names.of(name), 10 * (list.size() + 1)));
        }
        return destination(
                domain, new Destination.Hosts(new NextHop(Names.of(domain), Names.of(domain)), trust, list, PROOF));
    }

    /// A host with one secure IPv4 address.
    Facts host(String name, String address, TlsaFinding tlsa) {
        return host(name, new AddressFinding.Secure(List.of(InetAddress.ofLiteral(address)), PROOF), tlsa);
    }

    Facts host(String name, AddressFinding v4, TlsaFinding tlsa) {
        return host(name, v4, new AddressFinding.None(PROOF), tlsa);
    }

    synchronized Facts host(String name, AddressFinding v4, AddressFinding v6, TlsaFinding tlsa) {
        hosts.put(Names.of(name), new HostFinding(new MxHost(Names.of(name), 0), Names.of(name), v4, v6, tlsa));
        return this;
    }

    synchronized Facts lacking(String what) {
        lack = Optional.of(what);
        return this;
    }

    static TlsaFinding usable(String base) {
        return usable(base, RECORD);
    }

    static TlsaFinding usable(String base, TlsaRecord... records) {
        return new TlsaFinding.Usable(List.of(records), Names.of(base), PROOF);
    }

    static TlsaFinding none() {
        return new TlsaFinding.Absent("its denial is signed", PROOF);
    }

    static TlsaFinding failed() {
        return new TlsaFinding.Failed(Trouble.UNAVAILABLE, TROUBLE);
    }

    /// The names of all hosts that were looked up, in order.
    List<String> asked() {
        return List.copyOf(asked);
    }

    /// The names of all domains whose MX records were asked for, in order.
    List<String> domainsAsked() {
        return List.copyOf(domainsAsked);
    }

    @Override
    public synchronized Destination destination(Name domain) {
        domainsAsked.add(Names.text(domain));
        return lack.isPresent()
                ? new Destination.Unresolved(Trouble.UNAVAILABLE, new Reason(lack.get(), ExtendedError.NOT_READY))
                : known(domain);
    }

    private synchronized Destination known(Name domain) {
        return destinations.getOrDefault(domain, new Destination.NoSuchDomain(PROOF));
    }

    @Override
    public synchronized HostFinding host(MxHost host, int port) {
        asked.add(Names.text(host.name()));
        var found = hosts.get(host.name());
        if (found == null) {
            throw new IllegalStateException("a test without facts about " + host);
        }
        return new HostFinding(host, found.expanded(), found.v4(), found.v6(), found.tlsa());
    }

    @Override
    public Destination.Hosts route(List<MxHost> hosts) {
        var first = hosts.getFirst().name();
        return new Destination.Hosts(new NextHop(first, first), MxTrust.CONFIGURED, hosts, PROOF);
    }

    @Override
    public HostFinding addresses(MxHost host) {
        var found = host(host, 25);
        return new HostFinding(
                host, found.expanded(), found.v4(), found.v6(), new TlsaFinding.NotAsked("DANE does not apply"));
    }

    @Override
    public synchronized Optional<String> lack() {
        return lack;
    }

    /// The same world, seen by plain DNS: what a resolver lacks makes no difference to that.
    @Override
    public MailHosts plain() {
        return new MailHosts() {
            @Override
            public Destination destination(Name domain) {
                return known(domain);
            }

            @Override
            public Destination.Hosts route(List<MxHost> hosts) {
                return Facts.this.route(hosts);
            }

            @Override
            public HostFinding host(MxHost host, int port) {
                return Facts.this.host(host, port);
            }

            @Override
            public HostFinding addresses(MxHost host) {
                return Facts.this.addresses(host);
            }

            @Override
            public Optional<String> lack() {
                return Facts.this.lack();
            }

            @Override
            public MailHosts plain() {
                return this;
            }
        };
    }
}
