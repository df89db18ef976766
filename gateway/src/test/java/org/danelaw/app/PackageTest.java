package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the archive holds beside the program.
class PackageTest {
    private static final Path PACKAGE = Path.of("src", "package");

    @Test
    void theExampleConfigurationIsSound() {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new BufferedReader(new StringReader("")),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        var example = PACKAGE.resolve("danelaw.toml").toString();
        int status = new Main(Commands.all()).run(List.of("config", "check", example), console);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void theUnitStartsWhatIsInstalledAndDoesNotTryAgainWhatCannotChange() throws IOException {
        var unit = Files.readString(PACKAGE.resolve("danelaw.service"));
        assertThat(unit)
                .contains("\nExecStart=/opt/danelaw/bin/danelaw serve --config /etc/danelaw/danelaw.toml\n")
                .contains("\nRestartPreventExitStatus=" + ExitStatus.USAGE + " " + ExitStatus.CONFIG + "\n")
                .contains("\nAmbientCapabilities=CAP_NET_BIND_SERVICE\n")
                .contains("\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\n")
                .contains("\nUser=danelaw\n");
        assertThat(Files.readString(PACKAGE.resolve("INSTALL.md")))
                .contains("ln -s /opt/danelaw-* /opt/danelaw\n")
                .contains("/etc/danelaw/danelaw.toml\n")
                .contains("useradd --system")
                .contains(" danelaw\n");
    }
}
