package org.danelaw.app;

import java.nio.file.Path;
import java.util.List;
import org.danelaw.admin.Arguments;
import org.danelaw.admin.Option;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.ConfigFile.Reading;
import org.danelaw.intake.PasswordHash;

/// `danelaw config check FILE`, `danelaw config limits` and `danelaw config hash-password`.
final class ConfigCommand implements Command {
    @Override
    public String name() {
        return "config";
    }

    @Override
    public String operands() {
        return "check FILE | limits | hash-password";
    }

    @Override
    public String purpose() {
        return "show every problem of a configuration file, or every bound that the program has; hash a password";
    }

    @Override
    public List<Option> options() {
        return List.of();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        var words = arguments.operands();
        if (words.size() == 2 && words.getFirst().equals("check")) {
            return check(Path.of(words.getLast()), console);
        }
        if (words.equals(List.of("limits"))) {
            Limits.lines().forEach(console.out()::println);
            return ExitStatus.OK;
        }
        if (words.equals(List.of("hash-password"))) {
            return hashPassword(console);
        }
        console.complain(
                "config: say danelaw config check FILE, danelaw config limits, or danelaw config hash-password");
        return ExitStatus.USAGE;
    }

    /// Reads a line and prints what stands for it in the users' file.
    private static int hashPassword(Console console) {
        var password = console.readLine().filter(line -> !line.isEmpty());
        if (password.isEmpty()) {
            console.complain("config hash-password: give the password on standard input, as one line");
            return ExitStatus.USAGE;
        }
        console.out().println(PasswordHash.of(password.get()));
        return ExitStatus.OK;
    }

    private static int check(Path file, Console console) {
        return switch (ConfigFile.read(file)) {
            case Reading.Valid(var settings, var notes) -> {
                notes.forEach(note -> console.err().println(note.in(file)));
                console.out().println(file + ": no problems");
                yield ExitStatus.OK;
            }
            case Reading.Invalid(var problems) -> {
                problems.forEach(problem -> console.err().println(problem.in(file)));
                yield ExitStatus.CONFIG;
            }
        };
    }
}
