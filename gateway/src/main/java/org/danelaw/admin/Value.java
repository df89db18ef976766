package org.danelaw.admin;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.danelaw.events.LogLine;
import org.danelaw.json.Json;
import org.danelaw.smtp.Printable;

/// A value that is shown: its text for people, its JSON for programs.
public sealed interface Value {
    record Text(String text) implements Value {}

    /// A number: with thousands set apart where people read it.
    record Count(long number) implements Value {}

    record Flag(boolean value) implements Value {}

    /// A moment: as the logs write it, and by RFC 3339.
    record Moment(Instant at) implements Value {}

    /// A span of time: in its two largest units, and in seconds.
    record Span(Duration length) implements Value {}

    record Many(List<? extends Value> values) implements Value {
        public Many {
            values = List.copyOf(values);
        }
    }

    /// No value: what people read in its place, and null.
    record Nothing(String shown) implements Value {}

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Count(number);
    }

    static Value of(boolean value) {
        return new Flag(value);
    }

    static Value of(Instant at) {
        return new Moment(at);
    }

    static Value of(Duration length) {
        return new Span(length);
    }

    /// The text, or nothing, which is shown as `otherwise`.
    static Value of(Optional<String> text, String otherwise) {
        return text.<Value>map(Text::new).orElseGet(() -> new Nothing(otherwise));
    }

    static Value ofMoment(Optional<Instant> at, String otherwise) {
        return at.<Value>map(Moment::new).orElseGet(() -> new Nothing(otherwise));
    }

    static Value texts(List<String> texts) {
        return new Many(texts.stream().map(Text::new).toList());
    }

    /// For people; nothing in it can steer a terminal, whoever chose it.
    default String shown(ZoneId zone) {
        return switch (this) {
            case Text(var text) -> printable(text);
            case Count(var number) -> String.format(Locale.ROOT, "%,d", number);
            case Flag(var value) -> value ? "yes" : "no";
            case Moment(var at) -> LogLine.TIME.format(at.atZone(zone));
            case Span(var length) -> Clockwork.inTwoUnits(length);
            case Many(var values) ->
                values.stream().map(value -> value.shown(zone)).collect(Collectors.joining(", "));
            case Nothing(var text) -> text;
        };
    }

    default Json json() {
        return switch (this) {
            case Text(var text) -> new Json.Text(text);
            case Count(var number) -> new Json.Whole(number);
            case Flag(var value) -> new Json.Flag(value);
            case Moment(var at) -> new Json.Text(at.toString());
            case Span(var length) -> new Json.Whole(length.toSeconds());
            case Many(var values) ->
                new Json.Array(values.stream().map(Value::json).toList());
            case Nothing nothing -> new Json.Nothing();
        };
    }

    /// Numbers stand to the right of their column.
    default boolean isNumber() {
        return this instanceof Count;
    }

    /// Without characters that steer a terminal, tabs included.
    static String printable(String text) {
        return Printable.of(text);
    }

    /// How spans of time are written.
    final class Clockwork {
        private Clockwork() {}

        private static String inTwoUnits(Duration length) {
            var span = length.isNegative() ? Duration.ZERO : length;
            if (span.toDays() > 0) {
                return span.toDays() + "d " + span.toHoursPart() + "h";
            }
            if (span.toHours() > 0) {
                return span.toHours() + "h " + span.toMinutesPart() + "m";
            }
            return span.toMinutes() > 0 ? span.toMinutes() + "m " + span.toSecondsPart() + "s" : span.toSeconds() + "s";
        }
    }
}
