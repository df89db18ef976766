package org.danelaw.app;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/// What libraries log, which all comes to `java.util.logging`, dnsjava's and SQLite's by way of SLF4J: warnings and
/// errors
/// go to standard error, in one line each; the rest is none of the operator's business. What Danelaw itself has to tell
/// is
/// in its own logs.
///
/// Made by [LogManager] when something first logs.
public final class LibraryLog {
    private static final String SETTINGS = """
            handlers = java.util.logging.ConsoleHandler
            .level = WARNING
            java.util.logging.ConsoleHandler.formatter = java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format = danelaw: %3$s says: %5$s%n
            """;

    /// What [LogManager] calls.
    public LibraryLog() {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Takes effect when something first logs; what the operator set goes before it.
    static void tame() {
        System.getProperties().putIfAbsent("java.util.logging.config.class", LibraryLog.class.getName());
    }
}
