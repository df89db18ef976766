package org.danelaw.config;

import java.util.StringJoiner;

/// Prints `docs/configuration.md` from the schema.
public final class Reference {
    private static final String OPENING = """
            # The configuration file

            TOML, kebab-case; an unknown key is an error. `danelaw config check FILE` shows every problem at once, each
            with its line and column. A relative path starts at the folder of the configuration file, except where it
            says otherwise here.

            This page is printed from the code that reads the file; a test fails when it is stale.
            """;

    private Reference() {}

    public static String markdown() {
        var page = new StringBuilder(OPENING);
        Schema.WholeFile.SECTION.sections().forEach(section -> append(section, page));
        return page.toString();
    }

    private static void append(Section section, StringBuilder page) {
        page.append("\n## `")
                .append(section.heading())
                .append("`\n\n")
                .append(section.meaning())
                .append('\n');
        page.append("\n| key | takes | without it | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : section.keys()) {
            var row = new StringJoiner(" | ", "| ", " |\n");
            row.add("`" + key.name() + "`");
            row.add(cell(key.kind().description()));
            row.add(cell(key.without().orElse("it must be given")));
            row.add(cell(key.meaning() + force(key)));
            page.append(row);
        }
        section.sections().forEach(below -> append(below, page));
    }

    private static String force(Key<?> key) {
        return switch (key.force()) {
            case NOW -> "";
            case NOT_YET -> " (**not yet in force**)";
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
