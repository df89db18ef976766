package org.danelaw.config;

import java.nio.file.Path;
import java.util.Comparator;

/// Something in the configuration file that the operator has to see, and where it stands.
public record Problem(Position at, String text) {
    static final Comparator<Problem> READING_ORDER =
            Comparator.comparing(Problem::at).thenComparing(Problem::text);

    /// The line that is printed: `FILE:LINE:COLUMN: text`.
    public String in(Path file) {
        return file + ":" + at.line() + ":" + at.column() + ": " + text;
    }
}
