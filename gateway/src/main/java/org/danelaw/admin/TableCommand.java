package org.danelaw.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Rows;
import org.danelaw.config.ConfigView;
import org.danelaw.config.Edit;
import org.danelaw.config.Staging;
import org.danelaw.config.TableName;
import org.danelaw.config.TableShape;

/// Shows and changes tables of the configuration: what they may hold, the schema says.
final class TableCommand implements AdminCommand {
    private static final Option BEFORE = Option.with("--before", "NAME", "put it before that one, where order counts");

    private final String name;
    private final String purpose;
    private final List<Kind> kinds;
    private final Staging staging;

    TableCommand(String name, String purpose, List<Kind> kinds, Staging staging) {
        this.name = name;
        this.purpose = purpose;
        this.kinds = List.copyOf(kinds);
        this.staging = staging;
    }

    /// A kind of table.
    ///
    /// @param word what chooses it; empty for the first one
    record Kind(String word, String section) {
        TableShape shape() {
            return TableShape.of(section);
        }

        /// Whether there is an entry that all others inherit from.
        boolean hasDefault() {
            return section.equals("destination-controls");
        }

        boolean isSingle() {
            return shape().entry().isEmpty();
        }
    }

    @Override
    public Manual manual() {
        var manual = Manual.of(name, purpose)
                .taking(Operand.anyNumber("WORD", Operand.Kind.FREE))
                .with(BEFORE)
                .changing();
        for (var kind : kinds) {
            var start = (name + " " + kind.word()).strip();
            var of = kind.isSingle() ? "" : " " + shownName(kind);
            manual = manual.saying(
                    kind.shape().heading() + ": " + start + " list; " + start + " new|edit|set" + of + " KEY=VALUE...; "
                            + start + " delete" + of + (kind.isSingle() ? "" : "; " + start + " move" + of));
        }
        return manual.saying(
                "A key without a value (KEY=) is taken out. Without any word, it asks. Changes count when they are committed.");
    }

    private static String shownName(Kind kind) {
        return kind.section().equals("listener.sender-group")
                ? "LISTENER/NAME"
                : kind.shape().entry();
    }

    @Override
    public boolean changes(Request request) {
        var words = new ArrayList<>(request.operands());
        takeKind(words);
        return words.isEmpty() || !words.getFirst().equals("list");
    }

    @Override
    public Ended run(Request request, Output out) throws IOException, InterruptedException {
        var words = new ArrayList<>(request.operands());
        var chosen = takeKind(words);
        if (words.isEmpty()) {
            return out.isJson() ? list(chosen, request, out) : ask(chosen, request, out);
        }
        var verb = words.removeFirst();
        if (verb.equals("list")) {
            return list(chosen, request, out);
        }
        if (verb.equals("default") && chosen.hasDefault()) {
            words.addFirst("default");
            return edit("set", chosen, words, request, out);
        }
        return List.of("new", "edit", "set", "delete", "move").contains(verb)
                ? edit(verb, chosen, words, request, out)
                : out.misunderstand("say list, new, edit, set, delete"
                        + (chosen.hasDefault() ? ", move or default" : " or move") + ", not " + Value.printable(verb));
    }

    /// Takes the word that chooses a kind of table from the words.
    private Kind takeKind(List<String> words) {
        var kind = kinds.stream()
                .filter(each -> !words.isEmpty() && each.word().equals(words.getFirst()))
                .findFirst();
        kind.ifPresent(chosen -> words.removeFirst());
        return kind.orElse(kinds.getFirst());
    }

    private Ended edit(String verb, Kind kind, List<String> words, Request request, Output out) throws IOException {
        var table = table(kind, words);
        if (table.isEmpty()) {
            return out.misunderstand("which one? say " + name + " " + verb + " " + shownName(kind));
        }
        var values = new LinkedHashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                return out.misunderstand("a setting is KEY=VALUE, not " + Value.printable(word));
            }
            values.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return ChangeCommand.show(
                staging.stage(request.user(), edit(verb, table.get(), values, request.value(BEFORE), request.user())),
                out);
    }

    private Edit edit(
            String verb, TableName table, SequencedMap<String, String> values, Optional<String> before, String user)
            throws IOException {
        boolean isThere = ConfigView.of(staging.staged(user)).entry(table).isPresent();
        return switch (verb) {
            case "delete" -> new Edit.Remove(table);
            case "move" -> new Edit.Move(table, before);
            case "new" -> new Edit.Add(table, values, before);
            case "edit" -> new Edit.Change(table, values);
            default -> isThere ? new Edit.Change(table, values) : new Edit.Add(table, values, before);
        };
    }

    /// Takes the table's name from the words.
    private static Optional<TableName> table(Kind kind, List<String> words) {
        if (kind.isSingle()) {
            return Optional.of(TableName.of(kind.section()));
        }
        if (words.isEmpty()) {
            return Optional.empty();
        }
        var entry = words.removeFirst();
        int slash = entry.indexOf('/');
        return switch (kind.section()) {
            case "listener.sender-group" ->
                slash < 1
                        ? Optional.empty()
                        : Optional.of(TableName.of("listener", entry.substring(0, slash))
                                .below("sender-group", entry.substring(slash + 1)));
            case "dns.resolver" -> Optional.of(TableName.of("dns").below("resolver", entry));
            default -> Optional.of(TableName.of(kind.section(), entry));
        };
    }

    private Ended list(Kind kind, Request request, Output out) throws IOException {
        return out.done(table(kind, ConfigView.of(staging.staged(request.user()))));
    }

    private Answer table(Kind kind, ConfigView view) {
        var fields = kind.shape().fields();
        var columns = new ArrayList<Column>();
        columns.add(Column.of("table", shownName(kind)));
        fields.forEach(field -> columns.add(Column.of(field.name(), field.name().split("-"))));
        var rows = entries(kind, view).stream()
                .map(entry -> {
                    var row = new ArrayList<Value>();
                    row.add(Value.of(shownName(kind, entry)));
                    fields.forEach(field -> row.add(Value.of(entry.value(field.name()), "-")));
                    return row;
                })
                .toList();
        return Answer.EMPTY.table("entries", columns, Rows.of(rows));
    }

    private static String shownName(Kind kind, ConfigView.Entry entry) {
        return kind.section().equals("listener.sender-group")
                ? entry.name().steps().getFirst().entry().orElse("") + "/" + entry.id()
                : entry.id();
    }

    private static List<ConfigView.Entry> entries(Kind kind, ConfigView view) {
        return switch (kind.section()) {
            case "listener.sender-group" ->
                view.entries("listener").stream()
                        .flatMap(listener -> view.entries(listener.name(), "sender-group").stream())
                        .toList();
            case "dns.resolver" -> view.entries(TableName.of("dns"), "resolver");
            default ->
                kind.isSingle()
                        ? view.entry(TableName.of(kind.section())).stream().toList()
                        : view.entries(kind.section());
        };
    }

    /// The form: which table, then each of its settings with what it is now.
    private Ended ask(Kind kind, Request request, Output out) throws IOException, InterruptedException {
        var view = ConfigView.of(staging.staged(request.user()));
        out.show(table(kind, view));
        var verb = out.answerTo("new, edit or delete? []> ").strip();
        if (verb.isEmpty()) {
            return Ended.DONE;
        }
        var words = new ArrayList<String>();
        words.add(kind.isSingle() ? "" : out.answerTo(shownName(kind) + " []> ").strip());
        var table = table(kind, words);
        if (table.isEmpty() || !List.of("new", "edit", "delete").contains(verb)) {
            return out.misunderstand("say new, edit or delete, and which");
        }
        var values = new LinkedHashMap<String, String>();
        if (!verb.equals("delete")) {
            var entry = view.entry(table.get());
            for (var field : kind.shape().fields()) {
                if (field.name().equals("dane") && "none".equals(values.get("tls"))) {
                    out.line("DANE Support: none, because TLS Support is none and DANE needs TLS.");
                    continue;
                }
                var now = entry.flatMap(there -> there.value(field.name())).orElse("");
                var said = out.answerTo(field.name() + " (" + field.takes() + ") [" + now + "]> ")
                        .strip();
                if (!said.isEmpty()) {
                    values.put(field.name(), said.equals("-") ? "" : said);
                }
            }
        }
        return ChangeCommand.show(
                staging.stage(request.user(), edit(verb, table.get(), values, Optional.empty(), request.user())), out);
    }
}
