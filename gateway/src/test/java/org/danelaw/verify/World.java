package org.danelaw.verify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.danelaw.delivery.Dialer;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.discovery.Discovery;
import org.danelaw.dns.DomainName;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;
import org.danelaw.policy.MxHost;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.ResolverEvents;
import org.danelaw.tls.JsseTlsConnector;
import org.danelaw.tls.TlsConnector;
import org.danelaw.tlsa.CertificateAuthorities;
import org.danelaw.verify.DaneVerify.Depth;
import org.danelaw.verify.DaneVerify.Manner;
import org.danelaw.verify.DaneVerify.Means;

/// A realm of the lab, with the real resolver and the real TLS client in front of it.
final class World implements AutoCloseable {
    /// Servers of the lab that never answer are not waited for longer.
    private static final Duration DNS_PATIENCE = Duration.ofSeconds(3);

    private static final TlsConnector TLS = new JsseTlsConnector(
            new org.danelaw.policy.Judgement(new CertificateAuthorities(List.of())), InstantSource.system());

    private final LiveRealm live;
    private final DnsResolver resolver;

    private World(LiveRealm live, DnsResolver resolver) {
        this.live = live;
        this.resolver = resolver;
    }

    /// The lab's realm of many domains.
    static World ofDanelaw(Path folder) throws IOException {
        return start(Realm.danelaw(Instant.now(), LiveRealm.freePort()), folder);
    }

    Realm realm() {
        return live.realm();
    }

    static World start(Realm realm, Path folder) throws IOException {
        var live = LiveRealm.start(realm);
        var anchors =
                Files.writeString(folder.resolve("anchors"), realm.internet().anchorText());
        var servers = List.of(new DnsServer(live.resolver().address(), 0));
        var settings =
                DnsSettings.of(servers).withTimeOuts(List.of(DNS_PATIENCE)).withTrustAnchors(anchors);
        return new World(live, DnsResolver.start(settings, ResolverEvents.NONE));
    }

    /// Holds a domain's hosts against certificates that `authorities` issued.
    TlsVerify.Outcome verifyTls(
            String domain, List<MxHost> through, List<X509Certificate> authorities, Consumer<String> lines) {
        var tls = new JsseTlsConnector(
                new org.danelaw.policy.Judgement(new CertificateAuthorities(authorities)), InstantSource.system());
        var means = new Means(new Discovery(resolver), dialer("127.0.0.1"), tls, DnsResolver::isNoCapableServer);
        var manner = new Manner(live.realm().port(), Duration.ofSeconds(60), "gw.example.org", Depth.VERDICT);
        return new TlsVerify(means, manner).verify(DomainName.parse(domain), through, System.nanoTime(), lines);
    }

    /// Looks at a domain, over connections that seem to come from `local`.
    Report verify(String domain, String local, Depth depth, Consumer<String> lines) {
        var means = new Means(new Discovery(resolver), dialer(local), TLS, DnsResolver::isNoCapableServer);
        var manner = new Manner(live.realm().port(), Duration.ofSeconds(60), "gw.example.org", depth);
        return new DaneVerify(means, manner).verify(DomainName.parse(domain), lines);
    }

    /// Looks at a domain whose mail takes `route`.
    Report verify(String domain, SmtpRoute route, Depth depth) {
        var means = new Means(new Discovery(resolver), dialer("127.0.0.1"), TLS, DnsResolver::isNoCapableServer);
        var manner = new Manner(live.realm().port(), Duration.ofSeconds(60), "gw.example.org", depth);
        return new DaneVerify(means, manner).verify(DomainName.parse(domain), route, System.nanoTime(), _ -> {});
    }

    private Dialer dialer(String local) {
        return (remote, source, patience) -> {
            var socket = new Socket() {
                @Override
                public InetAddress getLocalAddress() {
                    return InetAddress.ofLiteral(local);
                }
            };
            socket.connect(live.dialled(remote.getAddress(), remote.getPort()), Math.toIntExact(patience.toMillis()));
            return socket;
        };
    }

    @Override
    public void close() throws IOException {
        resolver.close();
        live.close();
    }
}
