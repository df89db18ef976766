package org.danelaw.admin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.danelaw.events.LogSubscription;
import org.danelaw.events.MailLogs;

/// The logs, by the names that operators know.
final class LogNames {
    private LogNames() {}

    static Optional<Path> file(MailLogs logs, String name) {
        return find(logs, name).map(LogSubscription::file);
    }

    /// All files of a log that are there, oldest first.
    static Optional<List<Path>> files(MailLogs logs, String name) {
        return find(logs, name).map(LogNames::files);
    }

    private static List<Path> files(LogSubscription log) {
        var files = new ArrayList<Path>();
        for (int n = log.keeping().files() - 1; n >= 1; n--) {
            files.add(log.file().resolveSibling(log.file().getFileName() + "." + n));
        }
        files.add(log.file());
        return files.stream().filter(Files::exists).toList();
    }

    private static Optional<LogSubscription> find(MailLogs logs, String name) {
        return logs.subscriptions().stream()
                .filter(log -> log.name().equals(name))
                .findFirst();
    }

    static String unknown(MailLogs logs, String name) {
        return "there is no log " + name
                + logs.subscriptions().stream()
                        .map(LogSubscription::name)
                        .collect(Collectors.joining(", ", " (there is: ", ")"));
    }
}
