package org.danelaw.policy;

import java.util.Optional;
import org.danelaw.policy.Refusal.Ground;

/// The setting `[dns] when-unavailable`: which mail waits while no resolver can do DNSSEC (rule A16).
///
/// It is asked before any look-up is made, since then none can be validated; mail that does not wait goes by
/// [DestinationRule#withoutDane], and the event says that DANE was off and why.
public enum WhenUnavailable {
    /// Destinations with DANE, opportunistic or mandatory, wait.
    DEFER,
    /// Destinations with mandatory DANE wait.
    DEFER_MANDATORY,
    /// None waits.
    DEGRADE;

    /// The refusal for a destination under `rule` if its mail waits.
    ///
    /// @param lack which resolver lacks what
    public Optional<Refusal> refusal(DestinationRule rule, String lack) {
        return waits(rule.dane())
                ? Optional.of(new Refusal(Ground.NO_CAPABLE_RESOLVER, Sentences.noCapableResolver(lack)))
                : Optional.empty();
    }

    private boolean waits(DestinationRule.DaneSupport dane) {
        return switch (this) {
            case DEFER -> dane != DestinationRule.DaneSupport.NONE;
            case DEFER_MANDATORY -> dane == DestinationRule.DaneSupport.MANDATORY;
            case DEGRADE -> false;
        };
    }
}
