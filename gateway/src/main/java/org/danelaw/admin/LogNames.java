package org.danelaw.admin;

import java.util.Optional;
import java.util.stream.Collectors;
import org.danelaw.events.LogSubscription;
import org.danelaw.events.MailLogs;

/// The logs, by the names that operators know.
final class LogNames {
    private LogNames() {}

    static Optional<LogTrail> trail(MailLogs logs, String name) {
        return logs.subscriptions().stream()
                .filter(log -> log.name().equals(name))
                .findFirst()
                .map(LogTrail::new);
    }

    static String unknown(MailLogs logs, String name) {
        return "there is no log " + name
                + logs.subscriptions().stream()
                        .map(LogSubscription::name)
                        .collect(Collectors.joining(", ", " (there is: ", ")"));
    }
}
