package org.danelaw.admin;

import java.io.IOException;
import java.util.List;
import org.danelaw.admin.Answer.Part;
import org.danelaw.json.Json;

/// Writes an answer for programs: one JSON object on one line.
final class JsonForm {
    private final Appendable out;
    private boolean isFirst = true;

    private JsonForm(Appendable out) {
        this.out = out;
    }

    static void write(Answer answer, Appendable out) throws IOException {
        object(answer.parts(), out);
        out.append('\n');
    }

    private static void object(List<Part> parts, Appendable out) throws IOException {
        out.append('{');
        var members = new JsonForm(out);
        for (var part : parts) {
            switch (part) {
                case Part.Line line -> {}
                case Part.Fact(var key, var label, var value) ->
                    members.name(key).append(value.json().written());
                case Part.Member(var key, var value) -> members.name(key).append(value.written());
                case Part.Group(var key, var heading, var below) -> object(below, members.name(key));
                case Part.Table table -> table(table, members.name(table.key()));
            }
        }
        out.append('}');
    }

    private static void table(Part.Table table, Appendable out) throws IOException {
        out.append('[');
        var elements = new JsonForm(out);
        table.rows().each(row -> {
            elements.next();
            out.append('{');
            var members = new JsonForm(out);
            for (int i = 0; i < row.size(); i++) {
                members.name(table.columns().get(i).key())
                        .append(row.get(i).json().written());
            }
            out.append('}');
        });
        out.append(']');
    }

    private Appendable name(String key) throws IOException {
        next();
        return out.append(new Json.Text(key).written()).append(':');
    }

    private void next() throws IOException {
        if (!isFirst) {
            out.append(',');
        }
        isFirst = false;
    }
}
