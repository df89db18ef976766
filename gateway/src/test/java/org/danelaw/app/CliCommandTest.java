package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.admin.CliReference;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `danelaw cli` as an operator has it, over a running gateway.
@Timeout(60)
class CliCommandTest {
    @TempDir
    private Path folder;

    private final List<String> complaints = new ArrayList<>();
    private String output = "";
    private String input = "";
    private Path configuration;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        configuration = Files.writeString(folder.resolve("gw.toml"), """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [[dns.resolver]]
                address = "127.0.0.1:9"
                """);
        if (!(ConfigFile.read(configuration) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        gateway = Gateway.start(settings, Dialer::tcp, List.of());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void aSingleCommandEndsWithItsStatus() {
        assertThat(cli("version")).isZero();
        assertThat(output).startsWith("Danelaw:  development\n");
        assertThat(errors()).isEmpty();

        assertThat(cli("versoin")).isEqualTo(64);
        assertThat(errors()).isEqualTo("danelaw: versoin: there is no command versoin: did you mean version?\n");
    }

    @Test
    void optionsBehindTheCommandAreTheCommands() {
        assertThat(cli("version", "--json")).isZero();
        assertThat(output).startsWith("{\"version\":\"development\",\"java\":\"25");
        assertThat(cli("version", "--config")).isEqualTo(64);
        assertThat(cli("version", "--help")).isZero();
        assertThat(output).startsWith("usage: version [OPTION]...\n");
    }

    @Test
    void aShellTakesCommandsFromAPipe() {
        input = "version\n\n  help version \nexit\nnothing\n";
        assertThat(cli()).isZero();
        assertThat(output).contains("Danelaw:  development\n").contains("usage: version [OPTION]...\n");
        assertThat(errors()).isEmpty();

        input = "version --json\nnonsense";
        assertThat(cli()).isEqualTo(64);
        assertThat(errors()).isEqualTo("there is no command nonsense; help lists all\n");
    }

    /// Run with `-Ddanelaw.write-docs=true` to write the page anew.
    @Test
    void thePageOfAllCommandsIsFresh() throws IOException {
        var page = Path.of("..", "docs", "cli.md");
        var fresh = CliReference.markdown(gateway.commands().manuals());
        if (Boolean.getBoolean("danelaw.write-docs")) {
            Files.writeString(page, fresh);
        }
        assertThat(page).hasContent(fresh);
    }

    @Test
    void aFileThatHasProblemsByNowStillLeadsToTheGateway() throws IOException {
        Files.writeString(configuration, Files.readString(configuration) + "\n[nonsense\nkey = ");
        assertThat(cli("version")).isZero();
    }

    @Test
    void whereNoGatewayRunsOneLineSaysSo() throws IOException {
        gateway.close();
        for (var words : List.of(List.of("version"), List.<String>of())) {
            assertThat(cli(words.toArray(String[]::new))).isEqualTo(69);
        }
        assertThat(errors().lines())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("danelaw: cli: no gateway answers at " + folder.resolve("data/control.sock")));
    }

    @Test
    void aConfigurationThatIsNotThereIsSaid() {
        var said = new Operator(Path.of("/none.toml")).cli("version");
        assertThat(said.status()).isEqualTo(78);
        assertThat(said.err()).isEqualTo("danelaw: cli: there is no file /none.toml\n");
    }

    private int cli(String... words) {
        var said = new Operator(configuration).answering(input, words);
        output = said.out();
        complaints.add(said.err());
        return said.status();
    }

    private String errors() {
        return String.join("", complaints);
    }
}
