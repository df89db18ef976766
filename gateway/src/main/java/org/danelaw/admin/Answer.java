package org.danelaw.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.json.Json;

/// What a command has to show, once, for people and for programs: parts in their order, each with its text
/// and its member of a JSON object.
public record Answer(List<Part> parts) {
    public static final Answer EMPTY = new Answer(List.of());

    public Answer {
        parts = List.copyOf(parts);
    }

    /// A piece of the answer.
    public sealed interface Part {
        /// For people alone: a sentence, a blank line.
        record Line(String text) implements Part {}

        /// A labelled value.
        ///
        /// @param key its name in JSON
        record Fact(String key, String label, Value value) implements Part {}

        /// Parts under a heading: indented, and an object of their own.
        record Group(String key, String heading, List<Part> parts) implements Part {
            public Group {
                parts = List.copyOf(parts);
            }
        }

        /// Rows under headings, which may be more than memory holds; an array of objects.
        record Table(String key, List<Column> columns, Rows rows) implements Part {
            public Table {
                columns = List.copyOf(columns);
            }
        }

        /// For programs alone.
        record Member(String key, Json value) implements Part {}
    }

    /// A column of a table.
    ///
    /// @param key its name in JSON
    /// @param heading one line of it or more; none where only programs see the column
    public record Column(String key, List<String> heading) {
        public Column {
            heading = List.copyOf(heading);
        }

        public static Column of(String key, String... heading) {
            return new Column(key, List.of(heading));
        }
    }

    /// The rows of a table, handed over one after the other.
    @FunctionalInterface
    public interface Rows {
        void each(Taker taker) throws IOException;

        static Rows of(List<? extends List<? extends Value>> rows) {
            return taker -> {
                for (var row : rows) {
                    taker.take(List.copyOf(row));
                }
            };
        }
    }

    /// Takes one row: a value for each column.
    @FunctionalInterface
    public interface Taker {
        void take(List<Value> row) throws IOException;
    }

    /// A sentence that is the whole answer; programs read it as `said`.
    public static Answer saying(String sentence) {
        return EMPTY.line(sentence).member("said", new Json.Text(sentence));
    }

    public Answer with(Part part) {
        var more = new ArrayList<>(parts);
        more.add(part);
        return new Answer(more);
    }

    public Answer line(String text) {
        return with(new Part.Line(text));
    }

    public Answer lines(List<String> texts) {
        var answer = this;
        for (var text : texts) {
            answer = answer.line(text);
        }
        return answer;
    }

    public Answer fact(String key, String label, Value value) {
        return with(new Part.Fact(key, label, value));
    }

    public Answer group(String key, String heading, Answer below) {
        return with(new Part.Group(key, heading, below.parts()));
    }

    public Answer table(String key, List<Column> columns, Rows rows) {
        return with(new Part.Table(key, columns, rows));
    }

    public Answer member(String key, Json value) {
        return with(new Part.Member(key, value));
    }
}
