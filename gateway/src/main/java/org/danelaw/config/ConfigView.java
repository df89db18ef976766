package org.danelaw.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.tomlj.MutableTomlTable;
import org.tomlj.Toml;
import org.tomlj.TomlTable;

/// What a configuration says, table by table, each value as an operator would type it: for lists and forms. What is
/// not there is not filled in.
public final class ConfigView {
    private final MutableTomlTable document;

    private ConfigView(MutableTomlTable document) {
        this.document = document;
    }

    public static ConfigView of(String toml) {
        return new ConfigView(Toml.parse(toml));
    }

    /// One table.
    ///
    /// @param values by key, in the order of the reference
    public record Entry(TableName name, SequencedMap<String, String> values) {
        public Entry {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }

        /// Which of several tables it is; empty for a table of which there is one.
        public String id() {
            return name.last().entry().orElse("");
        }

        public Optional<String> value(String key) {
            return Optional.ofNullable(values.get(key));
        }
    }

    /// The tables `[section.NAME]` or `[[section]]`, in the file's order.
    public List<Entry> entries(String section) {
        return entries(Row.of(document), List.of(), section);
    }

    /// The same within another table.
    public List<Entry> entries(TableName parent, String section) {
        return row(parent).map(row -> entries(row, parent.steps(), section)).orElse(List.of());
    }

    public Optional<Entry> entry(TableName name) {
        return row(name).map(row -> new Entry(name, values(row)));
    }

    private static List<Entry> entries(Row row, List<TableName.Step> above, String name) {
        var section = row.section().section(name).orElseThrow();
        return switch (section.form()) {
            case Section.Form.Whole whole -> List.of();
            case Section.Form.Single single -> List.of();
            case Section.Form.Named named ->
                row.named(section).entrySet().stream()
                        .map(entry -> entry(above, entry.getKey(), entry.getValue()))
                        .toList();
            case Section.Form.Repeated(var identity) ->
                row.repeated(section).stream()
                        .map(each -> entry(above, shown(each.table(), identity), each))
                        .toList();
        };
    }

    private static Entry entry(List<TableName.Step> above, String id, Row row) {
        return new Entry(new TableName(above).below(row.section().name(), id), values(row));
    }

    private static SequencedMap<String, String> values(Row row) {
        var values = new LinkedHashMap<String, String>();
        row.section().keys().stream()
                .filter(key -> row.table().contains(List.of(key.name())))
                .forEach(key -> values.put(key.name(), shown(row.table(), key)));
        return values;
    }

    private static String shown(TomlTable table, Key<?> key) {
        return Optional.ofNullable(table.get(List.of(key.name())))
                .map(Kind::shown)
                .orElse("");
    }

    private Optional<Row> row(TableName name) {
        return Tables.find(document, name) instanceof Tables.Finding.Found(var slot, var table)
                ? Optional.of(new Row(slot.section(), table, Position.START))
                : Optional.empty();
    }
}
