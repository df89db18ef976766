package org.danelaw.admin;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.FailureText;

/// Gives commands to a running gateway, each over a connection of its own.
public final class ControlClient {
    /// A gateway that lives says its name at once.
    static final Duration GREETING_TIMEOUT = Duration.ofSeconds(10);

    private final Path socket;

    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /// Who gives a command, and reads what comes of it.
    public interface Operator {
        /// Takes a piece of the command's output, which may be some lines or a part of one.
        void out(String piece);

        /// Takes what the command complains of.
        void err(String piece);

        /// Answers a question; nothing where nobody is there to do so.
        Optional<String> ask(String prompt);
    }

    /// How it went.
    public sealed interface Result {
        /// The command ended with this exit status.
        record Ended(int exitStatus) implements Result {}

        /// No gateway answers, or no more; a sentence that names the socket.
        record NoGateway(String why) implements Result {}
    }

    /// What a gateway calls itself.
    public sealed interface Greeting {
        record Name(String hostname) implements Greeting {}

        record NoGateway(String why) implements Greeting {}
    }

    /// Runs a command.
    public Result run(List<String> words, Operator operator) {
        return converse(words, Frame.RUN, operator);
    }

    /// What the last of `words` could become; nothing where no gateway answers.
    public List<String> candidates(List<String> words) {
        var found = new StringBuilder();
        var result = converse(words, Frame.COMPLETE, new Operator() {
            @Override
            public void out(String piece) {
                found.append(piece);
            }

            @Override
            public void err(String piece) {}

            @Override
            public Optional<String> ask(String prompt) {
                return Optional.empty();
            }
        });
        return result instanceof Result.Ended ? found.toString().lines().toList() : List.of();
    }

    public Greeting greeting() {
        try (var link = connect()) {
            return new Greeting.Name(greeted(link));
        } catch (IOException failed) {
            return new Greeting.NoGateway(noGateway(failed));
        }
    }

    private Result converse(List<String> words, String verb, Operator operator) {
        try (var link = connect()) {
            greeted(link);
            ask(words, verb, link);
            return outcome(link, operator);
        } catch (IOException failed) {
            return new Result.NoGateway(noGateway(failed));
        }
    }

    private static void ask(List<String> words, String verb, Link link) {
        try {
            link.write(Frame.DANELAW + " " + Frame.VERSION);
            for (var word : words) {
                link.write(new Frame(Frame.WORD, word).line());
            }
            link.write(verb);
        } catch (IOException _) {
            // A gateway that ends before it was asked has said why: that is still to be read.
        }
    }

    /// What comes of a command that was given: where the connection breaks, nobody here knows.
    private Result outcome(Link link, Operator operator) {
        try {
            return listen(link, operator);
        } catch (IOException broken) {
            return new Result.NoGateway(
                    "the gateway at " + socket + " was lost before it said what came of the command ("
                            + FailureText.of(broken) + "): look whether it was done");
        }
    }

    private static Result listen(Link link, Operator operator) throws IOException {
        for (var line = link.read(Link.FOR_EVER); line.isPresent(); line = link.read(Link.FOR_EVER)) {
            var frame = Frame.of(line.get());
            switch (frame.kind()) {
                case Frame.OUT -> operator.out(frame.text());
                case Frame.ERR -> operator.err(frame.text());
                case Frame.ASK ->
                    link.write(operator.ask(frame.text())
                            .map(answer -> new Frame(Frame.ANSWER, answer).line())
                            .orElse(Frame.SILENCE));
                case Frame.END -> {
                    return new Result.Ended(Integer.parseInt(frame.text()));
                }
                default -> throw new IOException("it says " + frame.kind() + ", which this command does not know");
            }
        }
        throw new IOException("it ended before the command did");
    }

    private Link connect() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return Link.over(channel);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /// Reads the gateway's name.
    private static String greeted(Link link) throws IOException {
        var words = link.read(GREETING_TIMEOUT)
                .orElseThrow(() -> new IOException("it ended at once"))
                .split(" ", 3);
        if (words.length < 3 || !words[0].equals(Frame.DANELAW)) {
            throw new IOException("no Danelaw answers there");
        }
        if (!words[1].equals(Frame.VERSION)) {
            throw new IOException("it speaks version " + words[1] + " of the control protocol, this command "
                    + Frame.VERSION + ": use the danelaw command that came with it");
        }
        return words[2];
    }

    private String noGateway(IOException failed) {
        return "no gateway answers at " + socket + ": " + FailureText.of(failed);
    }
}
