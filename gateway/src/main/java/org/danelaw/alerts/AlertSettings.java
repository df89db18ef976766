package org.danelaw.alerts;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.danelaw.smtp.Address;

/// Who is told of what, and how often.
///
/// @param mailTo mailboxes that are told
/// @param webhook the `http` or `https` address that is told
/// @param leastSeverity what matters less is not told
/// @param patience how long a destination must go on failing before that is told
/// @param interval one alert is not raised, or brought up to date, more often than this
/// @param reminder how often an alert that lasts is told again, with how it is then
public record AlertSettings(
        List<Address> mailTo,
        Optional<URI> webhook,
        Severity leastSeverity,
        Duration patience,
        Duration interval,
        Duration reminder) {
    /// Nobody is told.
    public static final AlertSettings NONE = new AlertSettings(
            List.of(),
            Optional.empty(),
            Severity.WARNING,
            Duration.ofMinutes(2),
            Duration.ofHours(1),
            Duration.ofDays(1));

    public AlertSettings {
        mailTo = List.copyOf(mailTo);
    }

    /// Whether somebody is told of what matters so much.
    boolean tells(Severity severity) {
        return (!mailTo.isEmpty() || webhook.isPresent()) && severity.isAtLeast(leastSeverity);
    }
}
