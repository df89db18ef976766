package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.ConfigText;
import org.danelaw.delivery.Dialer;
import org.danelaw.events.DeliveryEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The metrics of a running gateway, as a monitoring system reads them.
@Timeout(180)
class MetricsTest {
    private static final String SERVED = "[metrics]\naddress = \"127.0.0.1:0\"\n";
    private static final String ALONE = """
            [node]
            data-directory = "data"
            [[dns.resolver]]
            address = "127.0.0.1:9" # nobody
            """;

    @TempDir
    private Path folder;

    private static HttpResponse<String> ask(InetSocketAddress at, String method, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.getPort() + path))
                    .method(method, BodyPublishers.noBody())
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    /// Each sample by its name and label.
    private static Map<String, Double> scrape(Gateway gateway) throws Exception {
        var answer = ask(gateway.metricsAddress().orElseThrow(), "GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
        return StrictParser.parse(answer.body());
    }

    @Test
    void afterDeliveriesTheNumbersAreThoseOfWhatHappened() throws Exception {
        try (var operation = new Operation(folder, SERVED)) {
            operation.send("b@wrong-key.danelaw", "c@wrong-key.danelaw");
            operation.await(event -> event instanceof DeliveryEvent.Delayed delayed && delayed.rid() == 1);
            operation.send("b@dane-ee.danelaw");
            operation.await(event -> event instanceof DeliveryEvent.Finished);
            var samples = scrape(operation.gateway());
            while (samples.getOrDefault("danelaw_queue_messages", 0.0) != 1) {
                samples = scrape(operation.gateway());
            }
            assertThat(samples)
                    .containsEntry("danelaw_intake_messages_total{result=\"queued\"}", 2.0)
                    .containsEntry("danelaw_intake_recipients_total{result=\"taken\"}", 3.0)
                    .containsEntry("danelaw_intake_clients_total{action=\"relay\"}", 2.0)
                    .containsEntry("danelaw_delivery_delivered_recipients_total", 1.0)
                    .containsEntry("danelaw_delivery_delayed_recipients_total{subject=\"security\"}", 2.0)
                    .containsEntry("danelaw_delivery_bounced_recipients_total{subject=\"address\"}", 0.0)
                    .containsEntry("danelaw_delivery_dane_total{result=\"success\"}", 1.0)
                    .containsEntry("danelaw_delivery_dane_total{result=\"failed\"}", 1.0)
                    .containsEntry("danelaw_delivery_tls_total{result=\"proven\"}", 1.0)
                    .containsEntry("danelaw_queue_recipients", 2.0)
                    .containsEntry("danelaw_destinations{state=\"down\"}", 1.0)
                    .containsEntry("danelaw_destinations{state=\"up\"}", 1.0)
                    .containsEntry("danelaw_dnssec_available", 1.0)
                    .containsEntry("danelaw_dns_resolvers{capability=\"capable\"}", 1.0)
                    .containsEntry("danelaw_dns_resolvers{capability=\"lacking\"}", 0.0)
                    .containsEntry("danelaw_spool_failing", 0.0)
                    .containsEntry("danelaw_log_lost_lines_total", 0.0);
            assertThat(samples.get("danelaw_dns_trust_anchors")).isPositive();
            assertThat(samples.get("danelaw_dns_questions_total{cache=\"miss\"}"))
                    .isPositive();
            assertThat(samples.get("danelaw_spool_free_bytes")).isPositive();
            assertThat(samples.get("danelaw_queue_bytes")).isPositive();
            assertThat(samples.keySet())
                    .noneMatch(sample -> sample.contains("danelaw\"") || sample.contains(".danelaw"));
        }
    }

    @Test
    void everyMetricOfThePageIsServedWithTheLabelsThatItSaysAndNoOthers() throws Exception {
        try (var gateway = start(ALONE + SERVED)) {
            var said = new HashSet<String>();
            var row = Pattern.compile("\\| `(\\w+)` \\| \\w+ \\| (?:`(\\w+)`: ([^|]*))? ?\\|");
            Files.readAllLines(Path.of("..", "docs", "metrics.md")).stream()
                    .map(row::matcher)
                    .filter(java.util.regex.Matcher::lookingAt)
                    .forEach(match -> Optional.ofNullable(match.group(3))
                            .map(values -> List.of(values.strip().split(", ")))
                            .ifPresentOrElse(
                                    values -> values.forEach(value ->
                                            said.add(match.group(1) + "{" + match.group(2) + "=\"" + value + "\"}")),
                                    () -> said.add(match.group(1))));
            assertThat(scrape(gateway).keySet()).hasSizeGreaterThan(60).containsExactlyInAnyOrderElementsOf(said);
        }
    }

    @Test
    void nothingButTheirPageIsServedAndNothingButGetIsDone() throws Exception {
        try (var gateway = start(ALONE + SERVED)) {
            var at = gateway.metricsAddress().orElseThrow();
            assertThat(at.getAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
            for (var path : List.of("/", "/metrics/", "/metrics2", "/metrics/..", "/favicon.ico")) {
                assertThat(ask(at, "GET", path).statusCode()).as(path).isEqualTo(404);
            }
            for (var method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
                var answer = ask(at, method, "/metrics");
                assertThat(answer.statusCode()).as(method).isEqualTo(405);
                assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
                assertThat(answer.body()).isEmpty();
            }
            assertThat(ask(at, "HEAD", "/metrics").statusCode()).isEqualTo(200);
            assertThat(scrape(gateway)).isNotEmpty();
        }
    }

    @Test
    void aChangeThatIsRefusedGivesItsAddressUpAgain() throws Exception {
        try (var gateway = start(ALONE + SERVED)) {
            var before = gateway.metricsAddress();
            var free = freePort();
            Files.createDirectories(folder.resolve("data/log/taken"));
            reload(gateway, ALONE + at(free) + "[[log]]\nname = \"x\"\nfile = \"taken\"\n");
            assertThat(gateway.metricsAddress()).isEqualTo(before);
            assertThat(scrape(gateway)).isNotEmpty();
            try (var mine = new ServerSocket(free, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                assertThat(mine.getLocalPort()).isEqualTo(free);
            }
        }
    }

    @Test
    void withoutAnAddressNothingIsListenedOn() throws Exception {
        try (var gateway = start(ALONE)) {
            assertThat(gateway.metricsAddress()).isEmpty();
        }
    }

    @Test
    void anAddressInUseIsNamedAndNothingStarts() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            assertThatThrownBy(() -> start(ALONE + at(taken.getLocalPort())))
                    .isInstanceOf(java.net.BindException.class)
                    .hasMessageStartingWith(
                            "metrics cannot be served on 127.0.0.1 port " + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void thePageComesMovesAndGoesWhileTheGatewayRunsAndKeepsItsNumbers() throws Exception {
        try (var gateway = start(ALONE)) {
            reload(gateway, ALONE + SERVED);
            var first = gateway.metricsAddress().orElseThrow();
            var started = scrape(gateway).get("danelaw_start_time_seconds");

            var free = freePort();
            reload(gateway, ALONE + at(free));
            var moved = gateway.metricsAddress().orElseThrow();
            assertThat(moved.getPort()).isEqualTo(free);
            assertThat(scrape(gateway)).containsEntry("danelaw_start_time_seconds", started);
            assertThatThrownBy(() -> ask(first, "GET", "/metrics")).isInstanceOf(ConnectException.class);

            try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                reload(gateway, ALONE + at(taken.getLocalPort()));
            }
            assertThat(gateway.metricsAddress().orElseThrow().getPort()).isEqualTo(free);
            assertThat(scrape(gateway)).isNotEmpty();

            reload(gateway, ALONE);
            assertThat(gateway.metricsAddress()).isEmpty();
            assertThatThrownBy(() -> ask(moved, "GET", "/metrics")).isInstanceOf(ConnectException.class);
        }
    }

    private static String at(int port) {
        return "[metrics]\naddress = \"127.0.0.1:" + port + "\"\n";
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        }
    }

    private void reload(Gateway gateway, String configuration) throws IOException {
        Files.writeString(folder.resolve("gw.toml"), configuration);
        gateway.hangUp();
    }

    private Gateway start(String configuration) throws IOException {
        var file = Files.writeString(folder.resolve("gw.toml"), configuration);
        if (!(ConfigFile.read(file) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        return Gateway.start(new ConfigText(file, configuration), settings, Dialer::tcp);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1\n",
                "# HELP a x\n# TYPE a gauge\na 1",
                "# HELP a x\n# TYPE a gauge\na one\n",
                "# HELP a x\n# TYPE a gauge\na 1\na 2\n",
                "# HELP a x\n# TYPE a gauge\nb 1\n",
                "# HELP a x\n# TYPE a counter\na 1\n",
                "# HELP a x\n# TYPE a gauge\na{l=\"x\"y} 1\n",
                "# HELP a x\n# TYPE a gauge\n\na 1\n",
                "# HELP a x\n# TYPE a gauge\n"
            })
    void theParserOfTheseTestsIsStrict(String page) {
        assertThatThrownBy(() -> StrictParser.parse(page)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Prometheus' text format, version 0.0.4, and no liberties: each metric with HELP, TYPE and its samples, in
    /// that order and together.
    private static final class StrictParser {
        private static final Pattern HELP = Pattern.compile("# HELP ([a-z_]+) \\S.*");
        private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z_]+) (counter|gauge)");
        private static final Pattern SAMPLE =
                Pattern.compile("(([a-z_]+)(?:\\{[a-z]+=\"[^\"\\\\\n]*\"})?) (-?[0-9]+(?:\\.[0-9]+(?:E[0-9]+)?)?)");

        private final Map<String, Double> samples = new HashMap<>();
        private final Set<String> metrics = new HashSet<>();
        private final List<String> lines;
        private int next;

        private StrictParser(List<String> lines) {
            this.lines = lines;
        }

        static Map<String, Double> parse(String page) {
            require(page.endsWith("\n"), "an unfinished last line");
            var parser = new StrictParser(new ArrayList<>(List.of(page.split("\n"))));
            while (parser.next < parser.lines.size()) {
                parser.metric();
            }
            return parser.samples;
        }

        private void metric() {
            var help = HELP.matcher(lines.get(next++));
            require(help.matches(), "no HELP");
            require(next < lines.size(), "no TYPE");
            var type = TYPE.matcher(lines.get(next++));
            require(type.matches() && type.group(1).equals(help.group(1)), "no TYPE behind HELP");
            require(metrics.add(type.group(1)), "a metric told twice");
            require(type.group(1).endsWith("_total") == type.group(2).equals("counter"), "a name that belies its type");
            int before = samples.size();
            for (; next < lines.size() && !lines.get(next).startsWith("#"); next++) {
                var sample = SAMPLE.matcher(lines.get(next));
                require(sample.matches() && sample.group(2).equals(type.group(1)), "no sample: " + lines.get(next));
                require(samples.put(sample.group(1), Double.valueOf(sample.group(3))) == null, "a sample told twice");
            }
            require(samples.size() > before, "no sample");
        }

        private static void require(boolean kept, String broken) {
            if (!kept) {
                throw new IllegalArgumentException(broken);
            }
        }
    }
}
