package org.danelaw.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import org.danelaw.lab.realm.Chapter;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.Outcome;

/// The live table: a line for each domain, in the world's order, as soon as both its messages have ended.
final class DemoTable {
    /// No message of the demo takes longer, from the first to the last.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// How often the last line is renewed.
    private static final Duration GLANCE = Duration.ofMillis(100);

    private static final int SAYS_COLUMN = 4 + 36 + 15 + 15;

    /// With less, what is to be said stands on a line of its own.
    private static final int LEAST_ROOM = 24;

    private final Screen screen;
    private final DemoWorld world;
    private final List<DemoRow> rows = new ArrayList<>();
    private final long began = System.nanoTime();

    DemoTable(Screen screen, DemoWorld world) {
        this.screen = screen;
        this.world = world;
    }

    List<DemoRow> show() throws InterruptedException {
        for (var outcome : Outcome.values()) {
            screen.line("  " + screen.in(DemoWords.colour(outcome), "%-15s".formatted(DemoWords.of(outcome)))
                    + DemoWords.meaning(outcome));
        }
        for (var chapter : world.chapters()) {
            show(chapter);
        }
        return List.copyOf(rows);
    }

    private void show(Chapter chapter) throws InterruptedException {
        screen.line();
        screen.line(screen.in(Screen.Colour.TITLE, chapter.title()));
        screen.line("    %-36s%-15s%s".formatted("", "opportunistic", "mandatory"));
        for (var domain : chapter.domains()) {
            var row = await(domain);
            rows.add(row);
            lines(row).forEach(screen::line);
        }
    }

    private DemoRow await(Domain domain) throws InterruptedException {
        var ended = new EnumMap<DemoMode, Optional<Ended>>(DemoMode.class);
        for (var mode : DemoMode.values()) {
            ended.put(mode, await(domain, mode));
        }
        return new DemoRow(domain, ended);
    }

    private Optional<Ended> await(Domain domain, DemoMode mode) throws InterruptedException {
        var ended = world.witness(mode).of(mode.recipient(domain), GLANCE);
        while (ended.isEmpty() && System.nanoTime() - began < PATIENCE.toNanos()) {
            screen.status("    %d of %d messages have ended; waiting for %s"
                    .formatted(world.endedCount(), 2 * world.domains().size(), mode.recipient(domain)));
            ended = world.witness(mode).of(mode.recipient(domain), GLANCE);
        }
        return ended;
    }

    private List<String> lines(DemoRow row) {
        var first = new StringBuilder("  ").append(isAsExpected(row) ? "  " : screen.in(Screen.Colour.WRONG, "! "));
        first.append("%-36s".formatted(row.domain().mailName()));
        for (var mode : DemoMode.values()) {
            first.append(word(row.ended(mode)));
        }
        var says = row.domain().says();
        int room = screen.isTerminal() ? screen.columns() - 1 - SAYS_COLUMN : Integer.MAX_VALUE;
        return room < LEAST_ROOM
                ? List.of(first.toString(), "      " + says)
                : joined(first.toString(), Screen.wrapped(says, room));
    }

    private static List<String> joined(String first, List<String> says) {
        var lines = new ArrayList<String>();
        lines.add(first + says.getFirst());
        says.stream().skip(1).forEach(more -> lines.add(" ".repeat(SAYS_COLUMN) + more));
        return lines;
    }

    private String word(Optional<Ended> ended) {
        return ended.map(how -> how.ending().outcome())
                .map(outcome -> screen.in(DemoWords.colour(outcome), "%-15s".formatted(DemoWords.of(outcome))))
                .orElseGet(() -> screen.in(Screen.Colour.WRONG, "%-15s".formatted("no end")));
    }

    private static boolean isAsExpected(DemoRow row) {
        return row.isAsExpected(DemoMode.OPPORTUNISTIC) && row.isAsExpected(DemoMode.MANDATORY);
    }
}
