package org.danelaw.admin;

import java.util.List;

/// The page of all commands, printed from their manuals.
public final class CliReference {
    private static final String OPENING = """
            # The operator's commands

            `danelaw cli COMMAND ...` gives a command to the running gateway; `danelaw cli` alone is a shell that takes one a
            line, until `exit` or the end of the input. Both find the gateway by `--config FILE` (`/etc/danelaw/danelaw.toml` where
            none is named), over a socket that only the gateway's own user and root may open.

            Exit status: 0 done, 1 refused (and for `daneverify` and `grep`: not so), 2 not known now, 64 not understood,
            69 no gateway there. Every command takes `--help`, and `--json` for one object on one line. What destroys mail asks
            first; a script says `--yes`, or answers `y` on standard input. Whoever changes something is named in the mail log.

            *Printed from the code.*
            """;

    private CliReference() {}

    public static String markdown(List<Manual> manuals) {
        var page = new StringBuilder(OPENING);
        for (var manual : manuals) {
            page.append("\n## ").append(manual.name()).append("\n\n");
            page.append("`")
                    .append(manual.synopsis())
                    .append("`: ")
                    .append(manual.purpose())
                    .append(".");
            manual.details().forEach(detail -> page.append("\n").append(detail));
            page.append("\n");
            options(manual, page);
            examples(manual, page);
        }
        return page.toString();
    }

    private static void options(Manual manual, StringBuilder page) {
        page.append("\n");
        for (var option : manual.options()) {
            page.append("- `")
                    .append(option.shown())
                    .append("`: ")
                    .append(option.meaning())
                    .append("\n");
        }
    }

    private static void examples(Manual manual, StringBuilder page) {
        if (manual.examples().isEmpty()) {
            return;
        }
        page.append("\n```\n");
        for (var example : manual.examples()) {
            page.append("%-50s # %s%n".formatted(example.line(), example.meaning()));
        }
        page.append("```\n");
    }
}
