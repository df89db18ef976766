package org.danelaw.config;

import java.util.ArrayList;
import java.util.List;

/// What an operator should know of a configuration without a problem: settings that have no effect in this
/// version, and such as together do what hardly anybody means.
final class Notes {
    private Notes() {}

    static List<Problem> of(Row file) {
        var notes = new ArrayList<Problem>();
        collect(file, notes);
        notes.addAll(Traps.of(file));
        notes.sort(Problem.READING_ORDER);
        return notes;
    }

    private static void collect(Row row, List<Problem> notes) {
        for (Key<?> key : row.section().keys()) {
            if (key.force() == Key.Force.NOT_YET) {
                row.given(key)
                        .ifPresent(given -> notes.add(
                                new Problem(given.at(), key.name() + " is not yet in force: it has no effect")));
            }
        }
        for (Section below : row.section().sections()) {
            rows(row, below).forEach(each -> collect(each, notes));
        }
    }

    private static List<Row> rows(Row row, Section below) {
        return switch (below.form()) {
            case Section.Form.Whole whole -> List.of();
            case Section.Form.Single single -> List.of(row.single(below));
            case Section.Form.Repeated repeated -> row.repeated(below);
            case Section.Form.Named named -> List.copyOf(row.named(below).values());
        };
    }
}
