package org.danelaw.app;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;

/// Runs what the program does most, once, when it is packaged: the JVM notes which classes that takes and keeps them
/// loaded and linked in the AOT cache (JEP 483, JEP 514).
///
/// The [Laboratory] that it speaks with runs in a process of its own, so that none of its classes get into the cache.
final class Rehearsal {
    private final Path folder;
    private final Laboratory.Place lab;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Rehearsal(Path folder, Laboratory.Place lab) {
        this.folder = folder;
        this.lab = lab;
    }

    /// Called with a folder to write in.
    public static void main(String[] arguments) throws IOException {
        var folder = Files.createTempDirectory(Path.of(arguments[0]), "rehearsal");
        var process = laboratory(folder);
        try (var words = process.inputReader(StandardCharsets.UTF_8)) {
            var rehearsal = new Rehearsal(folder, Laboratory.Place.read(words));
            rehearsal.verify();
            rehearsal.verify("--json");
            rehearsal.verify("--explain");
            rehearsal.serve();
        } finally {
            process.destroy();
            deleteAll(folder);
        }
    }

    private static Process laboratory(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Laboratory.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void verify(String... form) {
        var words = new ArrayList<>(List.of(form));
        words.addAll(List.of(
                "--resolver",
                lab.resolver(),
                "--trust-anchor",
                folder.resolve("anchors").toString()));
        words.addAll(List.of("--port", lab.port(), lab.domain()));
        words.addFirst("daneverify");
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        var console = new Console(new BufferedReader(Reader.nullReader()), out, out);
        int exitStatus = new Main(Commands.all()).run(words, console);
        if (exitStatus != ExitStatus.OK) {
            throw new IllegalStateException(
                    "the rehearsal ended with " + exitStatus + ":\n" + said.toString(StandardCharsets.UTF_8));
        }
    }

    /// Starts a gateway and stops it again.
    private void serve() throws IOException {
        var file = Files.writeString(folder.resolve("gw.toml"), """
                [node]
                data-directory = "data"
                [dns]
                trust-anchor = "anchors"
                [[dns.resolver]]
                address = "%s"
                [[listener]]
                name = "rehearsal"
                address = "127.0.0.1:0"
                """.formatted(lab.resolver()));
        switch (ConfigFile.read(file)) {
            case ConfigFile.Reading.Valid(var settings, var notes) ->
                Gateway.start(settings, Dialer::tcp, List.of()).close();
            case ConfigFile.Reading.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
