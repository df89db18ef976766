package org.danelaw.delivery;

import java.util.Optional;
import org.danelaw.policy.DestinationRule;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Refusal.Ground;

/// What delivery to a destination stands on at one moment: who is asked where its mail goes, and by which rule.
///
/// @param withheld why nothing is to be asked and the mail waits, where that is so
/// @param daneOff why DANE is off although the destination has it, where that is so
record Footing(MailHosts hosts, DestinationRule rule, Optional<Refusal> withheld, Optional<String> daneOff) {
    /// Rule A16: while no resolver can do DNSSEC, mail that the operator lets go all the same goes by plain DNS and
    /// without DANE; no other mail ever does.
    static Footing of(MailHosts hosts, DeliverySettings settings, DestinationRule rule) {
        var lack = hosts.lack();
        if (lack.isEmpty()) {
            return new Footing(hosts, rule, Optional.empty(), Optional.empty());
        }
        var refusal = settings.whenUnavailable().refusal(rule, lack.get());
        return refusal.isPresent()
                ? new Footing(hosts, rule, refusal, Optional.empty())
                : new Footing(
                        hosts.plain(),
                        rule.withoutDane(),
                        Optional.empty(),
                        Optional.of(Ground.NO_CAPABLE_RESOLVER.reason()));
    }
}
