package org.danelaw.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The end of the demo: answers questions as `danelaw daneverify` does, in the demo's world.
final class DemoQuestions {
    private final Path configuration;
    private final Console console;

    /// @param configuration of a gateway in that world
    DemoQuestions(Path configuration, Console console) {
        this.configuration = configuration;
        this.console = console;
    }

    /// Answers until the input ends or a line is empty; with `afterwards`, ends just so long after the table.
    void take(Optional<Duration> afterwards) throws InterruptedException {
        if (afterwards.isEmpty()) {
            answer();
            return;
        }
        var seconds = afterwards.get().toSeconds();
        say("For " + seconds + " s more, from another terminal: danelaw daneverify --config " + configuration
                + " DOMAIN");
        // A question that is open when the time is up ends with the program.
        Thread.ofPlatform().daemon().name("questions").start(this::answer);
        Thread.sleep(afterwards.get());
        say("");
    }

    private void answer() {
        if (console.isAtEnd()) {
            return;
        }
        say("Ask daneverify about a domain of this world, as in: --explain wrong-key.danelaw (an empty line ends)");
        for (var asked = ask(); asked.isPresent(); asked = ask()) {
            var words = new ArrayList<>(List.of("daneverify", "--config", configuration.toString()));
            words.addAll(List.of(asked.get().split(" +", -1)));
            new Main(List.of(new DaneVerifyCommand())).run(words, console);
        }
        console.out().println();
    }

    private void say(String line) {
        console.out().println();
        if (!line.isEmpty()) {
            console.out().println(line);
        }
        console.out().flush();
    }

    private Optional<String> ask() {
        return console.ask("[]> ").map(String::strip).filter(line -> !line.isEmpty());
    }
}
