package org.danelaw.admin;

import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Part;

/// Writes an answer for people.
final class TextForm {
    private static final String INDENT = "  ";

    private final Appendable out;
    private final ZoneId zone;

    /// Where the values of all labels begin.
    private final int valueColumn;

    private TextForm(Appendable out, ZoneId zone, int valueColumn) {
        this.out = out;
        this.zone = zone;
        this.valueColumn = valueColumn;
    }

    static void write(Answer answer, ZoneId zone, Appendable out) throws IOException {
        new TextForm(out, zone, widest(answer.parts(), 0) + 2).parts(answer.parts(), "");
    }

    private static int widest(List<Part> parts, int indent) {
        return parts.stream()
                .mapToInt(part -> switch (part) {
                    case Part.Fact(var key, var label, var value) -> indent + label.length() + 1;
                    case Part.Group(var key, var heading, var below) -> widest(below, indent + INDENT.length());
                    case Part.Line line -> 0;
                    case Part.Table table -> 0;
                    case Part.Member member -> 0;
                })
                .max()
                .orElse(0);
    }

    private void parts(List<Part> parts, String indent) throws IOException {
        for (var part : parts) {
            switch (part) {
                case Part.Line(var text) -> line(indent + Value.printable(text));
                case Part.Fact(var key, var label, var value) -> line(fact(indent + label + ":", value));
                case Part.Group(var key, var heading, var below) -> {
                    line(indent + heading);
                    parts(below, indent + INDENT);
                }
                case Part.Table table -> table(table, indent);
                case Part.Member member -> {}
            }
        }
    }

    private String fact(String label, Value value) {
        return label + " ".repeat(Math.max(1, valueColumn - label.length())) + value.shown(zone);
    }

    private void table(Part.Table table, String indent) throws IOException {
        var lines = new TableLines(table.columns(), zone, line -> line(indent + line));
        table.rows().each(lines::take);
        lines.end();
    }

    private void line(String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }

    /// Takes a line of text.
    @FunctionalInterface
    private interface Lines {
        void take(String line) throws IOException;
    }

    /// The lines of a table: its columns are as wide as its first rows need, and longer cells push what
    /// follows.
    private static final class TableLines {
        /// How many rows are looked at before the first is written.
        private static final int LOOK_AHEAD_ROWS = 200;

        private final List<Column> columns;
        private final ZoneId zone;
        private final Lines lines;
        private final List<List<Value>> first = new ArrayList<>();
        private final int[] widths;
        private final boolean[] toTheRight;
        private boolean begun;

        TableLines(List<Column> columns, ZoneId zone, Lines lines) {
            this.columns = columns;
            this.zone = zone;
            this.lines = lines;
            widths = new int[columns.size()];
            toTheRight = new boolean[columns.size()];
        }

        void take(List<Value> row) throws IOException {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("a row of " + row.size() + " cells in " + columns.size());
            }
            if (begun) {
                lines.take(cells(row));
                return;
            }
            first.add(row);
            if (first.size() == LOOK_AHEAD_ROWS) {
                begin();
            }
        }

        void end() throws IOException {
            if (!begun) {
                begin();
            }
        }

        private void begin() throws IOException {
            begun = true;
            measure();
            int height = columns.stream()
                    .mapToInt(column -> column.heading().size())
                    .max()
                    .orElse(0);
            for (int i = 0; i < height; i++) {
                lines.take(headings(i));
            }
            for (var row : first) {
                lines.take(cells(row));
            }
            first.clear();
        }

        private void measure() {
            for (int i = 0; i < widths.length; i++) {
                int column = i;
                toTheRight[i] = !first.isEmpty()
                        && first.stream().allMatch(row -> row.get(column).isNumber());
                int headed = columns.get(i).heading().stream()
                        .mapToInt(String::length)
                        .max()
                        .orElse(0);
                int filled = first.stream()
                        .mapToInt(row -> row.get(column).shown(zone).length())
                        .max()
                        .orElse(0);
                widths[i] = Math.max(headed, filled);
            }
        }

        private String headings(int line) {
            var texts = columns.stream()
                    .map(Column::heading)
                    .map(heading -> line < heading.size() ? heading.get(line) : "")
                    .toList();
            return joined(texts);
        }

        private String cells(List<Value> row) {
            return joined(row.stream().map(value -> value.shown(zone)).toList());
        }

        private String joined(List<String> texts) {
            var line = new StringBuilder();
            for (int i = 0; i < texts.size(); i++) {
                if (!columns.get(i).heading().isEmpty()) {
                    var room = " ".repeat(Math.max(0, widths[i] - texts.get(i).length()));
                    line.append(line.isEmpty() ? "" : INDENT);
                    line.append(toTheRight[i] ? room + texts.get(i) : texts.get(i) + room);
                }
            }
            return line.toString();
        }
    }
}
