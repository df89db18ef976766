package org.danelaw.dane;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.discovery.Discovery;
import org.danelaw.dns.Answer;
import org.danelaw.dns.DomainName;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;
import org.danelaw.policy.Conclusion;
import org.danelaw.policy.Decision;
import org.danelaw.policy.Destination;
import org.danelaw.policy.DestinationRule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.Judgement;
import org.danelaw.policy.Plan;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Verdict;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.Resolver;
import org.danelaw.resolver.ResolverEvents;
import org.danelaw.tls.Handshake;
import org.danelaw.tls.JsseTlsConnector;
import org.danelaw.tls.TlsConnector;
import org.danelaw.tlsa.CertificateAuthorities;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Sound DANE for mail (RFC 7672): who takes a domain's mail, what each server must prove, and whether it
/// does.
///
/// Ask for a [plan][#plan], connect to its servers in their order, say EHLO and STARTTLS, and after the 220
/// hand the socket to [#secure]. All DNS answers are validated here, from the trust anchors down, whatever
/// the resolvers that were asked say of them. Calls block; an instance may be shared by any number of
/// threads.
public final class Dane implements AutoCloseable {
    private final Resolver resolver;
    private final Discovery discovery;
    private final TlsConnector tls;
    private final int port;
    private final Closeable owned;

    Dane(Resolver resolver, TlsConnector tls, int port, Closeable owned) {
        this.resolver = resolver;
        this.discovery = new Discovery(resolver);
        this.tls = tls;
        this.port = port;
        this.owned = owned;
    }

    /// Starts to ask the resolvers, and finds out what they can do; waits for that for a few seconds at most.
    ///
    /// @param settings what is asked, and who is believed
    /// @return an instance to be closed when it is no longer needed
    /// @throws IOException if the trust anchors cannot be read, or no socket can be had
    public static Dane open(DaneSettings settings) throws IOException {
        // DANE never leans on public authorities (RFC 7672 section 3.1.3), so the judgement is given none.
        var judgement = new Judgement(new CertificateAuthorities(List.of()));
        var tls = new JsseTlsConnector(judgement, InstantSource.system());
        var resolver = DnsResolver.start(dns(settings), ResolverEvents.NONE);
        return new Dane(resolver, tls, settings.port(), resolver::close);
    }

    private static DnsSettings dns(DaneSettings settings) {
        var servers = new ArrayList<DnsServer>();
        for (InetSocketAddress address : settings.resolvers()) {
            // The settings' order is the order of preference.
            servers.add(new DnsServer(address, servers.size()));
        }
        var dns = DnsSettings.of(servers);
        return settings.trustAnchors().map(dns::withTrustAnchors).orElse(dns);
    }

    /// Looks records up and validates them; aliases are followed.
    ///
    /// @param name a domain name; a final dot makes no difference
    /// @param type a record type, such as `MX`
    /// @return what is there, and how far it can be trusted
    /// @throws IllegalArgumentException if `name` is no domain name or `type` no type
    public DnsFinding lookup(String name, String type) {
        return switch (resolver.resolve(new Question(DomainName.parse(name), type(type)))) {
            case Validated.Secure<Answer>(var answer, var proof) ->
                new DnsFinding.Secure(records(answer), ProofText.lines(proof));
            case Validated.Insecure<Answer>(var answer, var proof) ->
                new DnsFinding.Insecure(records(answer), ProofText.lines(proof));
            case Validated.Bogus<Answer>(var reason) -> failed("bogus", reason);
            case Validated.Unavailable<Answer>(var reason) -> failed("unavailable", reason);
        };
    }

    private static int type(String name) {
        int type = Type.value(name);
        if (type < 0) {
            throw new IllegalArgumentException(name + " is no record type");
        }
        return type;
    }

    private static List<String> records(Answer answer) {
        return switch (answer) {
            case Answer.Found(var set, var aliases) ->
                set.records().stream().map(Record::rdataToString).toList();
            case Answer.NoData _ -> List.of();
            case Answer.NoSuchName _ -> List.of();
        };
    }

    private static DnsFinding failed(String how, Reason why) {
        return new Obstacle(Refusal.Ground.DOMAIN_LOOKUP_ERROR.status(), how, why.sentence());
    }

    /// Finds out who takes a domain's mail now, and what each server must prove.
    ///
    /// @param domain what stands behind the @ of an address
    /// @param mode how much is asked of the servers
    /// @return the servers to try, or why there are none
    /// @throws IllegalArgumentException if `domain` is no domain name
    public MailPlan plan(String domain, DaneMode mode) {
        var name = DomainName.parse(domain);
        var destination = discovery.destination(name);
        return switch (destination) {
            case Destination.Hosts hosts -> plan(name, hosts, mode);
            case Destination.NullMx _, Destination.NoSuchDomain _, Destination.Unresolved _ ->
                closed(Decision.conclude(name, destination).orElseThrow());
        };
    }

    private MailPlan plan(Name domain, Destination.Hosts destination, DaneMode mode) {
        var hosts = destination.hosts().stream()
                .map(host -> discovery.host(host, port))
                .toList();
        var plan = Plan.through(rule(mode), domain, destination, hosts);
        return plan.candidates().isEmpty()
                ? closed(Conclusion.of(domain, destination, plan.refusals()))
                : new MailPlan.Servers(
                        plan.candidates().stream()
                                .map(candidate -> new MailServer(candidate, port))
                                .toList(),
                        plan.refusals().stream().map(Obstacle::of).toList());
    }

    private static MailPlan closed(Conclusion conclusion) {
        return Obstacle.of(conclusion.why());
    }

    private static DestinationRule rule(DaneMode mode) {
        var dane = switch (mode) {
            case OPPORTUNISTIC -> DaneSupport.OPPORTUNISTIC;
            case MANDATORY -> DaneSupport.MANDATORY;
        };
        return new DestinationRule(TlsSupport.PREFERRED, dane, InsecureMx.DANE);
    }

    /// Shakes hands with a server, and judges what it shows before any further byte is sent.
    ///
    /// @param connected a connection to the server's address, on which STARTTLS was answered with 220; its
    /// time-outs are the caller's
    /// @param server what must be proved
    /// @return the TLS connection, or why there is none: then `connected` is closed
    public TlsFinding secure(Socket connected, MailServer server) {
        return switch (tls.secure(connected, server.requirement())) {
            case Handshake.Secured(var socket, var verdict, var evidence) ->
                new TlsFinding.Secured(socket, evidence.protocol(), evidence.cipher(), proof(verdict));
            case Handshake.Refused(var verdict, var evidence) -> refused(Refusal.mismatch(server.name(), verdict));
            case Handshake.Failed(var why) -> refused(Refusal.tlsFailed(server.name(), why, server.requirement()));
        };
    }

    private static TlsFinding refused(Refusal why) {
        return Obstacle.of(why);
    }

    private static String proof(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Matched(var by, var depth, var name) ->
                "certificate " + depth + " of its chain matches " + by
                        + name.map(carried -> ", and it carries the name " + carried.toString(true))
                                .orElse("");
            case Verdict.Trusted(var name) -> "its chain leads to a trusted CA for " + name.toString(true);
            case Verdict.Unchecked(var remark) -> remark.isEmpty() ? "nothing was asked of its certificate" : remark;
            case Verdict.Mismatched(var reasons) -> String.join("; ", reasons);
        };
    }

    /// Stops asking: look-ups under way fail.
    ///
    /// @throws IOException if a socket cannot be closed
    @Override
    public void close() throws IOException {
        owned.close();
    }
}
