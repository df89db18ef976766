package org.danelaw.policy;

import java.util.ArrayList;
import java.util.List;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.Refusal.Ground;
import org.xbill.DNS.Name;

/// The addresses that may get a message, in the order in which they are tried, and why others may not.
///
/// Made for all of a destination's hosts at once or for one after the other ([#and]); when no candidate
/// takes the message, [Conclusion#of] says what all the refusals together come to.
public record Plan(List<Candidate> candidates, List<Refusal> refusals) {
    public Plan {
        candidates = List.copyOf(candidates);
        refusals = List.copyOf(refusals);
    }

    /// The way through `hosts`, in their order: it is that of the MX preferences, and what a host can prove
    /// never changes it (RFC 7672 section 2.2.1, rule B12).
    public static Plan through(
            DestinationRule rule, Name recipientDomain, Destination.Hosts destination, List<HostFinding> hosts) {
        return hosts.stream()
                .map(host -> through(rule, recipientDomain, destination, host))
                .reduce(new Plan(List.of(), List.of()), Plan::and);
    }

    /// The way through one host.
    public static Plan through(
            DestinationRule rule, Name recipientDomain, Destination.Hosts destination, HostFinding host) {
        // A host that gets nothing through any address says so once, not once for each family.
        if (Decision.require(rule, recipientDomain, destination, host) instanceof TlsRequirement.Withheld(var why)) {
            return new Plan(List.of(), List.of(why));
        }
        var candidates = new ArrayList<Candidate>();
        var refusals = new ArrayList<Refusal>();
        for (var family : families(rule.ip())) {
            switch (Decision.require(rule, recipientDomain, destination, host, family)) {
                case TlsRequirement.Withheld(var why) -> refusals.add(why);
                case TlsRequirement requirement ->
                    host.of(family).addresses().stream()
                            .map(address -> new Candidate(host, address, requirement))
                            .forEach(candidates::add);
            }
        }
        // The host has an address, so that one family has none is worth a word only if it is the one
        // required.
        refusals.removeIf(refusal -> refusal.ground() == Ground.NO_ADDRESS);
        if (candidates.isEmpty() && refusals.isEmpty()) {
            refusals.add(new Refusal(
                    Ground.OTHER_ADDRESS_FAMILY,
                    Sentences.noAddressOf(host.name(), families(rule.ip()).getFirst())));
        }
        return new Plan(candidates, refusals);
    }

    /// This way, and where it leads nowhere, `other`.
    public Plan and(Plan other) {
        var both = new ArrayList<>(candidates);
        both.addAll(other.candidates);
        var all = new ArrayList<>(refusals);
        all.addAll(other.refusals);
        return new Plan(both, all);
    }

    private static List<AddressFamily> families(IpPreference preference) {
        return switch (preference) {
            case IPV6_PREFERRED -> List.of(AddressFamily.IPV6, AddressFamily.IPV4);
            case IPV4_PREFERRED -> List.of(AddressFamily.IPV4, AddressFamily.IPV6);
            case IPV6_REQUIRED -> List.of(AddressFamily.IPV6);
            case IPV4_REQUIRED -> List.of(AddressFamily.IPV4);
        };
    }
}
