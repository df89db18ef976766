package org.danelaw.config;

import java.util.List;
import java.util.Optional;

/// What may stand in a table of the configuration file: the schema, for those who show or fill in tables.
///
/// @param heading the table as the file writes it
/// @param entry what stands for the name of one of several tables, as `DOMAIN`; empty where there is one table only
public record TableShape(String heading, String meaning, String entry, List<Field> fields) {
    public TableShape {
        fields = List.copyOf(fields);
    }

    /// One key.
    ///
    /// @param takes in a sentence behind "takes"
    /// @param without what counts where it is not given; empty where it must be
    /// @param choices the words that it takes, where these are fixed
    public record Field(
            String name,
            String takes,
            Optional<String> without,
            String meaning,
            List<String> choices,
            boolean isNeeded) {
        public Field {
            choices = List.copyOf(choices);
        }
    }

    /// The tables of this path, as `listener.sender-group`.
    public static TableShape of(String path) {
        return of(section(path));
    }

    private static Section section(String path) {
        var section = Schema.WholeFile.SECTION;
        for (String name : path.split("\\.", -1)) {
            section =
                    section.section(name).orElseThrow(() -> new IllegalArgumentException("there is no [" + path + "]"));
        }
        return section;
    }

    private static TableShape of(Section section) {
        return new TableShape(
                section.heading(),
                section.meaning(),
                switch (section.form()) {
                    case Section.Form.Whole whole -> "";
                    case Section.Form.Single single -> "";
                    case Section.Form.Named(var placeholder, var kind) -> placeholder;
                    case Section.Form.Repeated(var identity) -> identity.name().toUpperCase(java.util.Locale.ROOT);
                },
                section.keys().stream().map(TableShape::field).toList());
    }

    private static Field field(Key<?> key) {
        return new Field(
                key.name(),
                key.kind().description(),
                key.without(),
                key.meaning(),
                key.kind().choices(),
                key.absence() instanceof Key.Absence.Forbidden<?>);
    }
}
