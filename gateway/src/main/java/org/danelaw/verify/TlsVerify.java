package org.danelaw.verify;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.danelaw.dns.FailureText;
import org.danelaw.dnssec.Reason;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.Decision;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.Plan;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Verdict;
import org.danelaw.verify.DaneVerify.Manner;
import org.danelaw.verify.DaneVerify.Means;
import org.xbill.DNS.Name;

/// Finds out whether mail for a domain would pass TLS Support Required-Verify, without DANE: whether one of its hosts
/// has a certificate from a trusted authority for one of the names that delivery would look for. It asks the one
/// decision that deliveries are made by, and sends no mail.
public final class TlsVerify {
    private final Means means;
    private final Manner manner;

    public TlsVerify(Means means, Manner manner) {
        this.means = means;
        this.manner = manner;
    }

    /// What a run came to.
    ///
    /// @param reasons why it is no success, one for each host or address
    public record Outcome(Judgement.Result result, List<Attempt> attempts, List<String> reasons) {
        public Outcome {
            attempts = List.copyOf(attempts);
            reasons = List.copyOf(reasons);
        }
    }

    /// Looks at the hosts of `domain` in the order of delivery, up to the first that passes.
    ///
    /// @param through looks at these hosts in place of those that the DNS names, if any
    /// @param start a moment of [System#nanoTime], from which the time-out counts
    public Outcome verify(Name domain, List<MxHost> through, long start, Consumer<String> lines) {
        var run = new Run(domain, Deadline.after(start, manner.timeout()), lines);
        var destination = run.destination(through);
        var result = switch (destination) {
            case Destination.Hosts hosts -> run.hosts(hosts);
            case Destination none -> run.none(none);
        };
        lines.accept(
                (result == Judgement.Result.SUCCESS ? "TLS SUCCESS for " : "TLS FAILED for ") + domain.toString(true));
        lines.accept("TLS verification completed.");
        return new Outcome(result, run.attempts, run.reasons);
    }

    /// The look at one domain.
    private final class Run {
        private final Name domain;
        private final Deadline deadline;
        private final Probe probe;
        private final Consumer<String> lines;
        private final List<Attempt> attempts = new ArrayList<>();
        private final List<String> reasons = new ArrayList<>();

        Run(Name domain, Deadline deadline, Consumer<String> lines) {
            this.domain = domain;
            this.deadline = deadline;
            this.lines = lines;
            this.probe = new Probe(means.tls(), manner.hostname(), deadline);
        }

        Destination destination(List<MxHost> through) {
            return through.isEmpty()
                    ? deadline.within(
                            () -> means.discovery().destination(domain),
                            () -> new Destination.Unresolved(
                                    Trouble.UNAVAILABLE, new Reason(deadline.why(), Reason.ExtendedError.OTHER)))
                    : means.discovery().route(through);
        }

        /// A domain whose hosts are not known has proved nothing, for now or for good.
        Judgement.Result none(Destination destination) {
            var conclusion = Decision.conclude(domain, destination).orElseThrow();
            give(conclusion.why());
            return destination instanceof Destination.Unresolved ? Judgement.Result.UNKNOWN : Judgement.Result.FAILED;
        }

        Judgement.Result hosts(Destination.Hosts destination) {
            for (MxHost host : destination.hosts()) {
                var plan = deadline.within(
                        () -> Plan.through(
                                Modes.REQUIRED_VERIFY,
                                domain,
                                destination,
                                means.discovery().addresses(host)),
                        () -> new Plan(List.of(), List.of()));
                plan.refusals().forEach(this::give);
                for (Candidate candidate : plan.candidates()) {
                    if (deadline.isOver()) {
                        break;
                    }
                    if (passes(candidate)) {
                        return Judgement.Result.SUCCESS;
                    }
                }
            }
            if (deadline.isOver()) {
                reasons.add(deadline.why());
            }
            return attempts.stream().allMatch(attempt -> attempt.ending().saysNothing())
                    ? Judgement.Result.UNKNOWN
                    : Judgement.Result.FAILED;
        }

        private boolean passes(Candidate candidate) {
            int port = candidate.host().host().portOr(manner.port());
            var transcript = new Transcript(domain, port, lines);
            transcript.connecting(candidate.address());
            var ending = attempt(candidate, port, transcript);
            transcript.ended(ending, candidate.address());
            attempts.add(new Attempt(candidate.address(), port, ending));
            reason(ending).ifPresent(why -> reasons.add(candidate.host().name().toString(true) + ": " + why));
            return ending instanceof Ending.Secured(Verdict.Trusted trusted, var evidence);
        }

        private Ending attempt(Candidate candidate, int port, Transcript transcript) {
            try {
                var remote = new InetSocketAddress(candidate.address(), port);
                var socket = means.dialer().dial(remote, Optional.empty(), deadline.forConnecting());
                transcript.connected(candidate.address(), socket.getLocalAddress());
                return switch (probe.meet(socket)) {
                    case Probe.Met.Over(var over) -> over;
                    case Probe.Met.Offers(var client) -> {
                        transcript.checkingTls();
                        yield probe.secure(client, candidate.requirement());
                    }
                };
            } catch (IOException failed) {
                return new Ending.NoConnection(FailureText.of(failed));
            }
        }

        private void give(Refusal refusal) {
            reasons.add(refusal.sentence());
            lines.accept(refusal.sentence());
        }

        private static Optional<String> reason(Ending ending) {
            return switch (ending) {
                case Ending.NoConnection(var why) -> Optional.of("no connection: " + why);
                case Ending.NoSession(var why) -> Optional.of("no SMTP session: " + why);
                case Ending.NoStartTls(var seen) -> Optional.of("STARTTLS not offered: " + seen);
                case Ending.TlsFailed(var why) -> Optional.of("TLS failed: " + why);
                case Ending.Refused(var verdict, var evidence) -> Optional.of(String.join("; ", verdict.reasons()));
                case Ending.Secured _, Ending.Unused _ -> Optional.empty();
            };
        }
    }
}
