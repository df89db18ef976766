package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.danelaw.queue.SqliteQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";

    @Test
    void withoutACommandAllAreListed() {
        assertThat(danelaw()).isEqualTo(64);
        assertThat(errors()).contains("danelaw daneverify").contains("danelaw serve");
        assertThat(danelaw("help")).isZero();
        assertThat(output()).contains("danelaw daneverify").contains("danelaw demo");
    }

    @Test
    void helpNamesEveryOptionOfACommand() {
        assertThat(danelaw("help", "daneverify")).isZero();
        assertThat(output())
                .contains("usage: danelaw daneverify [OPTION]... [DOMAIN]")
                .contains("--trust-anchor FILE");
        out.reset();
        assertThat(danelaw("daneverify", "--help")).isZero();
        assertThat(output()).contains("--timeout SECONDS");
    }

    @Test
    void aCommandThatIsNotThereIsAUsageError() {
        assertThat(danelaw("daneverfy", "example.org")).isEqualTo(64);
        assertThat(errors()).isEqualTo("danelaw: there is no command daneverfy: did you mean daneverify?\n");
    }

    @Test
    void aPasswordIsHashedForTheUsersFile() {
        input = "p\u00e4ssw\u00f6rd\nignored\n";

        assertThat(danelaw("config", "hash-password")).isZero();
        assertThat(output()).matches("\\{PBKDF2-SHA256}600000\\$[A-Za-z0-9./]{22}\\$[A-Za-z0-9./]{43}\n");
    }

    @Test
    void anEmptyPasswordIsNotHashed() {
        input = "\n";

        assertThat(danelaw("config", "hash-password")).isEqualTo(64);
        assertThat(errors()).contains("config hash-password: give the password on standard input, as one line");
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(danelaw("--version")).isZero();
        assertThat(output()).matches("danelaw \\S+\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not a domain",
                "192.0.2.1",
                "[192.0.2.1]",
                "user@example.org",
                "",
                "straße.example",
                "a..example"
            })
    void whatIsNoDomainIsOneLineAndAUsageError(String text) {
        assertThat(danelaw("daneverify", text)).isEqualTo(64);
        assertThat(output()).isEmpty();
        assertThat(errors().lines()).hasSize(1).first().asString().startsWith("danelaw: daneverify: ");
    }

    @Test
    void daneverifyAloneAsksForTheDomain() {
        input = "not a domain\n";
        assertThat(danelaw("daneverify")).isEqualTo(64);
        assertThat(output()).isEqualTo("[]> ");
        assertThat(errors()).startsWith("danelaw: daneverify: \"not a domain\" is no domain");
    }

    @Test
    void theEndOfTheInputIsNoDomain() {
        assertThat(danelaw("daneverify")).isEqualTo(64);
        assertThat(errors()).isEqualTo("danelaw: daneverify: no domain given\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json --explain x.example",
                "--port 0 x.example",
                "--port 70000 x.example",
                "--port many x.example",
                "--timeout 0 x.example",
                "--timeout 9999999999 x.example",
                "--resolver dns.example x.example",
                "--resolver 192.0.2.1:x x.example",
                "--resolvr 192.0.2.1 x.example",
                "--timeout",
                "a.example b.example"
            })
    void aBadOptionOfDaneverifyIsOneLineAndAUsageError(String words) {
        assertThat(danelaw(("daneverify " + words).split(" "))).isEqualTo(64);
        assertThat(errors().lines()).hasSize(1);
    }

    @Test
    void aTrustAnchorThatCannotBeReadIsAConfigurationProblem() {
        assertThat(danelaw(
                        "daneverify", "--trust-anchor", folder.resolve("none").toString(), "x.example"))
                .isEqualTo(78);
        assertThat(errors().lines()).hasSize(1);
        assertThat(errors()).contains(folder.resolve("none").toString());
        // Nothing was asked, so nothing is said of the domain.
        assertThat(output()).isEmpty();
    }

    @Test
    void silentResolversTakeTheirPartOfTheTimeOut() throws IOException {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var resolver = "127.0.0.1:" + silent.getLocalPort();
            assertThat(danelaw("daneverify", "--timeout", "1", "--resolver", resolver, "x.example"))
                    .isEqualTo(2);
            assertThat(output()).isEqualTo("""
                            Lookup of MX for x.example failed: not known within the 1 s of --timeout
                            DANE FAILED for x.example
                            DANE verification completed.
                            """);
            assertThat(errors()).isEqualTo("danelaw: resolver " + resolver + " has not answered yet\n");
        }
    }

    @Test
    void daneverifyShowsTheProblemsOfItsConfiguration() throws IOException {
        var file = Files.writeString(folder.resolve("gw.toml"), "[nod]\n");
        assertThat(danelaw("daneverify", "--config", file.toString(), "x.example"))
                .isEqualTo(78);
        assertThat(errors()).startsWith(file + ":1:1: unknown key \"nod\" in the file: did you mean \"node\"?");
        assertThat(output()).isEmpty();
    }

    @Test
    void configCheckShowsEveryProblem() throws IOException {
        var file = Files.writeString(folder.resolve("gw.toml"), "[node]\nhostnam = 1\n[delivery]\nport = 0\n");
        assertThat(danelaw("config", "check", file.toString())).isEqualTo(78);
        assertThat(errors())
                .isEqualTo(file + ":2:1: unknown key \"hostnam\" in [node]: did you mean \"hostname\"?\n" + file
                        + ":4:1: port takes a whole number from 1 to 65535, not 0\n");
    }

    @Test
    void configCheckIsContentWithASoundFileAndNamesWhatHasNoEffect() throws IOException {
        var file = Files.writeString(folder.resolve("gw.toml"), "[web]\naddress = \"127.0.0.1:8443\"\n");
        assertThat(danelaw("config", "check", file.toString())).isZero();
        assertThat(output()).isEqualTo(file + ": no problems\n");
        assertThat(errors()).isEqualTo(file + ":2:1: address is not yet in force: it has no effect\n");
    }

    @Test
    void theReadmesConfigurationHasNoProblems() throws IOException {
        var readme = Files.readString(Path.of("..", "README.md"));
        var begin = readme.indexOf("```toml\n") + "```toml\n".length();
        var file = Files.writeString(folder.resolve("gw.toml"), readme.substring(begin, readme.indexOf("```", begin)));
        assertThat(danelaw("config", "check", file.toString())).isZero();
        assertThat(errors()).isEmpty();
    }

    @Test
    void otherWordsBehindConfigAreAUsageError() {
        assertThat(danelaw("config")).isEqualTo(64);
        assertThat(danelaw("config", "check")).isEqualTo(64);
    }

    @Test
    void serveNeedsAConfigurationWithoutProblems() throws IOException {
        assertThat(danelaw("serve")).isEqualTo(64);
        var file = Files.writeString(folder.resolve("gw.toml"), "[delivery]\nport = 0\n");
        assertThat(danelaw("serve", "--config", file.toString())).isEqualTo(78);
        assertThat(danelaw("serve", "--config", folder.resolve("none").toString()))
                .isEqualTo(78);
    }

    @Test
    void aSpoolInUseIsNoFaultOfTheConfiguration() throws IOException {
        var file = Files.writeString(folder.resolve("gw.toml"), "[node]\ndata-directory = \"data\"\n");
        var spool = Files.createDirectories(folder.resolve("data/spool"));
        try (var _ = SqliteQueue.open(spool, event -> {})) {
            assertThat(danelaw("serve", "--config", file.toString())).isEqualTo(69);
            assertThat(errors()).startsWith("danelaw: serve: the spool in " + spool + " is open");
        }
    }

    @Test
    void anAddressInUseIsSaidWithTheListenersName() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var file = Files.writeString(folder.resolve("gw.toml"), """
                    [node]
                    data-directory = "data"
                    [[listener]]
                    name = "inside"
                    address = "127.0.0.1:%d"
                    """.formatted(taken.getLocalPort()));
            assertThat(danelaw("serve", "--config", file.toString())).isEqualTo(69);
            assertThat(errors().lines()).hasSize(1);
            assertThat(errors()).startsWith("danelaw: serve: listener inside cannot listen on");
        }
    }

    @Test
    void theOperatorsShellSaysThatThereIsNoGatewayToTalkTo() {
        assertThat(danelaw("cli", "status")).isEqualTo(69);
        assertThat(errors().lines()).hasSize(1);
        assertThat(danelaw("cli", "--confg", "x")).isEqualTo(64);
    }

    private int danelaw(String... words) {
        var console = new Console(
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Main(Commands.all()).run(List.of(words), console);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
