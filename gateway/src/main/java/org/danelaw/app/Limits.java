package org.danelaw.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Every named bound of the program, with the value that the constant itself has.
///
/// `limits.tsv` says where each constant is, its unit, and what it bounds; a test fails when a bound is not in it.
final class Limits {
    private static final String PACKAGES = "org.danelaw.";

    private Limits() {}

    /// A bound: where its constant is, as `smtp.SmtpLimits.COMMAND_LINE`, and what it means.
    record Limit(String constant, String unit, String meaning) {
        /// The value of the constant, as text.
        String value() {
            try {
                Field field = Class.forName(PACKAGES + type()).getDeclaredField(name());
                field.setAccessible(true);
                return shown(field.get(null));
            } catch (ReflectiveOperationException gone) {
                throw new IllegalStateException("limits.tsv names " + constant + ", which there is not", gone);
            }
        }

        private String type() {
            return constant.substring(0, constant.lastIndexOf('.'));
        }

        private String name() {
            return constant.substring(constant.lastIndexOf('.') + 1);
        }

        private String shown(Object value) {
            return switch (value) {
                case Duration time when time.toMillis() % 1_000 == 0 -> time.toSeconds() + " s";
                case Duration time -> time.toMillis() + " ms";
                default -> unit.isEmpty() ? value.toString() : value + " " + unit;
            };
        }
    }

    /// For the terminal: the constant, its value, what it bounds.
    static List<String> lines() {
        return all().stream()
                .map(limit -> "%-52s %-18s %s".formatted(limit.constant(), limit.value(), limit.meaning()))
                .toList();
    }

    static List<Limit> all() {
        try (InputStream in = Optional.ofNullable(Limits.class.getResourceAsStream("limits.tsv"))
                        .orElseThrow();
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank())
                    .map(Limits::limit)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Limit limit(String line) {
        var cells = line.split("\t", -1);
        if (cells.length != 3) {
            throw new IllegalStateException("limits.tsv has a line without three cells: " + line);
        }
        return new Limit(cells[0], cells[1], cells[2]);
    }
}
