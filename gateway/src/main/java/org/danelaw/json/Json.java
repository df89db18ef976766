package org.danelaw.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// A JSON value (RFC 8259), made to be written.
public sealed interface Json {
    record Text(String value) implements Json {}

    record Whole(long value) implements Json {}

    record Flag(boolean value) implements Json {}

    record Nothing() implements Json {}

    record Array(List<? extends Json> elements) implements Json {
        public Array {
            elements = List.copyOf(elements);
        }
    }

    /// Members in the order in which they were put.
    record Members(Map<String, Json> members) implements Json {
        public Members() {
            this(new LinkedHashMap<>());
        }

        public Members with(String name, Json value) {
            var more = new LinkedHashMap<>(members);
            more.put(name, value);
            return new Members(more);
        }

        public Members with(String name, String value) {
            return with(name, new Text(value));
        }

        public Members with(String name, long value) {
            return with(name, new Whole(value));
        }

        public Members with(String name, List<? extends Json> elements) {
            return with(name, new Array(elements));
        }

        public Members with(String name, Optional<String> value) {
            return with(name, value.<Json>map(Text::new).orElseGet(Nothing::new));
        }
    }

    default String written() {
        return switch (this) {
            case Text(var value) -> quoted(value);
            case Whole(var value) -> Long.toString(value);
            case Flag(var value) -> Boolean.toString(value);
            case Nothing() -> "null";
            case Array(var elements) -> {
                var list = new StringJoiner(",", "[", "]");
                elements.forEach(element -> list.add(element.written()));
                yield list.toString();
            }
            case Members(var members) -> {
                var list = new StringJoiner(",", "{", "}");
                members.forEach((name, value) -> list.add(quoted(name) + ":" + value.written()));
                yield list.toString();
            }
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> {
            switch (unit) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    // RFC 8259 section 7 asks for the control characters; lone surrogates would be no UTF-8.
                    if (unit < 0x20 || unit == 0x7f || Character.isSurrogate((char) unit)) {
                        quoted.append(String.format("\\u%04x", unit));
                    } else {
                        quoted.append((char) unit);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
