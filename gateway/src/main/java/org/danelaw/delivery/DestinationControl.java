package org.danelaw.delivery;

import java.time.Duration;
import java.util.Optional;
import org.danelaw.policy.DestinationRule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.queue.BounceProfile;

/// How one destination is treated, after inheritance from Default.
///
/// @param concurrentConnections the most connections at a time, over all policies
/// @param messagesPerConnection the most messages before a connection is closed
/// @param limitBy what the limits are counted for
/// @param bounceProfile the profile by name; empty leaves the choice to the listener that took the mail
/// in
public record DestinationControl(
        TlsSupport tls,
        DaneSupport dane,
        IpPreference ipPreference,
        int concurrentConnections,
        int messagesPerConnection,
        Optional<RecipientRate> rate,
        LimitBy limitBy,
        Optional<String> bounceProfile) {
    public static final DestinationControl DEFAULT = new DestinationControl(
            TlsSupport.PREFERRED,
            DaneSupport.NONE,
            IpPreference.IPV6_PREFERRED,
            500,
            50,
            Optional.empty(),
            LimitBy.DOMAIN,
            Optional.empty());

    public DestinationControl {
        if (concurrentConnections < 1 || messagesPerConnection < 1) {
            throw new IllegalArgumentException("a destination needs at least one connection and one message on it");
        }
        if (dane != DaneSupport.NONE && tls == TlsSupport.NONE) {
            throw new IllegalArgumentException("DANE needs TLS: dane = " + dane + " with tls = none");
        }
    }

    /// What the operator wants here, for the decision. Mail whose flow policy turns DANE off is judged
    /// by TLS Support alone.
    public DestinationRule rule(boolean daneApplies, InsecureMx insecureMx) {
        return new DestinationRule(tls, daneApplies ? dane : DaneSupport.NONE, insecureMx, ipPreference);
    }

    /// The bounce profile's name: a destination's own comes before the listener's.
    public String bounceProfileOr(String listeners) {
        return bounceProfile.orElse(listeners.isEmpty() ? BounceProfile.DEFAULT_NAME : listeners);
    }

    /// What a destination's limits are counted for.
    public enum LimitBy {
        /// The recipients' domain.
        DOMAIN,
        /// Each address of its mail hosts: domains that share hosts share the limits.
        MX_ADDRESS
    }

    /// At most so many recipients in any such span of time.
    public record RecipientRate(int recipients, Duration span) {
        public RecipientRate {
            if (recipients < 1 || !span.isPositive()) {
                throw new IllegalArgumentException("a recipient limit needs at least one recipient and one minute");
            }
        }
    }
}
