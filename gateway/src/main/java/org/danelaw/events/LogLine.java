package org.danelaw.events;

import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.danelaw.smtp.Printable;

/// One line of a log, without its time.
public record LogLine(Level level, String text) {
    /// How the logs, and what operators read beside them, write times.
    public static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    /// What the other side chose must not be able to start a line of its own, or to steer a terminal.
    public LogLine {
        text = Printable.of(text);
    }
}
