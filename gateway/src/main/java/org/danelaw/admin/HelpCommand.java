package org.danelaw.admin;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.admin.Answer.Column;
import org.danelaw.admin.Answer.Rows;
import org.danelaw.config.Nearest;

/// `help`: all commands, or all about one.
final class HelpCommand implements AdminCommand {
    private static final Manual MANUAL = Manual.of("help", "list all commands, or say more of one")
            .taking(Operand.optional("COMMAND", Operand.Kind.COMMAND))
            .example("help hoststatus", "what hoststatus takes and shows");

    private final List<AdminCommand> others;

    HelpCommand(List<AdminCommand> others) {
        this.others = List.copyOf(others);
    }

    @Override
    public Manual manual() {
        return MANUAL;
    }

    @Override
    public Ended run(Request request, Output out) throws IOException {
        if (request.operand(0).isEmpty()) {
            return out.done(overview());
        }
        var name = request.operand(0).get();
        var manual = manuals().filter(each -> each.name().equals(name)).findFirst();
        return manual.isPresent()
                ? out.done(about(manual.get()))
                : out.misunderstand(unknown(name, manuals().map(Manual::name).toList()));
    }

    static String unknown(String name, List<String> names) {
        return "there is no command " + Value.printable(name)
                + Nearest.to(name, names)
                        .map(nearest -> ": did you mean " + nearest + "?")
                        .orElse("; help lists all");
    }

    private Stream<Manual> manuals() {
        return Stream.concat(others.stream().map(AdminCommand::manual), Stream.of(MANUAL))
                .sorted((one, other) -> one.name().compareTo(other.name()));
    }

    private Answer overview() {
        var rows = manuals()
                .map(manual -> List.of(Value.of(manual.name()), Value.of(manual.purpose())))
                .toList();
        return Answer.EMPTY
                .table("commands", List.of(Column.of("name", ""), Column.of("purpose", "")), Rows.of(rows))
                .line("")
                .line("help COMMAND says more of one.");
    }

    private static Answer about(Manual manual) {
        var answer = Answer.EMPTY
                .line("usage: " + manual.synopsis())
                .line("")
                .line(manual.purpose())
                .lines(manual.details())
                .line("")
                .table(
                        "options",
                        List.of(Column.of("option", ""), Column.of("meaning", "")),
                        Rows.of(manual.options().stream()
                                .map(option -> List.of(Value.of(option.shown()), Value.of(option.meaning())))
                                .toList()));
        if (manual.examples().isEmpty()) {
            return answer;
        }
        return answer.line("")
                .table(
                        "examples",
                        List.of(Column.of("line", ""), Column.of("meaning", "")),
                        Rows.of(manual.examples().stream()
                                .map(example -> List.of(Value.of(example.line()), Value.of(example.meaning())))
                                .toList()));
    }
}
