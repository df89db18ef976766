package org.danelaw.config;

import org.tomlj.MutableTomlTable;

/// Finds tables in a document by their names.
final class Tables {
    private Tables() {}

    /// What is there of a name.
    sealed interface Finding {
        record Found(Slot slot, MutableTomlTable table) implements Finding {}

        /// The table could be there.
        record Missing(Slot slot) implements Finding {}

        /// No such table can be there, and why.
        record Nowhere(String why) implements Finding {}
    }

    static Finding find(MutableTomlTable document, TableName name) {
        Section section = Schema.WholeFile.SECTION;
        MutableTomlTable table = document;
        Finding finding = new Finding.Nowhere("no table is named");
        for (var step : name.steps()) {
            if (finding instanceof Finding.Missing) {
                return new Finding.Nowhere("there is no table for " + name + " to stand in");
            }
            var below = section.section(step.section());
            if (below.isEmpty()) {
                return new Finding.Nowhere("there is no [" + step.section() + "] in " + section.heading());
            }
            var slot = new Slot(table, below.get(), step.entry().orElse(""));
            if (slot.isTaken()) {
                return new Finding.Nowhere(step.section() + " is no table in this file: change it there");
            }
            var found = slot.table();
            finding =
                    found.<Finding>map(there -> new Finding.Found(slot, there)).orElse(new Finding.Missing(slot));
            section = below.get();
            table = found.orElse(table);
        }
        return finding;
    }
}
