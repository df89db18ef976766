package org.danelaw.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.realm.Outcome;

/// What happened and why, after the table: how many ended in which way, why the others were not authenticated, and what
/// is not as the world says.
final class DemoSummary {
    private static final int WIDEST = 110;
    private static final Pattern DIGEST = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{24,}\\b");

    private final Screen screen;
    private final List<DemoRow> rows;
    private final int width;

    DemoSummary(Screen screen, List<DemoRow> rows) {
        this.screen = screen;
        this.rows = rows;
        width = screen.isTerminal() ? Math.clamp(screen.columns() - 1, 40, WIDEST) : WIDEST;
    }

    /// Shows all, and tells whether everything ended as the world says.
    ///
    /// @param arrived all that the mail hosts accepted
    boolean show(List<Mail> arrived, Duration took) {
        reasons();
        counts();
        return verdict(arrived, took);
    }

    private void reasons() {
        title("Why not authenticated, in the gateways' own words");
        var groups = rows.stream()
                .filter(row -> !heading(row).isEmpty())
                .collect(Collectors.groupingBy(DemoSummary::heading, LinkedHashMap::new, Collectors.toList()));
        groups.forEach((heading, members) -> {
            screen.line();
            screen.line("  " + screen.in(Screen.Colour.TITLE, heading));
            for (var row : members) {
                screen.line("    " + row.domain().mailName());
                sentences(row)
                        .forEach(sentence -> Screen.wrapped(shortened(sentence), width - 6)
                                .forEach(line -> screen.line("      " + line)));
            }
        });
    }

    /// Both endings with their reasons in a few words; empty where both are authenticated.
    private static String heading(DemoRow row) {
        var opportunistic = words(row, DemoMode.OPPORTUNISTIC);
        var mandatory = words(row, DemoMode.MANDATORY);
        if (opportunistic.equals(mandatory)) {
            return opportunistic.equals(DemoWords.of(Outcome.AUTHENTICATED)) ? "" : "Both: " + opportunistic;
        }
        return "Opportunistic: " + opportunistic + ". Mandatory: " + mandatory;
    }

    private static String words(DemoRow row, DemoMode mode) {
        return row.ended(mode)
                .map(how -> DemoWords.of(how.ending().outcome()) + (how.reason().isEmpty() ? "" : ", " + how.reason()))
                .orElse("without an end");
    }

    private static List<String> sentences(DemoRow row) {
        var sentences = new ArrayList<String>();
        for (var mode : DemoMode.values()) {
            row.ended(mode)
                    .map(Ended::sentence)
                    .filter(sentence -> !sentence.isEmpty() && !sentences.contains(sentence))
                    .ifPresent(sentences::add);
        }
        return sentences;
    }

    /// Digests, which nobody reads to the end.
    private static String shortened(String sentence) {
        return DIGEST.matcher(sentence).replaceAll("$1...");
    }

    private void counts() {
        title("How %d messages ended".formatted(2 * rows.size()));
        screen.line();
        screen.line("    %-15s%15s%12s".formatted("", "opportunistic", "mandatory"));
        for (var outcome : Outcome.values()) {
            screen.line("    " + screen.in(DemoWords.colour(outcome), "%-15s".formatted(DemoWords.of(outcome)))
                    + "%15d%12d".formatted(count(DemoMode.OPPORTUNISTIC, outcome), count(DemoMode.MANDATORY, outcome)));
        }
    }

    private long count(DemoMode mode, Outcome outcome) {
        return rows.stream()
                .flatMap(row -> row.ended(mode).stream())
                .filter(how -> how.ending().outcome() == outcome)
                .count();
    }

    private boolean verdict(List<Mail> arrived, Duration took) {
        boolean allIsWell = true;
        for (var row : rows) {
            for (var difference : row.differences(arrived)) {
                if (allIsWell) {
                    title("Not as it must be");
                }
                allIsWell = false;
                screen.line("  "
                        + screen.in(Screen.Colour.WRONG, "! " + row.domain().mailName() + ": " + difference));
            }
        }
        screen.line();
        screen.line(
                allIsWell
                        ? "All %d domains ended as they must, and the mail hosts count what the gateways count: %s."
                                .formatted(rows.size(), seconds(took))
                        : "Some of %d domains did not end as they must: %s.".formatted(rows.size(), seconds(took)));
        return allIsWell;
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0);
    }

    private void title(String text) {
        screen.line();
        screen.line(screen.in(Screen.Colour.TITLE, text));
    }
}
