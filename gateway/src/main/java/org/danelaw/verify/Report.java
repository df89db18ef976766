package org.danelaw.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.danelaw.policy.Destination;
import org.xbill.DNS.Name;

/// All that was learned of a domain in one run.
///
/// @param hosts those that were looked at, in the order of the MX records: none behind the first that proved itself
/// @param detour which way the domain's mail goes here in place of the MX records, where that is so
public record Report(
        Name domain,
        int port,
        Destination destination,
        List<HostReport> hosts,
        Optional<Detour> detour,
        Duration took) {
    public Report {
        hosts = List.copyOf(hosts);
    }

    public Judgement judgement() {
        return Judgement.of(this);
    }
}
