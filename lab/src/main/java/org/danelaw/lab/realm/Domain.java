package org.danelaw.lab.realm;

import java.util.List;
import org.xbill.DNS.Name;

/// A domain that mail can be sent to, and how that must end; TLS Support is Preferred, an insecure MX is used for DANE.
///
/// @param says in a sentence what there is to see and why mail ends so
/// @param rules the rules that it shows, by their numbers
/// @param hosts the mail hosts that came with it; it may use those of other domains too
/// @param opportunistic how mail ends under opportunistic DANE
/// @param mandatory how it ends under mandatory DANE
public record Domain(
        Name name, String says, List<String> rules, List<HostPlan> hosts, Ending opportunistic, Ending mandatory) {
    public Domain {
        rules = List.copyOf(rules);
        hosts = List.copyOf(hosts);
    }

    /// As in an address, without the final dot.
    public String mailName() {
        return name.toString(true);
    }

    @Override
    public String toString() {
        return mailName() + ": " + says;
    }
}
