package org.danelaw.policy;

import java.util.Optional;
import org.xbill.DNS.Name;

/// The setting `dane` of an SMTP route: what a destination's DANE Support means for mail that takes the
/// route.
///
/// It is asked before any look-up is made, by delivery and by `daneverify`.
public enum RouteDane {
    /// DANE is about the hosts of MX records, and none are asked for: TLS Support alone counts. Mail that
    /// has to have DANE waits.
    NOT_APPLICABLE,
    /// The route's hosts are held to the TLSA records of their own names and ports (rule B15).
    ROUTE_HOST,
    /// Mail for destinations with DANE, opportunistic or mandatory, waits.
    FAIL;

    /// The refusal for mail to `domain` under `rule` if it waits.
    public Optional<Refusal> refusal(DestinationRule rule, Name domain) {
        return waits(rule.dane()) ? Optional.of(Refusal.smtpRoute(domain, this)) : Optional.empty();
    }

    /// What holds on the route for mail under `rule` that does not wait.
    public DestinationRule rule(DestinationRule rule) {
        return switch (this) {
            case NOT_APPLICABLE, FAIL -> rule.withoutDane();
            case ROUTE_HOST -> rule;
        };
    }

    private boolean waits(DestinationRule.DaneSupport dane) {
        return switch (this) {
            case NOT_APPLICABLE -> dane == DestinationRule.DaneSupport.MANDATORY;
            case ROUTE_HOST -> false;
            case FAIL -> dane != DestinationRule.DaneSupport.NONE;
        };
    }
}
