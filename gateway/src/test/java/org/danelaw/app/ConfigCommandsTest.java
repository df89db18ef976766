package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.ConfigText;
import org.danelaw.delivery.Dialer;
import org.danelaw.events.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commands that change the configuration, over a running gateway, which follows without a restart.
@Timeout(120)
class ConfigCommandsTest {
    private static final String BEFORE = """
            # by hand
            [node]
            hostname = "gw.example"
            data-directory = "data"
            [[dns.resolver]]
            address = "127.0.0.1:9" # nobody
            """;

    @TempDir
    private Path folder;

    private final List<String> complaints = new ArrayList<>();
    private String output = "";
    private String input = "";
    private Path configuration;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        configuration = Files.writeString(folder.resolve("gw.toml"), BEFORE);
        if (!(ConfigFile.read(configuration) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        gateway = Gateway.start(new ConfigText(configuration, BEFORE), settings, Dialer::tcp);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    void aDestinationControlCountsFromItsCommitOnAndEveryOtherLineStays() throws IOException {
        assertThat(cli("destconfig", "set", "bank.example", "dane=mandatory", "tls=required"))
                .isZero();
        assertThat(Files.readString(configuration)).isEqualTo(BEFORE);
        assertThat(cli("showchanges")).isZero();
        assertThat(output).contains("+[destination-controls.\"bank.example\"]", "+dane = \"mandatory\"");
        assertThat(cli("commit", "the", "bank", "asked")).isZero();
        assertThat(output).contains("revision 2 is in force");
        assertThat(Files.readString(configuration))
                .isEqualTo(BEFORE
                        + "\n[destination-controls.\"bank.example\"]\ndane = \"mandatory\"\ntls = \"required\"\n");
        assertThat(cli("destconfig", "list", "--json")).isZero();
        assertThat(output).contains("{\"table\":\"bank.example\",\"tls\":\"required\",\"dane\":\"mandatory\",");

        assertThat(cli("rollbackconfig")).isZero();
        assertThat(output).contains("the bank asked");
        assertThat(cli("rollbackconfig", "1", "--yes")).isZero();
        assertThat(Files.readString(configuration)).isEqualTo(BEFORE);
        assertThat(errors()).isEmpty();
    }

    @Test
    void daneCannotBeChosenWhileTlsSupportIsNone() {
        assertThat(cli("destconfig", "new", "a.example", "tls=none", "dane=opportunistic"))
                .isEqualTo(1);
        assertThat(errors()).contains("needs TLS, and tls = \"none\" (line ");
        assertThat(cli("commit", "x")).isZero();
        assertThat(output).contains("there is nothing to commit");
    }

    @Test
    void theFormAsksForEachSettingAndForDaneOnlyWhereThereIsTls() throws IOException {
        input = "new\na.example\nnone\n\n\n\n\n\n\n\n\n\n\n";
        assertThat(cli("destconfig")).isZero();
        assertThat(output).contains("DANE Support: none, because TLS Support is none and DANE needs TLS.");
        assertThat(cli("commit", "x")).isZero();
        assertThat(Files.readString(configuration)).endsWith("[destination-controls.\"a.example\"]\ntls = \"none\"\n");
    }

    @Test
    void aQuestionThatNobodyAnswersChangesNothing() throws IOException {
        input = "new\na.example\nnone\n";
        assertThat(cli("destconfig")).isEqualTo(1);
        cli("destconfig", "set", "b.example", "dane=mandatory");
        assertThat(errors().lines()).containsExactly("danelaw: destconfig: nobody answered: nothing was changed");
        assertThat(Files.readString(configuration)).isEqualTo(BEFORE);
        cli("showchanges");
        assertThat(output).contains("b.example").doesNotContain("a.example");
    }

    @Test
    void aScriptNeedsNoCommentToCommit() throws IOException {
        cli("destconfig", "set", "b.example", "dane=mandatory");
        input = "";
        assertThat(cli("commit")).isZero();
        assertThat(Files.readString(configuration)).contains("b.example");
    }

    @Test
    void listenersAndLogsComeAndGoWhileTheGatewayRuns() {
        assertThat(cli("listenerconfig", "new", "inside", "address=127.0.0.1:0"))
                .isZero();
        assertThat(cli("listenerconfig", "policy", "new", "relay", "action=relay"))
                .isZero();
        assertThat(cli("listenerconfig", "group", "new", "inside/own", "networks=127.0.0.1,::1", "policy=relay"))
                .isZero();
        assertThat(cli("logconfig", "new", "mail_logs_d", "level=debug")).isZero();
        assertThat(gateway.addresses()).isEmpty();
        assertThat(cli("commit", "mail")).isZero();
        assertThat(gateway.addresses()).containsOnlyKeys("inside");
        assertThat(gateway.logs().subscriptions()).singleElement().satisfies(log -> {
            assertThat(log.name()).isEqualTo("mail_logs_d");
            assertThat(log.level()).isEqualTo(Level.DEBUG);
        });

        assertThat(cli("listenerconfig", "delete", "inside")).isZero();
        assertThat(cli("commit", "no mail")).isZero();
        assertThat(gateway.addresses()).isEmpty();
        assertThat(errors()).isEmpty();
    }

    @Test
    void anAddressThatIsTakenRefusesTheCommitAndChangesNothing() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cli("listenerconfig", "new", "inside", "address=127.0.0.1:" + taken.getLocalPort());
            cli("logconfig", "new", "mail_logs_d", "level=debug");
            assertThat(cli("commit", "x")).isEqualTo(1);
            assertThat(errors()).contains("listener inside cannot listen on");
        }
        assertThat(Files.readString(configuration)).isEqualTo(BEFORE);
        assertThat(gateway.logs().subscriptions())
                .singleElement()
                .satisfies(log -> assertThat(log.name()).isEqualTo("mail_logs"));
    }

    @Test
    void whatNeedsARestartSaysSoAndAHangUpReadsTheFileAnew() throws IOException {
        assertThat(cli("dnsconfig", "set", "sha1=insecure")).isZero();
        assertThat(cli("commit", "no sha1")).isZero();
        assertThat(output).contains("[dns] is followed from the next start on");
        cli("destconfig", "set", "a.example", "dane=mandatory");
        assertThat(cli("commit", "something else")).isZero();
        assertThat(output).as("it still waits").contains("[dns] is followed from the next start on");
        cli("dnsconfig", "set", "sha1=");
        assertThat(cli("commit", "as it was")).isZero();
        assertThat(output).as("it is what the gateway runs by").doesNotContain("next start");

        Files.writeString(
                configuration,
                Files.readString(configuration) + "[[listener]]\nname = \"x\"\naddress = \"127.0.0.1:0\"\n");
        gateway.hangUp();
        assertThat(gateway.addresses()).containsOnlyKeys("x");
        Files.writeString(configuration, "[nod]\n");
        gateway.hangUp();
        assertThat(gateway.addresses()).containsOnlyKeys("x");
    }

    @Test
    void anotherFileOfUsersIsFollowedAtOnceAndTheLogTellsIt() throws IOException {
        var users = Files.writeString(folder.resolve("users"), "# nobody yet\n");
        var log = folder.resolve("mail.log");
        Files.writeString(configuration, BEFORE + "[[log]]\nname = \"mail\"\nfile = \"" + log + "\"\n");
        gateway.hangUp();
        Files.writeString(configuration, Files.readString(configuration) + "[auth]\nusers-file = \"" + users + "\"\n");
        gateway.hangUp();

        stop();
        assertThat(Files.readString(log)).contains("Users read from " + users + ": 0");
    }

    @Test
    void aLoadedFileIsPendingUntilItIsCommitted() throws IOException {
        var other = Files.writeString(folder.resolve("other.toml"), BEFORE.replace("nobody", "still"));
        assertThat(cli("loadconfig", other.toString())).isZero();
        assertThat(cli("showconfig", "--pending")).isZero();
        assertThat(output).contains("# still");
        assertThat(cli("clearchanges")).isZero();
        assertThat(cli("showconfig")).isZero();
        assertThat(output).contains("# nobody");
    }

    @Test
    void onlyWhatChangesSomethingIsLoggedAsACommand() throws IOException {
        cli("destconfig", "list");
        cli("listenerconfig", "policy", "list");
        cli("rollbackconfig");
        cli("destconfig", "set", "list", "dane=none");
        gateway.close();
        assertThat(Files.readAllLines(folder.resolve("data/log/mail_logs")).stream()
                        .filter(line -> line.contains("Command by "))
                        .map(line -> line.replaceFirst(".*: (?=[a-z]+config )", "")))
                .containsExactly("destconfig set list dane=none (done)");
    }

    @Test
    void whereAlertsArePostedIsChangedAndItsTokenIsNotLogged() throws IOException {
        assertThat(cli("alertconfig", "set", "webhook=https://alerts.example.org/hook/s3cret?key=s3cret"))
                .isZero();
        assertThat(cli("commit", "alerts")).isZero();
        assertThat(Files.readString(configuration))
                .contains("webhook = \"https://alerts.example.org/hook/s3cret?key=s3cret\"");
        gateway.close();
        assertThat(Files.readString(folder.resolve("data/log/mail_logs")))
                .contains("alertconfig set webhook=https://alerts.example.org/... (done)")
                .doesNotContain("s3cret");
    }

    @Test
    void onlyATableWithADefaultEntryOffersIt() {
        assertThat(cli("smtproutes", "default", "dane=none")).isEqualTo(64);
        assertThat(errors()).endsWith("say list, new, edit, set, delete or move, not default\n");
        assertThat(cli("destconfig", "default", "dane=opportunistic")).isZero();
    }

    @Test
    void whoBringsARevisionBackIsToldWhatIsForgotten() {
        cli("destconfig", "set", "a.example", "dane=mandatory");
        assertThat(cli("commit", "one")).isZero();
        cli("destconfig", "set", "b.example", "dane=mandatory");
        input = "n\n";
        assertThat(cli("rollbackconfig", "1")).isEqualTo(1);
        assertThat(output).contains("Bring revision 1 in force and forget one change of yours? [N]> ");
        cli("showchanges");
        assertThat(output).contains("b.example");
        assertThat(cli("rollbackconfig", "1", "--yes")).isZero();
        assertThat(output).contains("your pending changes are forgotten: 1");
        cli("showchanges");
        assertThat(output).doesNotContain("b.example");
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
