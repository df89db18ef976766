package org.danelaw.app;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.danelaw.admin.ControlClient;
import org.danelaw.admin.ControlClient.Greeting;
import org.danelaw.admin.ControlClient.Result;

/// The operator's shell: a command a line, until the input ends or says `exit`.
///
/// Each command goes over a connection of its own: the shell lives on when the gateway is started anew.
final class Shell {
    /// What ends the shell.
    static final List<String> LEAVING = List.of("exit", "quit");

    private final ControlClient client;
    private final Lines lines;
    private final Console console;

    Shell(ControlClient client, Lines lines, Console console) {
        this.client = client;
        this.lines = lines;
        this.console = console;
    }

    /// A shell for whoever gives commands: with editing and history for somebody at a terminal, plain for a script.
    static int run(ControlClient client, Console console) throws IOException {
        var terminal = Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal);
        try (var lines = Boolean.getBoolean("danelaw.keyboard") && terminal.isPresent()
                ? EditedLines.atThisTerminal(client, console)
                : new PlainLines(console)) {
            return new Shell(client, lines, console).run();
        }
    }

    /// Where an operator's lines come from.
    interface Lines extends Closeable {
        /// The next line; nothing at the end of the input.
        Optional<String> next(String prompt);

        /// Runs a command, whose questions this answers.
        Result run(List<String> words, ControlClient client);
    }

    /// Lines from standard input: somebody at a keyboard, of which the launcher tells, is prompted; a script is not.
    private record PlainLines(Console console) implements Lines {
        @Override
        public Optional<String> next(String prompt) {
            return console.ask(Boolean.getBoolean("danelaw.keyboard") ? prompt : "");
        }

        @Override
        public Result run(List<String> words, ControlClient client) {
            return client.run(words, new ConsoleOperator(console, ""));
        }

        /// Standard input is not ours to close.
        @Override
        public void close() {}
    }

    /// The exit status is that of the last command.
    int run() {
        return switch (client.greeting()) {
            case Greeting.NoGateway(var why) -> {
                console.complain("cli: " + why);
                yield ExitStatus.UNAVAILABLE;
            }
            case Greeting.Name(var hostname) -> run(hostname + "> ");
        };
    }

    private int run(String prompt) {
        int status = ExitStatus.OK;
        for (var line = lines.next(prompt); line.isPresent(); line = lines.next(prompt)) {
            var words = Words.of(line.get());
            if (words.isEmpty()) {
                continue;
            }
            if (LEAVING.contains(words.getFirst())) {
                break;
            }
            status = switch (lines.run(words, client)) {
                case Result.Ended(var exitStatus) -> exitStatus;
                case Result.NoGateway(var why) -> {
                    console.complain("cli: " + why);
                    yield ExitStatus.UNAVAILABLE;
                }
            };
        }
        return status;
    }
}
