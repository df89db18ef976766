package org.danelaw.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.danelaw.admin.Arguments;
import org.danelaw.admin.ControlClient;
import org.danelaw.admin.Option;
import org.danelaw.config.ControlSocketPath;
import org.danelaw.dns.FailureText;

/// `danelaw cli`: the operator's commands in a running gateway, one of them or a shell for many.
final class CliCommand implements Command {
    private static final Option CONFIG =
            Option.with("--config", "FILE", "the gateway's configuration, which says where its control socket is");

    /// Looked at where none is named, if it is there.
    private static final Path USUAL_CONFIGURATION = Path.of("/etc/danelaw/danelaw.toml");

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public String operands() {
        return "[COMMAND ...]";
    }

    @Override
    public String purpose() {
        return "the operator's commands in a running gateway, one of them or a shell for many";
    }

    @Override
    public List<Option> options() {
        return List.of(CONFIG);
    }

    /// The words behind the command's name are the command's.
    @Override
    public Arguments.Reading read(List<String> words) {
        return Arguments.leading(words, options());
    }

    @Override
    public boolean isHelp(List<String> words) {
        return !words.isEmpty()
                && (words.getFirst().equals("--help") || words.getFirst().equals("-h"));
    }

    @Override
    public int run(Arguments arguments, Console console) {
        var words = arguments.operands();
        try {
            var client = new ControlClient(socket(arguments.last(CONFIG)));
            return words.isEmpty() ? Shell.run(client, console) : single(client, words, console);
        } catch (NoSuchFileException missing) {
            console.complain("cli: there is no file " + missing.getFile());
            return ExitStatus.CONFIG;
        } catch (IOException unreadable) {
            console.complain("cli: the configuration cannot be read: " + FailureText.of(unreadable));
            return ExitStatus.CONFIG;
        }
    }

    private static Path socket(Optional<String> config) throws IOException {
        if (config.isPresent()) {
            return ControlSocketPath.of(Path.of(config.get()));
        }
        return Files.exists(USUAL_CONFIGURATION)
                ? ControlSocketPath.of(USUAL_CONFIGURATION)
                : ControlSocketPath.byDefault();
    }

    private static int single(ControlClient client, List<String> words, Console console) {
        return switch (client.run(words, new ConsoleOperator(console, "danelaw: " + words.getFirst() + ": "))) {
            case ControlClient.Result.Ended(var exitStatus) -> exitStatus;
            case ControlClient.Result.NoGateway(var why) -> {
                console.complain("cli: " + why);
                yield ExitStatus.UNAVAILABLE;
            }
        };
    }
}
