package org.danelaw.delivery;

import java.util.Map;
import java.util.Optional;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.delivery.DestinationControl.RecipientRate;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.DestinationRule.TlsSupport;

/// The table of destination controls: Default, and entries for single domains or, with a leading dot,
/// for all subdomains of one.
///
/// @param entries by domain in A-label form, lower case
public record DestinationControls(DestinationControl byDefault, Map<String, Entry> entries) {
    public static final DestinationControls NONE = new DestinationControls(DestinationControl.DEFAULT, Map.of());

    public DestinationControls {
        entries = Map.copyOf(entries);
        // Each must make sense after inheritance, now and not at some later delivery.
        entries.values().forEach(entry -> entry.over(byDefault));
    }

    /// The control for `domain`: its own entry, else that of the nearest parent with a leading dot,
    /// else Default.
    public DestinationControl of(String domain) {
        return MostParticular.in(entries, domain)
                .map(entry -> entry.over(byDefault))
                .orElse(byDefault);
    }

    /// One entry of the table: what is not set is inherited from Default.
    public record Entry(
            Optional<TlsSupport> tls,
            Optional<DaneSupport> dane,
            Optional<IpPreference> ipPreference,
            Optional<Integer> concurrentConnections,
            Optional<Integer> messagesPerConnection,
            Optional<RecipientRate> rate,
            Optional<LimitBy> limitBy,
            Optional<String> bounceProfile) {
        public static final Entry EMPTY = new Entry(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        /// An entry that sets the two things that matter most, and inherits the rest.
        public static Entry of(TlsSupport tls, DaneSupport dane) {
            return new Entry(
                    Optional.of(tls),
                    Optional.of(dane),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        /// What holds with this entry over what it inherits.
        public DestinationControl over(DestinationControl inherited) {
            return new DestinationControl(
                    tls.orElse(inherited.tls()),
                    dane.orElse(inherited.dane()),
                    ipPreference.orElse(inherited.ipPreference()),
                    concurrentConnections.orElse(inherited.concurrentConnections()),
                    messagesPerConnection.orElse(inherited.messagesPerConnection()),
                    rate.or(inherited::rate),
                    limitBy.orElse(inherited.limitBy()),
                    bounceProfile.or(inherited::bounceProfile));
        }
    }
}
