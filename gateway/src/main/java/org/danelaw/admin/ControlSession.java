package org.danelaw.admin;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.SocketChannel;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jdk.net.ExtendedSocketOptions;
import org.danelaw.dns.FailureText;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;

/// One connection of an operator: a request, and what comes of it.
final class ControlSession {
    /// The longest time for a whole request to arrive.
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /// The most words in one command.
    static final int MAX_WORDS = 200;

    private static final Pattern BEHIND_THE_HOST = Pattern.compile("(?<=https?://[^/?#\\s]{1,300}[/?#])\\S+");

    private final Link link;
    private final String hostname;
    private final Registry registry;
    private final Events events;

    ControlSession(Link link, String hostname, Registry registry, Events events) {
        this.link = link;
        this.hostname = hostname;
        this.registry = registry;
        this.events = events;
    }

    /// What was asked.
    private sealed interface Asked {
        record Run(List<String> words) implements Asked {}

        record Complete(List<String> words) implements Asked {}

        record Unclear(String why) implements Asked {}
    }

    void turnAway(String why) throws IOException {
        greet();
        say(why);
        end(Ended.BUSY);
    }

    /// @param owner the user whose gateway this is: nobody else is served but the system's own administrator
    void serve(String owner) throws IOException {
        greet();
        var user = user(link.channel());
        if (!user.equals(owner) && !user.equals("root")) {
            say("this gateway takes commands from " + owner + " and root, not from " + user);
            end(Ended.REFUSED);
            return;
        }
        switch (asked()) {
            case Asked.Unclear(var why) -> {
                say(why);
                end(Ended.USAGE);
            }
            case Asked.Complete(var words) -> {
                var candidates = new StringBuilder();
                registry.candidates(words)
                        .forEach(word -> candidates.append(word).append('\n'));
                link.write(new Frame(Frame.OUT, candidates.toString()).line());
                end(Ended.DONE);
            }
            case Asked.Run(var words) -> {
                try (var output = SessionOutput.over(link, words, whenGone(words))) {
                    end(output, run(words, user, output));
                }
            }
        }
    }

    private SessionOutput.WhenGone whenGone(List<String> words) {
        return words.stream()
                        .findFirst()
                        .flatMap(registry::find)
                        .filter(command -> command.manual().changes())
                        .isPresent()
                ? SessionOutput.WhenGone.LET_IT_END
                : SessionOutput.WhenGone.INTERRUPT;
    }

    private void greet() throws IOException {
        link.write(Frame.DANELAW + " " + Frame.VERSION + " " + hostname);
    }

    /// The operating system's word for who is at the other end.
    private static String user(SocketChannel channel) throws IOException {
        return Optional.ofNullable(channel.getOption(ExtendedSocketOptions.SO_PEERCRED))
                .map(peer -> peer.user())
                .map(Principal::getName)
                .orElse("unknown");
    }

    private Asked asked() throws IOException {
        long end = System.nanoTime() + REQUEST_TIMEOUT.toNanos();
        var words = new ArrayList<String>();
        boolean greeted = false;
        while (words.size() <= MAX_WORDS) {
            var line = link.read(Duration.ofNanos(end - System.nanoTime()));
            if (line.isEmpty()) {
                throw new IOException("the operator is gone");
            }
            var frame = Frame.of(line.get());
            if (!greeted) {
                if (!line.get().equals(Frame.DANELAW + " " + Frame.VERSION)) {
                    return new Asked.Unclear("this gateway speaks version " + Frame.VERSION
                            + " of its control protocol: use the danelaw command that came with it");
                }
                greeted = true;
                continue;
            }
            switch (frame.kind()) {
                case Frame.WORD -> words.add(frame.text());
                case Frame.RUN -> {
                    return new Asked.Run(words);
                }
                case Frame.COMPLETE -> {
                    return new Asked.Complete(words);
                }
                default -> {
                    return new Asked.Unclear("there is no " + frame.kind() + " in a request");
                }
            }
        }
        return new Asked.Unclear("a command has at most " + MAX_WORDS + " words");
    }

    private Ended run(List<String> words, String user, SessionOutput output) throws IOException {
        if (words.isEmpty()) {
            return output.misunderstand("no command; help lists all");
        }
        var command = registry.find(words.getFirst());
        if (command.isEmpty()) {
            return output.misunderstand(HelpCommand.unknown(words.getFirst(), registry.names()));
        }
        var manual = command.get().manual();
        if (words.size() > 1 && words.get(1).equals("--help")) {
            return run(List.of("help", manual.name()), user, output);
        }
        return switch (Arguments.read(words.subList(1, words.size()), manual.options())) {
            case Arguments.Reading.Misunderstood(var why) -> output.misunderstand(why);
            case Arguments.Reading.Read(var arguments) -> {
                int operands = arguments.operands().size();
                if (operands < manual.leastOperands() || operands > manual.mostOperands()) {
                    yield output.misunderstand("say " + manual.synopsis());
                }
                var request = new Request(arguments, user);
                yield command.get().changes(request)
                        ? logged(words, user, () -> run(command.get(), request, output))
                        : run(command.get(), request, output);
            }
        };
    }

    /// A command under way.
    @FunctionalInterface
    private interface Running {
        Ended end() throws IOException;
    }

    /// What stands behind a web address' host may be a secret: a log is read by more people than the configuration.
    private static String forTheLog(List<String> words) {
        return BEHIND_THE_HOST.matcher(String.join(" ", words)).replaceAll("...");
    }

    /// Whoever changes something is in the log, even if they do not wait for the end.
    private Ended logged(List<String> words, String user, Running running) throws IOException {
        var how = "its operator left";
        try {
            var ended = running.end();
            how = ended.word();
            return ended;
        } finally {
            events.accept(new SystemEvent.CommandGiven(user, forTheLog(words), how));
        }
    }

    /// Where failures of all commands end.
    private static Ended run(AdminCommand command, Request request, SessionOutput output) throws IOException {
        try {
            return command.run(request, output);
        } catch (InterruptedException | InterruptedIOException stopped) {
            return Ended.REFUSED;
        } catch (IOException failed) {
            return output.refuse(FailureText.of(failed));
        } catch (RuntimeException | Error ours) {
            output.complain("a fault of the gateway, please report it: " + ours);
            return Ended.FAULT;
        }
    }

    private void say(String why) throws IOException {
        link.write(new Frame(Frame.ERR, why + "\n").line());
    }

    private void end(SessionOutput output, Ended ended) throws IOException {
        output.flush();
        end(ended);
    }

    private void end(Ended ended) throws IOException {
        link.write(Frame.END + " " + ended.exitStatus());
    }
}
