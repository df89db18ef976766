package org.danelaw.delivery;

import java.util.List;
import java.util.Optional;
import org.danelaw.discovery.Discovery;
import org.danelaw.policy.Destination;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.xbill.DNS.Name;

/// Where mail for a domain goes: what delivery asks of the DNS. Never throws for anything that the DNS
/// does.
public interface MailHosts {
    Destination destination(Name domain);

    /// Where mail goes that our own operator routes to `hosts`.
    Destination.Hosts route(List<MxHost> hosts);

    /// What is known of one host.
    ///
    /// @param usualPort where hosts listen that have no port of their own
    HostFinding host(MxHost host, int usualPort);

    /// What is known of one host, for mail without DANE: TLSA records are not asked for.
    HostFinding addresses(MxHost host);

    /// Which resolver lacks what, while none can do DNSSEC (rule A16); empty as long as one can.
    Optional<String> lack();

    /// The same without DNSSEC: nothing that it finds is secure. For mail that goes out while no resolver
    /// can do DNSSEC.
    MailHosts plain();

    /// Asks `discovery`.
    ///
    /// @param plain asks without DNSSEC
    /// @param lack tells what the resolvers lack
    static MailHosts of(Discovery discovery, Discovery plain, Lack lack) {
        return new MailHosts() {
            @Override
            public Destination destination(Name domain) {
                return discovery.destination(domain);
            }

            @Override
            public Destination.Hosts route(List<MxHost> hosts) {
                return discovery.route(hosts);
            }

            @Override
            public HostFinding host(MxHost host, int usualPort) {
                return discovery.host(host, usualPort);
            }

            @Override
            public HostFinding addresses(MxHost host) {
                return discovery.addresses(host);
            }

            @Override
            public Optional<String> lack() {
                return lack.now();
            }

            @Override
            public MailHosts plain() {
                return of(plain, plain, lack);
            }
        };
    }

    /// What the resolvers lack, while none of them can do DNSSEC.
    @FunctionalInterface
    interface Lack {
        Optional<String> now();
    }
}
