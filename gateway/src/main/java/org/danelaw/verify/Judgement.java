package org.danelaw.verify;

import java.util.Arrays;
import java.util.List;
import org.danelaw.policy.AddressFamily;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;

/// Whether the domain can do DANE: success exactly when Mandatory DANE would deliver by its MX records now.
public record Judgement(Result result, String reason) {
    public enum Result {
        SUCCESS(0),
        FAILED(1),
        UNKNOWN(2);

        private final int exitStatus;

        Result(int exitStatus) {
            this.exitStatus = exitStatus;
        }

        public int exitStatus() {
            return exitStatus;
        }
    }

    /// Whether mail could go through a host.
    private enum Way {
        PROVED,
        /// Only what could not be looked up or connected to stands between.
        OPEN,
        CLOSED
    }

    static Judgement of(Report report) {
        var result = result(report);
        return new Judgement(
                result,
                switch (result) {
                    case SUCCESS -> "";
                    case FAILED, UNKNOWN ->
                        Forecast.byMx(Modes.MANDATORY, report).reason();
                });
    }

    private static Result result(Report report) {
        return switch (report.destination()) {
            case Destination.Hosts hosts -> through(hosts, report.hosts());
            case Destination.NullMx nullMx -> Result.FAILED;
            case Destination.NoSuchDomain noSuchDomain -> Result.FAILED;
            case Destination.Unresolved(var trouble, var why) ->
                switch (trouble) {
                    case BOGUS -> Result.FAILED;
                    case UNAVAILABLE -> Result.UNKNOWN;
                };
        };
    }

    private static Result through(Destination.Hosts destination, List<HostReport> tried) {
        // RFC 7672 section 2.2.1: nothing vouches for a host's name behind an insecure MX, whatever it proves.
        if (destination.trust() == MxTrust.INSECURE) {
            return Result.FAILED;
        }
        var ways = tried.stream().map(Judgement::way).toList();
        if (ways.contains(Way.PROVED)) {
            return Result.SUCCESS;
        }
        boolean untried = tried.size() < destination.hosts().size();
        return untried || ways.contains(Way.OPEN) ? Result.UNKNOWN : Result.FAILED;
    }

    private static Way way(HostReport host) {
        return switch (host.finding().tlsa()) {
            case TlsaFinding.Usable usable -> wayToProof(host);
            case TlsaFinding.Failed(var trouble, var why) -> way(trouble);
            case TlsaFinding.NotAsked notAsked -> addressesUnknown(host.finding()) ? Way.OPEN : Way.CLOSED;
            case TlsaFinding.AllUnusable unusable -> Way.CLOSED;
            case TlsaFinding.Absent absent -> Way.CLOSED;
            case TlsaFinding.Insecure insecure -> Way.CLOSED;
        };
    }

    private static Way wayToProof(HostReport host) {
        if (host.proves()) {
            return Way.PROVED;
        }
        boolean addressUntried = Arrays.stream(AddressFamily.values())
                .filter(family -> HostReport.leadsToProof(host.finding(), family))
                .flatMap(family -> host.finding().of(family).addresses().stream())
                .anyMatch(address -> host.at(address).isEmpty());
        boolean unreached =
                host.attempts().stream().anyMatch(attempt -> attempt.ending().saysNothing());
        return addressUntried || unreached || addressesUnknown(host.finding()) ? Way.OPEN : Way.CLOSED;
    }

    private static boolean addressesUnknown(HostFinding host) {
        return unavailable(host.v4()) || unavailable(host.v6());
    }

    private static boolean unavailable(AddressFinding finding) {
        return finding instanceof AddressFinding.Failed(var trouble, var why) && trouble == Trouble.UNAVAILABLE;
    }

    private static Way way(Trouble trouble) {
        return switch (trouble) {
            case BOGUS -> Way.CLOSED;
            case UNAVAILABLE -> Way.OPEN;
        };
    }
}
