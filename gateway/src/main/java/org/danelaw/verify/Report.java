package org.danelaw.verify;

import java.time.Duration;
import java.util.List;
import org.danelaw.policy.Destination;
import org.xbill.DNS.Name;

/// All that was learned of a domain in one run.
///
/// @param hosts those that were looked at, in the order of the MX records: none behind the first that proved itself
public record Report(Name domain, int port, Destination destination, List<HostReport> hosts, Duration took) {
    public Report {
        hosts = List.copyOf(hosts);
    }

    public Judgement judgement() {
        return Judgement.of(this);
    }
}
