package org.danelaw.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.danelaw.discovery.AddressLookup.Addresses;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dns.RecordSet;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Validated;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.NextHop;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.resolver.Resolver;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Gathers the facts about a domain's mail hosts in the order of RFC 7672: MX, addresses, and TLSA only
/// behind secure addresses; never a second, unvalidated look-up.
public final class Discovery {
    /// How many of a domain's hosts are looked at, the best ones: so many look-ups a domain can cost us,
    /// and no more.
    public static final int MAX_HOSTS = 32;

    /// For what was never looked up, so that it holds for ever and proves nothing.
    static final Proof NO_PROOF = new Proof(List.of(), Instant.MAX);

    private final Resolver resolver;
    private final RandomGenerator random;
    private final AddressLookup lookup;
    private final TlsaLookup tlsa;

    public Discovery(Resolver resolver) {
        this(resolver, RandomGenerator.getDefault());
    }

    /// @param random shuffles hosts of equal preference
    public Discovery(Resolver resolver, RandomGenerator random) {
        this.resolver = resolver;
        this.random = random;
        this.lookup = new AddressLookup(resolver);
        this.tlsa = new TlsaLookup(resolver);
    }

    /// Where mail for `domain` goes.
    public Destination destination(Name domain) {
        return switch (resolver.resolve(new Question(domain, Type.MX))) {
            case Validated.Secure<Answer>(var answer, var proof) -> destination(domain, answer, MxTrust.SECURE, proof);
            case Validated.Insecure<Answer>(var answer, var proof) ->
                destination(domain, answer, MxTrust.INSECURE, proof);
            // RFC 7672 section 2.1.2: an error is not an absence: no host is known, the domain itself is
            // none (rule A1).
            case Validated.Bogus<Answer>(var reason) -> new Destination.Unresolved(Trouble.BOGUS, reason);
            case Validated.Unavailable<Answer>(var reason) -> new Destination.Unresolved(Trouble.UNAVAILABLE, reason);
        };
    }

    /// Where mail goes that our own operator routes: to these hosts, without an MX look-up (rule B15).
    public Destination.Hosts route(List<MxHost> hosts) {
        var first = hosts.getFirst().name();
        return hosts(new NextHop(first, first), MxTrust.CONFIGURED, hosts, NO_PROOF);
    }

    /// What is known of one of a destination's hosts.
    ///
    /// @param usualPort where hosts listen that have no port of their own
    public HostFinding host(MxHost host, int usualPort) {
        return host.literal()
                .map(address -> literal(host, address))
                .orElseGet(() -> named(host, addresses -> tlsa.behind(addresses, host.portOr(usualPort))));
    }

    /// What is known of where one of a destination's hosts is, for mail to which DANE does not apply: its
    /// TLSA records are not asked for.
    public HostFinding addresses(MxHost host) {
        return host.literal()
                .map(address -> literal(host, address))
                .orElseGet(() -> named(host, _ -> new TlsaFinding.NotAsked("DANE does not apply to this mail")));
    }

    private Destination destination(Name domain, Answer answer, MxTrust trust, Proof proof) {
        // RFC 7672 section 2.2.1: where the domain is an alias, its MX records are as good as the alias and
        // they together, and both names are the next hop's (rule B9).
        var nextHop = new NextHop(domain, answer.expanded(domain));
        return switch (answer) {
            case Answer.Found(var set, var aliases) -> {
                var hosts = hosts(set);
                // RFC 7505 section 3: the root as the only host says that the domain takes no mail (rule A3).
                yield hosts.isEmpty() ? new Destination.NullMx(proof) : hosts(nextHop, trust, hosts, proof);
            }
            // RFC 5321 section 5.1: without MX records the domain is its own host; RFC 7672 section 2.2.2:
            // it is trusted as far as their absence is proved (rules A4, A5).
            case Answer.NoData _ -> new Destination.Hosts(nextHop, trust, List.of(new MxHost(domain, 0)), proof);
            case Answer.NoSuchName _ -> new Destination.NoSuchDomain(proof);
        };
    }

    private static List<MxHost> hosts(RecordSet mx) {
        return mx.as(MXRecord.class).stream()
                .filter(record -> !record.getTarget().equals(Name.root))
                .map(record -> new MxHost(record.getTarget(), record.getPriority()))
                .toList();
    }

    private Destination.Hosts hosts(NextHop nextHop, MxTrust trust, List<MxHost> hosts, Proof proof) {
        var inOrder = inOrder(hosts);
        int lookedAt = Math.min(inOrder.size(), MAX_HOSTS);
        return new Destination.Hosts(
                nextHop, trust, inOrder.subList(0, lookedAt), inOrder.subList(lookedAt, inOrder.size()), proof);
    }

    /// RFC 5321 section 5.1: lower preferences first, and load spread at random over equal ones. What a
    /// host can prove plays no part (RFC 7672 section 2.2.1, rule B12). A host named twice with one port
    /// keeps its better place.
    private List<MxHost> inOrder(List<MxHost> hosts) {
        var shuffled = new ArrayList<>(hosts);
        Collections.shuffle(shuffled, random);
        var seen = new HashSet<MxHost>();
        return shuffled.stream()
                .sorted(Comparator.comparingInt(MxHost::preference))
                .filter(host -> seen.add(new MxHost(host.name(), 0, host.port())))
                .toList();
    }

    /// RFC 7672 section 2.2: DANE does not apply to an address that stands for a host (rule B11).
    private static HostFinding literal(MxHost host, InetAddress address) {
        var found = new AddressFinding.Insecure(List.of(address), NO_PROOF);
        var none = new AddressFinding.None(NO_PROOF);
        var isV4 = address instanceof Inet4Address;
        var why = host.name().toString(true) + " is an address, and TLSA records belong to names";
        return new HostFinding(
                host, host.name(), isV4 ? found : none, isV4 ? none : found, new TlsaFinding.NotAsked(why));
    }

    private HostFinding named(MxHost host, Function<Addresses, TlsaFinding> records) {
        // RFC 7672 section 2.2.2: addresses come before TLSA records, because some name servers of unsigned
        // zones never answer a TLSA query; each family is looked up and judged by itself (rules A7, A14).
        var v4 = lookup.of(host.name(), AddressFamily.IPV4);
        var v6 = lookup.of(host.name(), AddressFamily.IPV6);
        var leading = v4.leads(v6) ? v4 : v6;
        return new HostFinding(host, leading.expanded(), v4.finding(), v6.finding(), records.apply(leading));
    }
}
