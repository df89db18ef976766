package org.danelaw.config;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// A configuration that was in force, and who brought it in.
public record Revision(int number, Instant at, String author, String comment, String text) {
    private static final Pattern WRITTEN = Pattern.compile(
            "# revision ([0-9]{1,9})\n# time ([^\n]+)\n# author ([^\n]*)\n# comment ([^\n]*)\n(.*)", Pattern.DOTALL);

    public Revision {
        author = oneLine(author);
        comment = oneLine(comment);
    }

    /// Four comment lines and the configuration: a file that can be read as one.
    String written() {
        return "# revision " + number + "\n# time " + at + "\n# author " + author + "\n# comment " + comment + "\n"
                + text;
    }

    /// Nothing where it is damaged.
    static Optional<Revision> read(String written) {
        var parts = WRITTEN.matcher(written);
        return parts.matches()
                ? instant(parts.group(2))
                        .map(at -> new Revision(
                                Integer.parseInt(parts.group(1)), at, parts.group(3), parts.group(4), parts.group(5)))
                : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException damaged) {
            return Optional.empty();
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
