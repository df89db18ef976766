package org.danelaw.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.dns.AddressText;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.Conclusion;
import org.danelaw.policy.Decision;
import org.danelaw.policy.Destination;
import org.danelaw.policy.DestinationRule;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.Plan;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;
import org.xbill.DNS.Name;

/// What a destination control would do with mail now, from the facts of a report; `why` is empty where mail
/// is given its full due.
record Forecast(Outcome outcome, Optional<Refusal> why) {
    enum Outcome {
        DELIVER_AUTHENTICATED,
        DELIVER_INSECURE_MX,
        DELIVER_ENCRYPTED,
        BY_TLS_SETTING,
        DEFER,
        BOUNCE,
        /// Thrown away, as our own operator wants it.
        DISCARD
    }

    String reason() {
        return why.map(Refusal::reason).orElse("");
    }

    static Forecast of(DestinationRule rule, Report report) {
        return report.detour()
                .map(detour -> over(detour, rule, report.domain()))
                .orElseGet(() -> byMx(rule, report));
    }

    /// What would become of mail that goes by the MX records.
    static Forecast byMx(DestinationRule rule, Report report) {
        return switch (report.destination()) {
            case Destination.Hosts hosts -> through(rule, report.domain(), hosts, report.hosts());
            case Destination none ->
                Decision.conclude(report.domain(), none).map(Forecast::of).orElseThrow();
        };
    }

    private static Forecast over(Detour detour, DestinationRule rule, Name domain) {
        return switch (detour) {
            case Detour.Discarded _ -> new Forecast(Outcome.DISCARD, Optional.empty());
            case Detour.Through(var route, var destination, var hosts) ->
                route.dane()
                        .refusal(rule, domain)
                        .map(why -> new Forecast(Outcome.DEFER, Optional.of(why)))
                        .orElseGet(() -> through(route.dane().rule(rule), domain, destination, hosts)
                                .lacking(route.dane().refusal(Modes.MANDATORY, domain)));
        };
    }

    /// Where the mail goes without DANE because of the route, that is what it lacks, whatever its hosts have.
    private Forecast lacking(Optional<Refusal> byRoute) {
        return outcome == Outcome.BY_TLS_SETTING ? new Forecast(outcome, byRoute.or(() -> why)) : this;
    }

    private static Forecast of(Conclusion conclusion) {
        return switch (conclusion) {
            case Conclusion.Deferred(var why) -> new Forecast(Outcome.DEFER, Optional.of(why));
            case Conclusion.Bounced(var why) -> new Forecast(Outcome.BOUNCE, Optional.of(why));
        };
    }

    /// Walks through hosts and addresses as delivery does, until one takes the mail.
    private static Forecast through(
            DestinationRule rule, Name domain, Destination.Hosts destination, List<HostReport> looked) {
        var refusals = new ArrayList<Refusal>();
        for (HostReport host : looked) {
            for (Met met : meetings(rule, domain, destination, host)) {
                switch (met) {
                    case Met.Taken(var outcome) -> {
                        return new Forecast(outcome, lack(outcome, domain, destination, host.finding()));
                    }
                    case Met.NotTaken(var refusal) -> refusals.add(refusal);
                }
            }
        }
        if (looked.size() < destination.hosts().size()) {
            refusals.add(new Refusal(Ground.NO_CONNECTION, "Not every mail host could be looked at in time."));
        }
        return of(Conclusion.of(domain, destination, refusals));
    }

    /// Why `host` would get no mail under Mandatory DANE, address by address.
    static List<Refusal> refusals(HostReport host, Name domain, Destination.Hosts destination) {
        return meetings(Modes.MANDATORY, domain, destination, host).stream()
                .flatMap(met -> met instanceof Met.NotTaken(var refusal) ? Stream.of(refusal) : Stream.of())
                .toList();
    }

    /// What comes of a host: first what keeps mail from it altogether, then each of its addresses.
    private static List<Met> meetings(
            DestinationRule rule, Name domain, Destination.Hosts destination, HostReport host) {
        var plan = Plan.through(rule, domain, destination, host.finding());
        return Stream.concat(
                        plan.refusals().stream().<Met>map(Met.NotTaken::new),
                        plan.candidates().stream().map(candidate -> meeting(candidate, host)))
                .toList();
    }

    private sealed interface Met {
        record Taken(Outcome outcome) implements Met {}

        record NotTaken(Refusal refusal) implements Met {}
    }

    private static Met meeting(Candidate candidate, HostReport host) {
        return switch (candidate.requirement()) {
            case TlsRequirement.Dane dane -> held(candidate, host, dane);
            case TlsRequirement.Encrypted encrypted -> held(candidate, host, encrypted);
            case TlsRequirement.Pkix pkix -> held(candidate, host, pkix);
            case TlsRequirement.IfOffered ifOffered -> reached(candidate, host);
            case TlsRequirement.Never never -> reached(candidate, host);
            case TlsRequirement.Withheld(var why) -> new Met.NotTaken(why);
        };
    }

    /// TLS is required: what the attempt showed counts.
    private static Met held(Candidate candidate, HostReport host, TlsRequirement requirement) {
        Name name = candidate.host().name();
        return switch (host.at(candidate.address()).map(Attempt::ending).orElse(new Ending.NoConnection("not tried"))) {
            case Ending.NoConnection(var why) -> notConnected(candidate, why);
            case Ending.NoSession(var why) ->
                new Met.NotTaken(new Refusal(Ground.SESSION_BROKEN, sentence(candidate, why)));
            case Ending.Unused _ ->
                new Met.NotTaken(new Refusal(Ground.NO_CONNECTION, sentence(candidate, "not tried")));
            case Ending.NoStartTls(var seen) -> new Met.NotTaken(Refusal.startTlsNotOffered(name, seen, requirement));
            case Ending.TlsFailed(var why) -> new Met.NotTaken(Refusal.tlsFailed(name, why, requirement));
            case Ending.Refused(var verdict, var evidence) ->
                requirement instanceof TlsRequirement.Dane
                        ? new Met.NotTaken(Refusal.mismatch(name, verdict))
                        : new Met.Taken(Outcome.DELIVER_ENCRYPTED);
            case Ending.Secured(var verdict, var evidence) -> new Met.Taken(outcome(verdict, requirement));
        };
    }

    private static Outcome outcome(Verdict verdict, TlsRequirement requirement) {
        if (verdict instanceof Verdict.Matched && requirement instanceof TlsRequirement.Dane dane) {
            return dane.mx() == MxTrust.INSECURE ? Outcome.DELIVER_INSECURE_MX : Outcome.DELIVER_AUTHENTICATED;
        }
        return Outcome.DELIVER_ENCRYPTED;
    }

    /// Nothing hangs on TLS: all that counts is that the host could be connected to, as far as that was
    /// tried.
    private static Met reached(Candidate candidate, HostReport host) {
        return host.at(candidate.address()).map(Attempt::ending).orElse(new Ending.Unused())
                        instanceof Ending.NoConnection(var why)
                ? notConnected(candidate, why)
                : new Met.Taken(Outcome.BY_TLS_SETTING);
    }

    private static Met notConnected(Candidate candidate, String why) {
        return new Met.NotTaken(new Refusal(Ground.NO_CONNECTION, sentence(candidate, why)));
    }

    private static String sentence(Candidate candidate, String why) {
        return candidate.host().name().toString(true) + " at " + AddressText.of(candidate.address())
                + " could not be reached: " + why + ".";
    }

    /// Why mail would be given with less than an authenticated connection: what stands against Mandatory
    /// DANE there.
    private static Optional<Refusal> lack(
            Outcome outcome, Name domain, Destination.Hosts destination, HostFinding host) {
        if (outcome == Outcome.DELIVER_AUTHENTICATED) {
            return Optional.empty();
        }
        return Plan.through(Modes.MANDATORY, domain, destination, host).refusals().stream()
                .findFirst();
    }
}
