package org.danelaw.verify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.danelaw.delivery.Dialer;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.discovery.Discovery;
import org.danelaw.dns.FailureText;
import org.danelaw.dnssec.Reason;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Decision;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.tls.TlsConnector;
import org.xbill.DNS.Name;

/// Finds out whether a domain can do DANE: asks the DNS, connects, and looks at certificates, in the order in which
/// delivery would, and says each thing when it is known.
public final class DaneVerify {
    private final Means means;
    private final Manner manner;

    /// What a run works with.
    ///
    /// @param stripped whether a look-up failed because the resolvers leave out what DNSSEC needs
    public record Means(Discovery discovery, Dialer dialer, TlsConnector tls, Predicate<Reason> stripped) {}

    /// How a domain is looked at.
    ///
    /// @param port where mail hosts listen
    /// @param timeout the whole run's
    /// @param hostname what is said in EHLO
    public record Manner(int port, Duration timeout, String hostname, Depth depth) {}

    /// How much is found out of a host that can prove nothing.
    public enum Depth {
        /// No more than the verdict needs.
        VERDICT,
        /// Its certificate too, so that it can be said what TLSA record would fit.
        CERTIFICATES
    }

    public DaneVerify(Means means, Manner manner) {
        this.means = means;
        this.manner = manner;
    }

    /// Looks at `domain`; `lines` takes what is found while it is found, and the verdict.
    public Report verify(Name domain, Consumer<String> lines) {
        return verify(domain, new SmtpRoute.ByDns(domain.toString(true)), System.nanoTime(), lines);
    }

    /// As [#verify(Name, Consumer)], in a run that began before, and for mail that takes `route` here: what becomes of
    /// it is looked into, but for a mere verdict, which is about the domain.
    ///
    /// @param start a moment of [System#nanoTime], from which the time-out counts
    public Report verify(Name domain, SmtpRoute route, long start, Consumer<String> lines) {
        var detour = detour(domain, route, start);
        var deadline = Deadline.after(start, manner.timeout());
        var run = new Run(domain, new Transcript(domain, manner.port(), lines), deadline);
        var destination = run.destination();
        var hosts = destination instanceof Destination.Hosts found ? run.hosts(found) : List.<HostReport>of();
        var report = new Report(
                domain, manner.port(), destination, hosts, detour, Duration.ofNanos(System.nanoTime() - start));
        run.transcript.verdict(report.judgement());
        return report;
    }

    /// Looks at where `route` leads, in half the time, so that hosts of ours that stall leave some for the domain's.
    private Optional<Detour> detour(Name domain, SmtpRoute route, long start) {
        if (manner.depth() == Depth.VERDICT) {
            return Optional.empty();
        }
        return switch (route) {
            case SmtpRoute.ByDns _ -> Optional.empty();
            case SmtpRoute.Discard(var match) -> Optional.of(new Detour.Discarded(match));
            case SmtpRoute.ToHosts to -> {
                var deadline = Deadline.after(start, manner.timeout().dividedBy(2));
                var destination = means.discovery().route(to.hosts());
                var run = new Run(domain, new Transcript(domain, manner.port(), _ -> {}), deadline);
                yield Optional.of(new Detour.Through(to, destination, run.hosts(destination)));
            }
        };
    }

    /// One address of a host, and what the DNS says of it.
    private record Dialable(AddressFamily family, InetAddress address, AddressFinding finding) {}

    /// The look at one domain.
    private final class Run {
        private final Name domain;
        private final Transcript transcript;
        private final Deadline deadline;
        private final Probe probe;

        Run(Name domain, Transcript transcript, Deadline deadline) {
            this.domain = domain;
            this.transcript = transcript;
            this.deadline = deadline;
            this.probe = new Probe(means.tls(), manner.hostname(), deadline);
        }

        Destination destination() {
            var destination = deadline.within(
                    () -> means.discovery().destination(domain),
                    () -> new Destination.Unresolved(Trouble.UNAVAILABLE, late()));
            switch (destination) {
                case Destination.Hosts hosts -> {}
                // An answer without its signatures is bogus to whoever looks at it, whoever took them away.
                case Destination.Unresolved(var trouble, var why)
                when means.stripped().test(why) -> transcript.bogusMx();
                case Destination none -> transcript.noHosts(none);
            }
            return destination;
        }

        /// The hosts up to the first that proves itself.
        List<HostReport> hosts(Destination.Hosts destination) {
            var reports = new ArrayList<HostReport>();
            for (MxHost host : destination.hosts()) {
                if (deadline.isOver()) {
                    break;
                }
                if (!reports.isEmpty()) {
                    transcript.nextMx();
                }
                var report = host(destination, host);
                reports.add(report);
                if (report.proves()) {
                    break;
                }
            }
            return reports;
        }

        private HostReport host(Destination.Hosts destination, MxHost host) {
            boolean mayBeImplicit = host.name().equals(destination.nextHop().original());
            if (!mayBeImplicit) {
                transcript.mx(host, destination.trust());
            }
            var finding = deadline.within(() -> means.discovery().host(host, manner.port()), () -> unknown(host));
            boolean addressless =
                    finding.v4() instanceof AddressFinding.None && finding.v6() instanceof AddressFinding.None;
            if (mayBeImplicit && addressless) {
                transcript.noMxOrAddress();
                return new HostReport(finding, List.of());
            }
            if (mayBeImplicit) {
                transcript.mx(host, destination.trust());
            }
            if (addressless) {
                transcript.noAddress(host);
            }
            return new HostReport(finding, attempts(destination, finding));
        }

        /// The addresses up to the first behind which the host proves itself.
        private List<Attempt> attempts(Destination.Hosts destination, HostFinding host) {
            var attempts = new ArrayList<Attempt>();
            boolean first = true;
            for (AddressFamily family : AddressFamily.values()) {
                if (host.of(family) instanceof AddressFinding.Failed(var trouble, var why)) {
                    transcript.addressesFailed(family, trouble, why.sentence(), host.host());
                }
                for (Dialable dialable : dialable(host, family)) {
                    if (!first) {
                        transcript.nextAddress(family, dialable.address(), host.host());
                    }
                    first = false;
                    attempt(destination, host, dialable).ifPresent(attempts::add);
                    if (!attempts.isEmpty() && attempts.getLast().ending().proves()) {
                        return attempts;
                    }
                }
            }
            return attempts;
        }

        private static List<Dialable> dialable(HostFinding host, AddressFamily family) {
            var finding = host.of(family);
            return finding.addresses().stream()
                    .map(address -> new Dialable(family, address, finding))
                    .toList();
        }

        /// Nothing is looked at behind an insecure address, unless a TLSA record binds it all the same.
        private Optional<Attempt> attempt(Destination.Hosts destination, HostFinding host, Dialable dialable) {
            if (dialable.finding() instanceof AddressFinding.Secure) {
                transcript.secure(dialable.family(), dialable.address(), host.host());
            } else {
                transcript.insecure(dialable.family(), dialable.address(), host.host());
            }
            if (!HostReport.leadsToProof(host, dialable.family())) {
                return Optional.empty();
            }
            if (deadline.isOver()) {
                return Optional.empty();
            }
            return Optional.of(new Attempt(dialable.address(), port(host), ending(destination, host, dialable)));
        }

        private Ending ending(Destination.Hosts destination, HostFinding host, Dialable dialable) {
            transcript.connecting(dialable.address());
            try {
                var remote = new InetSocketAddress(dialable.address(), port(host));
                var socket = means.dialer().dial(remote, Optional.empty(), deadline.forConnecting());
                transcript.connected(dialable.address(), socket.getLocalAddress());
                transcript.tlsa(host.tlsa(), host.host());
                return behind(socket, destination, host, dialable);
            } catch (IOException failed) {
                var ending = new Ending.NoConnection(FailureText.of(failed));
                transcript.ended(ending, dialable.address());
                if (!(host.tlsa() instanceof TlsaFinding.Usable)) {
                    // The connection would not have helped: this is what stands in the way.
                    transcript.tlsa(host.tlsa(), host.host());
                }
                return ending;
            }
        }

        private Ending behind(Socket socket, Destination.Hosts destination, HostFinding host, Dialable dialable)
                throws IOException {
            var requirement = Decision.require(Modes.LOOK, domain, destination, host, dialable.family());
            return switch (requirement) {
                case TlsRequirement.Dane dane -> told(socket, dane, dialable.address());
                case TlsRequirement.Encrypted encrypted
                when manner.depth() == Depth.CERTIFICATES -> untold(socket, encrypted);
                case TlsRequirement.Encrypted encrypted -> unused(socket);
                case TlsRequirement.Pkix pkix -> unused(socket);
                case TlsRequirement.IfOffered ifOffered -> unused(socket);
                case TlsRequirement.Never never -> unused(socket);
                case TlsRequirement.Withheld withheld -> unused(socket);
            };
        }

        /// The host has records to be held against.
        private Ending told(Socket socket, TlsRequirement.Dane requirement, InetAddress address) {
            var ending = switch (probe.meet(socket)) {
                case Probe.Met.Over(var over) -> over;
                case Probe.Met.Offers(var client) -> {
                    transcript.checkingTls();
                    yield probe.secure(client, requirement);
                }
            };
            transcript.ended(ending, address);
            return ending;
        }

        /// The host has none: its certificate is of interest only to those who would write one.
        private Ending untold(Socket socket, TlsRequirement requirement) {
            return switch (probe.meet(socket)) {
                case Probe.Met.Over(var over) -> over;
                case Probe.Met.Offers(var client) -> probe.secure(client, requirement);
            };
        }

        private static Ending unused(Socket socket) throws IOException {
            socket.close();
            return new Ending.Unused();
        }

        private int port(HostFinding host) {
            return host.host().portOr(manner.port());
        }

        private HostFinding unknown(MxHost host) {
            var failed = new AddressFinding.Failed(Trouble.UNAVAILABLE, late());
            return new HostFinding(
                    host, host.name(), failed, failed, new TlsaFinding.Failed(Trouble.UNAVAILABLE, late()));
        }

        private Reason late() {
            return new Reason(deadline.why(), Reason.ExtendedError.OTHER);
        }
    }
}
