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

    DemoQuestions(DemoWorld world, Console console) {
        configuration = world.configuration(DemoMode.OPPORTUNISTIC);
        this.console = console;
    }

    /// Answers until the input ends or a line is empty; with `afterwards`, ends just so long after the table.
    void take(Optional<Duration> afterwards) throws InterruptedException {
        console.out().println();
        console.out().println("Ask daneverify about a domain of this world, as in: --explain wrong-key.danelaw");
        console.out()
                .println("(an empty line ends; from another terminal: danelaw daneverify --config " + configuration
                        + " DOMAIN)");
        if (afterwards.isEmpty()) {
            answer();
            return;
        }
        var answering = Thread.ofPlatform().daemon().name("questions").start(this::answer);
        Thread.sleep(afterwards.get());
        console.out().println();
        // A look at a domain that is under way now is cut short with the program.
        answering.interrupt();
    }

    private void answer() {
        for (var asked = ask(); asked.isPresent(); asked = ask()) {
            var words = new ArrayList<>(List.of("daneverify", "--config", configuration.toString()));
            words.addAll(List.of(asked.get().split(" +", -1)));
            new Main(List.of(new DaneVerifyCommand())).run(words, console);
        }
        console.out().println();
    }

    private Optional<String> ask() {
        return console.ask("[]> ").map(String::strip).filter(line -> !line.isEmpty());
    }
}
