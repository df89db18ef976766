package org.danelaw.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of the program, or another of its mains, in a process of its own: the class path of the tests, and
/// the flags of a JVM that starts fast and stays small.
final class ProgramProcess {
    private ProgramProcess() {}

    static List<String> command(Class<?> main, List<String> words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(words);
        return command;
    }
}
