package org.danelaw.app;

import java.util.ArrayList;
import java.util.List;

/// The help texts, from the commands' own tables.
final class Help {
    private Help() {}

    static List<String> overview(List<Command> commands) {
        var lines = new ArrayList<String>();
        lines.add("danelaw: an outbound mail gateway that enforces DANE");
        lines.add("");
        commands.forEach(command -> lines.add("  danelaw %-12s %s".formatted(command.name(), command.purpose())));
        lines.add("");
        lines.add("danelaw help COMMAND says more of one.");
        return lines;
    }

    static List<String> of(Command command) {
        var lines = new ArrayList<String>();
        String options = command.options().isEmpty() ? "" : " [OPTION]...";
        lines.add(("usage: danelaw " + command.name() + options + " " + command.operands()).stripTrailing());
        lines.add("");
        lines.add(command.purpose());
        if (!command.options().isEmpty()) {
            lines.add("");
            command.options().forEach(option -> lines.add("  %-24s %s".formatted(option.shown(), option.meaning())));
        }
        return lines;
    }
}
