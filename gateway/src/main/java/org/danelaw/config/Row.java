package org.danelaw.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// A table of a document, read by the schema's keys. What does not fit reads as not given: [Shape] has reported it.
record Row(Section section, TomlTable table, Position at) {
    private static final TomlTable EMPTY = Toml.parse("");

    /// A value with its place.
    record Placed<T>(T value, Position at) {}

    static Row of(TomlTable document) {
        return new Row(Schema.WholeFile.SECTION, document, Position.START);
    }

    /// The key's value as the file gives it.
    <T> Optional<Placed<T>> given(Key<T> key) {
        if (!table.contains(List.of(key.name()))) {
            return Optional.empty();
        }
        var given = Shape.given(table, key.name());
        return key.read(given).map(value -> new Placed<>(value, given.at()));
    }

    /// The key's value, if the file gives it.
    <T> Optional<T> optional(Key<T> key) {
        return given(key).map(Placed::value);
    }

    /// The key's value or its default.
    <T> T value(Key<T> key) {
        return optional(key).orElseGet(() -> switch (key.absence()) {
            case Key.Absence.Default<T>(var value, var shown) -> value.get();
            case Key.Absence.Forbidden<T> forbidden -> throw unchecked(key);
            case Key.Absence.Means<T> means -> throw unchecked(key);
        });
    }

    /// The table `[section]`; an empty one where the file has none.
    Row single(Section below) {
        return table.get(List.of(below.name())) instanceof TomlTable found
                ? new Row(below, found, Shape.given(table, below.name()).at())
                : new Row(below, EMPTY, at);
    }

    /// The tables `[[section]]`, in the file's order.
    List<Row> repeated(Section below) {
        var rows = new ArrayList<Row>();
        if (table.get(List.of(below.name())) instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TomlTable entry) {
                    rows.add(new Row(below, entry, Position.of(array.inputPositionOf(i))));
                }
            }
        }
        return rows;
    }

    /// The tables `[section.NAME]` by their names, in the file's order.
    Map<String, Row> named(Section below) {
        var rows = new LinkedHashMap<String, Row>();
        if (table.get(List.of(below.name())) instanceof TomlTable tables) {
            for (String name : tables.keySet()) {
                var given = Shape.given(tables, name);
                if (given.toml() instanceof TomlTable entry) {
                    rows.put(name, new Row(below, entry, given.at()));
                }
            }
        }
        return rows;
    }

    private IllegalStateException unchecked(Key<?> key) {
        return new IllegalStateException(key.name() + " in " + section.heading() + " has no value to fall back on");
    }
}
