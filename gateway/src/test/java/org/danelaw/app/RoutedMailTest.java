package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.danelaw.events.DeliveryEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What operators are told of domains whose mail takes an SMTP route in the running gateway.
@Timeout(180)
class RoutedMailTest {
    private static final String ROUTES = """
            [[smtp-route]]
            domain = "dane-ee.danelaw"
            to = ["mx.wrong-key.danelaw"]
            dane = "route-host"
            [[smtp-route]]
            domain = "wrong-key.danelaw"
            to = ["mx.dane-ee.danelaw"]
            dane = "route-host"
            [[smtp-route]]
            domain = "no-tlsa.danelaw"
            to = ["/dev/null"]
            """;

    @TempDir
    private Path folder;

    private Operation operation;

    @BeforeEach
    void start() throws IOException {
        operation = new Operation(folder, ROUTES);
    }

    @AfterEach
    void stop() throws IOException {
        operation.close();
    }

    @Test
    void daneverifyJudgesTheDomainAndSaysThatItsMailTakesAnotherWay() {
        var said = operation.cli("daneverify", "dane-ee.danelaw");
        assertThat(said.status()).isZero();
        assertThat(said.out()).endsWith("DANE SUCCESS for dane-ee.danelaw\nDANE verification completed.\n");
        assertThat(said.err())
                .isEqualTo(
                        "danelaw: daneverify: mail for dane-ee.danelaw does not go by its MX records here, but by the"
                                + " SMTP route for dane-ee.danelaw, dane = \"route-host\", to mx.wrong-key.danelaw\n");
        assertThat(operation.cli("daneverify", "no-tlsa.danelaw").err())
                .isEqualTo("danelaw: daneverify: mail for no-tlsa.danelaw is thrown away here, by the SMTP route for"
                        + " no-tlsa.danelaw\n");
        assertThat(operation.cli("daneverify", "dane-ta.danelaw").err()).isEmpty();
    }

    @Test
    void dryrunSaysWhatTheRouteMakesOfTheMail() {
        assertThat(operation.cli("dryrun", "dane-ee.danelaw").out())
                .containsPattern(
                        "SMTP route: +the SMTP route for dane-ee\\.danelaw, dane = \"route-host\", to mx\\.wrong")
                .contains("DANE Support opportunistic: waits in the queue (server certificate not trusted)");
        assertThat(operation.cli("dryrun", "Wrong-Key.danelaw", "--json").out())
                .contains("\"opportunistic\":{\"outcome\":\"deliver-authenticated\"")
                .contains("\"mandatory\":{\"outcome\":\"deliver-authenticated\"");
        assertThat(operation.cli("dryrun", "no-tlsa.danelaw").out())
                .contains("DANE Support mandatory:     thrown away, as the SMTP route says");
        assertThat(operation.cli("dryrun", "dane-ta.danelaw").out())
                .containsPattern("SMTP route: +none: by the MX records\n");
    }

    @Test
    void deliveryDoesWhatDryrunSaysOfRoutes() throws Exception {
        operation.send("b@wrong-key.danelaw");
        operation.await(event -> event instanceof DeliveryEvent.Delivered);
        operation.send("b@dane-ee.danelaw");
        operation.await(event -> event instanceof DeliveryEvent.Delayed delayed && delayed.mid() == 2);
    }

    @Test
    void tlsverifyLooksAtTheHostsOfTheRoute() {
        var said = operation.cli("tlsverify", "dane-ee.danelaw");
        assertThat(said.err()).contains("by the SMTP route for dane-ee.danelaw");
        assertThat(operation.cli("tlsverify", "dane-ee.danelaw", "--json").out())
                .contains("mx.wrong-key.danelaw: ")
                .doesNotContain("mx.dane-ee.danelaw: ");
    }

    @Test
    void theCommandWithoutAGatewayTakesTheRoutesFromTheConfiguration() {
        var file = folder.resolve("gw.toml").toString();
        assertThat(Operator.running("daneverify", "--config", file, "--timeout", "5", "no-tlsa.danelaw")
                        .err())
                .contains("danelaw: daneverify: mail for no-tlsa.danelaw is thrown away here");
        assertThat(Operator.running("daneverify", "--config", file, "--timeout", "5", "--json", "no-tlsa.danelaw")
                        .out())
                .contains("\"route\":{\"match\":\"no-tlsa.danelaw\"}");
    }
}
