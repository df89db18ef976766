package org.danelaw.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Somebody who gives `danelaw cli` commands, for the gateway of a configuration file.
record Operator(Path configuration) {
    /// What a command came to.
    record Said(int status, String out, String err) {}

    Said cli(String... words) {
        return answering("", words);
    }

    /// With `input` on standard input.
    Said answering(String input, String... words) {
        var all = new ArrayList<>(List.of("cli", "--config", configuration.toString()));
        all.addAll(List.of(words));
        return run(input, all);
    }

    /// Gives a command that needs no gateway.
    static Said running(String... words) {
        return run("", List.of(words));
    }

    private static Said run(String input, List<String> all) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
        int status = new Main(Commands.all()).run(all, console);
        return new Said(status, out.toString(UTF_8), err.toString(UTF_8));
    }
}
