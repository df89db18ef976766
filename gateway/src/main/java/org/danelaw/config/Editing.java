package org.danelaw.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.tomlj.MutableTomlArray;
import org.tomlj.MutableTomlTable;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/// Makes edits in the text of a configuration file.
///
/// Lines that no edit is about stay as they are, comments, blanks and line ends included: the TOML library writes back
/// the text that it read, and anew only what was changed. That what it wrote reads as what was meant is not taken on
/// its word.
public final class Editing {
    private TomlParseResult document;

    private Editing(TomlParseResult document) {
        this.document = document;
    }

    /// What came of edits.
    public sealed interface Outcome {
        record Edited(String text) implements Outcome {}

        /// Why they cannot be made, a sentence each; nothing of them was.
        record Refused(List<String> why) implements Outcome {
            public Refused {
                why = List.copyOf(why);
            }

            Refused(String why) {
                this(List.of(why));
            }
        }
    }

    /// Makes all of `edits`, in their order, or none.
    public static Outcome edit(String text, List<Edit> edits) {
        var editing = new Editing(Toml.parse(text));
        for (Edit edit : edits) {
            var why = editing.make(edit);
            if (!why.isEmpty()) {
                return new Outcome.Refused(why);
            }
        }
        return edits.isEmpty() ? new Outcome.Edited(text) : editing.written();
    }

    private Outcome written() {
        var text = document.toToml();
        var reread = Toml.parse(text);
        return reread.hasErrors() || !Toml.equals(reread, document)
                ? new Outcome.Refused(
                        "this table is written in a way in which it cannot be changed safely: change it in the file")
                : new Outcome.Edited(text);
    }

    private List<String> make(Edit edit) {
        if (edit instanceof Edit.Replace(var text)) {
            document = Toml.parse(text);
            return syntaxErrors();
        }
        return document.hasErrors() ? syntaxErrors() : makeIn(edit);
    }

    private List<String> syntaxErrors() {
        return ConfigFile.syntaxProblems(document).stream()
                .map(problem ->
                        "the configuration cannot be read: line " + problem.at().line() + ": " + problem.text())
                .toList();
    }

    private List<String> makeIn(Edit edit) {
        var name = switch (edit) {
            case Edit.Add(var table, var values, var before) -> table;
            case Edit.Change(var table, var values) -> table;
            case Edit.Remove(var table) -> table;
            case Edit.Move(var table, var before) -> table;
            case Edit.Replace replace -> throw new IllegalArgumentException("a whole file has no table");
        };
        return switch (Tables.find(document, name)) {
            case Tables.Finding.Nowhere(var why) -> List.of(why);
            case Tables.Finding.Missing(var slot) ->
                switch (edit) {
                    case Edit.Add(var table, var values, var before) -> add(slot, values, before);
                    case Edit.Change(var table, var values)
                    when slot.section().form() instanceof Section.Form.Single -> add(slot, values, Optional.empty());
                    case Edit.Change change -> List.of("there is no " + name);
                    case Edit.Remove remove -> List.of("there is no " + name);
                    case Edit.Move move -> List.of("there is no " + name);
                    case Edit.Replace replace -> List.of();
                };
            case Tables.Finding.Found(var slot, var table) ->
                switch (edit) {
                    case Edit.Add add -> List.of("there is already a " + name);
                    case Edit.Change(var changed, var values) -> change(slot.section(), table, values);
                    case Edit.Remove remove -> slot.remove();
                    case Edit.Move(var moved, var before) -> slot.move(before);
                    case Edit.Replace replace -> List.of();
                };
        };
    }

    private static List<String> add(Slot slot, SequencedMap<String, String> values, Optional<String> before) {
        var table = MutableTomlTable.create();
        var problems = new ArrayList<>(slot.nameProblems());
        slot.identity()
                .ifPresent(key -> table.set(List.of(key.name()), key.kind().typed(slot.entry())));
        problems.addAll(change(slot.section(), table, values));
        return problems.isEmpty() ? slot.put(table, before) : problems;
    }

    private static List<String> change(Section section, MutableTomlTable table, SequencedMap<String, String> values) {
        var problems = new ArrayList<String>();
        values.forEach((name, text) -> section.key(name)
                .ifPresentOrElse(
                        key -> problems.addAll(set(table, key, text)), () -> problems.add(unknown(section, name))));
        return problems;
    }

    private static List<String> set(MutableTomlTable table, Key<?> key, String text) {
        var path = List.of(key.name());
        if (text.isEmpty()) {
            table.remove(path);
            return List.of();
        }
        var toml = key.kind().typed(text);
        var problems = key.problems(new Given(toml, Position.START));
        if (problems.isEmpty()) {
            put(table, path, toml);
        }
        return problems.stream().map(Problem::text).toList();
    }

    private static void put(MutableTomlTable table, List<String> path, Object toml) {
        if (toml instanceof MutableTomlArray list && table.get(path) instanceof MutableTomlArray there) {
            replace(there, list.toList());
        } else if (!toml.equals(table.get(path))) {
            table.set(path, toml);
        }
    }

    /// Element by element, so that those that stay keep the comments beside them, and no other one gets these.
    private static void replace(MutableTomlArray there, List<Object> wanted) {
        for (int i = there.size() - 1; i >= 0; i--) {
            if (!wanted.contains(there.get(i))) {
                there.remove(i);
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (i == there.size()) {
                there.add(wanted.get(i));
            } else if (!wanted.get(i).equals(there.get(i))) {
                there.insertBefore(i, wanted.get(i));
            }
        }
        while (there.size() > wanted.size()) {
            there.remove(there.size() - 1);
        }
    }

    private static String unknown(Section section, String name) {
        var names = section.keys().stream().map(Key::name).toList();
        return "there is no " + new Given(name, Position.START).shown() + " in " + section.heading() + ": "
                + Nearest.to(name, names)
                        .map(nearest -> "did you mean \"" + nearest + "\"?")
                        .orElseGet(() -> "known here: " + String.join(", ", names));
    }
}
