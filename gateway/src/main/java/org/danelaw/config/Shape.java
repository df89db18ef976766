package org.danelaw.config;

import java.util.ArrayList;
import java.util.List;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// Holds a document against the schema, table by table: what is not known, does not fit, or is missing.
final class Shape {
    private final List<Problem> problems = new ArrayList<>();

    private Shape() {}

    static List<Problem> problems(TomlTable document) {
        var shape = new Shape();
        shape.table(Schema.WholeFile.SECTION, document, Position.START);
        return shape.problems;
    }

    private void table(Section section, TomlTable table, Position at) {
        for (String name : table.keySet()) {
            var given = given(table, name);
            section.key(name)
                    .ifPresentOrElse(
                            key -> problems.addAll(key.problems(given)),
                            () -> section.section(name)
                                    .ifPresentOrElse(
                                            below -> below(below, given), () -> unknown(section, name, given)));
        }
        for (Key<?> key : section.keys()) {
            if (key.absence() instanceof Key.Absence.Forbidden<?> && !table.contains(List.of(key.name()))) {
                problems.add(new Problem(at, key.name() + " is missing in " + section.heading()));
            }
        }
    }

    private void below(Section section, Given given) {
        switch (section.form()) {
            case Section.Form.Whole whole -> single(section, given);
            case Section.Form.Single single -> single(section, given);
            case Section.Form.Repeated repeated -> repeated(section, given);
            case Section.Form.Named named -> named(section, named, given);
        }
    }

    private void single(Section section, Given given) {
        if (given.toml() instanceof TomlTable table) {
            table(section, table, given.at());
        } else {
            notATable(section, given);
        }
    }

    private void repeated(Section section, Given given) {
        if (!(given.toml() instanceof TomlArray array)) {
            notATable(section, given);
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            single(section, new Given(array.get(i), Position.of(array.inputPositionOf(i))));
        }
    }

    private void named(Section section, Section.Form.Named form, Given given) {
        if (!(given.toml() instanceof TomlTable tables)) {
            notATable(section, given);
            return;
        }
        for (String name : tables.keySet()) {
            var entry = given(tables, name);
            if (form.kind().read(new Given(name, entry.at())) instanceof Kind.Reading.Unfit<?>(var wrong)) {
                wrong.forEach(problem -> problems.add(
                        new Problem(problem.at(), section.name() + "." + form.placeholder() + " " + problem.text())));
            }
            single(section, entry);
        }
    }

    private void notATable(Section section, Given given) {
        problems.add(new Problem(
                given.at(), section.name() + " is a table, " + section.heading() + ", not " + given.shown()));
    }

    private void unknown(Section section, String name, Given given) {
        String advice = Nearest.to(name, section.known())
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElseGet(() -> "known here: " + String.join(", ", section.known()));
        problems.add(new Problem(
                given.at(),
                "unknown key " + new Given(name, given.at()).shown() + " in " + section.heading() + ": " + advice));
    }

    static Given given(TomlTable table, String name) {
        // The list form: a plain string would be taken apart at its dots.
        Object toml = table.get(List.of(name));
        var position = table.inputPositionOf(List.of(name));
        if (toml == null) {
            throw new IllegalStateException(name + " is among the keys of its table and has no value");
        }
        return new Given(toml, Position.of(position));
    }
}
