package org.danelaw.app;

import java.util.List;
import java.util.stream.Stream;
import org.danelaw.admin.Arguments;
import org.danelaw.config.Nearest;

/// The program `danelaw`.
public final class Main {
    private final List<Command> commands;

    Main(List<Command> commands) {
        this.commands = List.copyOf(commands);
    }

    public static void main(String[] words) {
        LibraryLog.install();
        var console = Console.system();
        System.exit(new Main(Commands.all()).runOrApologise(List.of(words), console));
    }

    /// A fault of our own ends with a line and not with a stack trace; `DANELAW_TRACE=1` shows that too.
    private int runOrApologise(List<String> words, Console console) {
        try {
            return run(words, console);
        } catch (RuntimeException ours) {
            console.complain("a fault of this program, please report it: " + ours + " (DANELAW_TRACE=1 says more)");
            if (System.getenv("DANELAW_TRACE") != null) {
                ours.printStackTrace(console.err());
            }
            return ExitStatus.SOFTWARE;
        }
    }

    /// Runs the command that `words` name and returns the exit status.
    int run(List<String> words, Console console) {
        if (words.isEmpty()) {
            Help.overview(commands).forEach(console.err()::println);
            return ExitStatus.USAGE;
        }
        var rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "help", "--help", "-h" -> help(rest, console);
            case "version", "--version" -> version(console);
            default -> run(words.getFirst(), rest, console);
        };
    }

    private int run(String name, List<String> words, Console console) {
        var command = commands.stream().filter(each -> each.name().equals(name)).findFirst();
        if (command.isEmpty()) {
            console.complain("there is no command " + name
                    + Nearest.to(name, names())
                            .map(nearest -> ": did you mean " + nearest + "?")
                            .orElse("; danelaw help lists all"));
            return ExitStatus.USAGE;
        }
        if (command.get().isHelp(words)) {
            Help.of(command.get()).forEach(console.out()::println);
            return ExitStatus.OK;
        }
        return switch (command.get().read(words)) {
            case Arguments.Reading.Read(var arguments) -> command.get().run(arguments, console);
            case Arguments.Reading.Misunderstood(var why) -> {
                console.complain(name + ": " + why);
                yield ExitStatus.USAGE;
            }
        };
    }

    private int help(List<String> words, Console console) {
        var command = commands.stream()
                .filter(each -> words.equals(List.of(each.name())))
                .findFirst();
        command.map(Help::of).orElseGet(() -> Help.overview(commands)).forEach(console.out()::println);
        return ExitStatus.OK;
    }

    private static int version(Console console) {
        console.out().println("danelaw " + Version.current());
        return ExitStatus.OK;
    }

    private List<String> names() {
        return Stream.concat(commands.stream().map(Command::name), Stream.of("help", "version"))
                .toList();
    }
}
