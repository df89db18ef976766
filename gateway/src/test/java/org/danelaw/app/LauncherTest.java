package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `./danelaw` and `./mvnw` on a machine that lacks what they need.
@Timeout(60)
class LauncherTest {
    private static final Path CHECKOUT = Path.of("..");

    @TempDir
    private Path folder;

    @Test
    void withoutAJdkDanelawSaysInOneLineWhatIsMissing() throws Exception {
        copy("danelaw");
        copyFindJdk("wanted=999");

        assertThat(run("danelaw", Map.of(), "daneverify", "x.example"))
                .isEqualTo(new Ran(
                        69,
                        "Danelaw needs a JDK 999 or newer: none found in JDK25_HOME, JAVA_HOME, PATH or"
                                + " /usr/lib/jvm (install one, or set JDK25_HOME)\n"));
    }

    @Test
    void withoutAJdkMvnwSaysInOneLineWhatIsMissing() throws Exception {
        copy("mvnw");
        copyFindJdk("wanted=999");

        assertThat(run("mvnw", Map.of(), "verify"))
                .isEqualTo(new Ran(
                        1,
                        "Danelaw needs a JDK 999 or newer: none found in JDK25_HOME, JAVA_HOME, PATH or"
                                + " /usr/lib/jvm (install one, or set JDK25_HOME)\n"));
    }

    @Test
    void withoutMavenMvnwSaysInOneLineWhatIsMissing() throws Exception {
        copy("mvnw");
        copyFindJdk("wanted=25");
        var bin = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("dirname", "readlink")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }

        var environment = Map.of("PATH", bin.toString(), "JDK25_HOME", System.getProperty("java.home"));
        assertThat(run("mvnw", environment, "verify"))
                .isEqualTo(new Ran(1, "mvnw: no 'mvn' on the PATH: install Apache Maven 3.8.7 or newer\n"));
    }

    private record Ran(int exitStatus, String said) {}

    private Ran run(String script, Map<String, String> environment, String... words) throws Exception {
        var command = new ArrayList<>(List.of("/bin/sh", folder.resolve(script).toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var out = process.getInputStream()) {
            var said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(process.waitFor(), said);
        }
    }

    private void copy(String script) throws IOException {
        Files.copy(CHECKOUT.resolve(script), folder.resolve(script));
    }

    /// The usual folders are looked into whatever the environment says: a JDK is missing where it is too old.
    private void copyFindJdk(String wanted) throws IOException {
        var original = Files.readString(CHECKOUT.resolve(".mvn/find-jdk"));
        assertThat(original).contains("\nwanted=25\n");
        Files.createDirectory(folder.resolve(".mvn"));
        var copy = Files.writeString(folder.resolve(".mvn/find-jdk"), original.replace("wanted=25", wanted));
        assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
}
