package org.danelaw.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.danelaw.admin.ControlClient;
import org.danelaw.admin.ControlClient.Result;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// Lines that somebody types at a terminal, with editing, history and completion. The only class that loads JLine: who
/// gives one command does not wait for it.
final class EditedLines implements Shell.Lines {
    /// The commands that are kept.
    static final int MOST_REMEMBERED = 1_000;

    private static final String OWNER_ONLY = "rw-------";

    private final Terminal terminal;
    private final LineReader reader;
    private final Console console;

    private EditedLines(Terminal terminal, LineReader reader, Console console) {
        this.terminal = terminal;
        this.reader = reader;
        this.console = console;
    }

    /// At the terminal that the program was started from.
    static EditedLines atThisTerminal(ControlClient client, Console console) throws IOException {
        return at(
                TerminalBuilder.builder().system(true).encoding(UTF_8).build(),
                Path.of(System.getProperty("user.home"), ".danelaw_history"),
                client,
                console);
    }

    /// @param history the file that commands are kept in, which only its owner may read; without it, where that cannot
    /// be
    static EditedLines at(Terminal terminal, Path history, ControlClient client, Console console) {
        var builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .completer((reader, line, candidates) -> complete(line, client, candidates))
                // A line is taken apart by Words: an exclamation mark in it means nothing.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .variable(LineReader.HISTORY_IGNORE, "*password*:*PASSWORD*:*Password*")
                .variable(LineReader.HISTORY_SIZE, MOST_REMEMBERED)
                .variable(LineReader.HISTORY_FILE_SIZE, MOST_REMEMBERED);
        if (isPrivate(history)) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        return new EditedLines(terminal, builder.build(), console);
    }

    /// Whether `history` is a file that only its owner may read; it is made so where it can be.
    private static boolean isPrivate(Path history) {
        var mode = PosixFilePermissions.fromString(OWNER_ONLY);
        try {
            if (!Files.exists(history, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(history, PosixFilePermissions.asFileAttribute(mode));
            }
            if (!Files.isRegularFile(history, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.setPosixFilePermissions(history, mode);
            return true;
        } catch (IOException noPlace) {
            return false;
        }
    }

    /// The gateway knows what a word could become; the shell's own words it does not.
    private static void complete(ParsedLine line, ControlClient client, List<Candidate> candidates) {
        var begun = line.line().substring(0, line.cursor());
        var words = new ArrayList<>(Words.of(begun));
        if (words.isEmpty() || Character.isWhitespace(begun.charAt(begun.length() - 1))) {
            words.add("");
        }
        var own = words.size() == 1 ? Shell.LEAVING.stream() : Stream.<String>empty();
        Stream.concat(client.candidates(words).stream(), own)
                .map(Candidate::new)
                .forEach(candidates::add);
    }

    /// Ctrl-C abandons the line, Ctrl-D ends.
    @Override
    public Optional<String> next(String prompt) {
        while (true) {
            try {
                return Optional.of(reader.readLine(prompt));
            } catch (UserInterruptException abandoned) {
                // The next line, then.
            } catch (EndOfFileException end) {
                return Optional.empty();
            }
        }
    }

    /// Ctrl-C ends the command.
    @Override
    public Result run(List<String> words, ControlClient client) {
        var ended = new AtomicBoolean();
        var command = Thread.currentThread();
        var before = terminal.handle(Terminal.Signal.INT, signal -> {
            ended.set(true);
            command.interrupt();
        });
        try {
            var result = client.run(words, new Answering());
            return ended.get() ? new Result.Ended(ExitStatus.INTERRUPTED) : result;
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            // The interruption was for the command.
            Thread.interrupted();
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /// An operator at the terminal, whose answers are not kept among the commands.
    private final class Answering implements ControlClient.Operator {
        private final ConsoleOperator shown = new ConsoleOperator(console, "");

        @Override
        public void out(String piece) {
            shown.out(piece);
        }

        @Override
        public void err(String piece) {
            shown.err(piece);
        }

        @Override
        public Optional<String> ask(String prompt) {
            reader.setVariable(LineReader.DISABLE_HISTORY, true);
            reader.setVariable(LineReader.DISABLE_COMPLETION, true);
            try {
                return Optional.of(reader.readLine(prompt));
            } catch (UserInterruptException | EndOfFileException noAnswer) {
                return Optional.empty();
            } finally {
                reader.setVariable(LineReader.DISABLE_HISTORY, false);
                reader.setVariable(LineReader.DISABLE_COMPLETION, false);
            }
        }
    }
}
