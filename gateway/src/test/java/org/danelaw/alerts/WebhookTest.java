package org.danelaw.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.danelaw.events.Event;
import org.danelaw.events.SystemEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What endpoints may do to a webhook, and what becomes of its alerts.
@Timeout(120)
final class WebhookTest {
    private static final Report REPORT = new Report(
            new Notice(
                    Notice.State.RAISED,
                    new Alert(
                            new Matter.Spool(), Severity.CRITICAL, Optional.empty(), "spool failing", "It.", List.of()),
                    Duration.ZERO,
                    1,
                    Optional.empty()),
            Optional.empty(),
            "gw.example",
            Instant.EPOCH);

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    private Webhook webhook;

    @BeforeEach
    void open() {
        webhook = new Webhook(events::add);
    }

    @AfterEach
    void close() {
        webhook.close();
    }

    /// An endpoint that gives these answers, one after the other.
    private HttpServer answering(int... statuses) throws IOException {
        var left = new LinkedBlockingQueue<Integer>();
        for (int status : statuses) {
            left.add(status);
        }
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            posted.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(left.remove(), -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI at(int port) {
        return URI.create("http://127.0.0.1:" + port + "/hook");
    }

    @Test
    void anAlertIsPostedAsJson() throws Exception {
        var server = answering(204);
        webhook.post(at(server.getAddress().getPort()), REPORT);
        assertThat(events.take())
                .isEqualTo(new SystemEvent.AlertTold("[critical] the spool cannot write", "webhook at 127.0.0.1"));
        assertThat(posted.take()).isEqualTo("application/json " + REPORT.json().written());
        server.stop(0);
    }

    @Test
    void anEndpointThatIsBusyIsTriedAgain() throws Exception {
        var server = answering(503, 204);
        webhook.post(at(server.getAddress().getPort()), REPORT);
        assertThat(events.take()).isInstanceOf(SystemEvent.AlertTold.class);
        assertThat(posted).hasSize(2);
        server.stop(0);
    }

    @Test
    void aRefusalIsNotRepeatedAndNobodyIsFollowedElsewhere() throws Exception {
        var server = answering(404, 302);
        webhook.post(at(server.getAddress().getPort()), REPORT);
        webhook.post(at(server.getAddress().getPort()), REPORT);
        assertThat(why(events.take())).isEqualTo("the webhook at 127.0.0.1 answered 404");
        assertThat(why(events.take())).isEqualTo("the webhook at 127.0.0.1 answered 302");
        assertThat(posted).hasSize(2);
        server.stop(0);
    }

    @Test
    void anEndpointThatIsGoneCostsItsAlert() throws Exception {
        int port;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        webhook.post(at(port), REPORT);
        assertThat(why(events.take())).startsWith("the webhook at 127.0.0.1 cannot be reached: ");
    }

    @Test
    void behindAnEndpointThatStallsOnlySoManyWaitAndTheRestIsLostAndLogged() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var to = at(silent.getLocalPort());
            webhook.post(to, REPORT);
            try (var taken = silent.accept()) {
                assertThat(taken.isConnected()).isTrue();
                for (int i = 0; i < Webhook.MOST_WAITING + 7; i++) {
                    webhook.post(to, REPORT);
                }
                var lost = new ArrayList<Event>();
                events.drainTo(lost);
                assertThat(lost)
                        .hasSize(7)
                        .allSatisfy(event -> assertThat(why(event)).isEqualTo("the webhook at 127.0.0.1 is behind"));
            }
        }
    }

    /// The time-out of a request ends with the headers of its answer.
    @Test
    void anAnswerWhoseContentNeverComesHoldsUpNoOtherAlert() throws Exception {
        try (var stalling = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            webhook.post(at(stalling.getLocalPort()), REPORT);
            try (var taken = stalling.accept()) {
                taken.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(events.poll(60, TimeUnit.SECONDS)).isInstanceOf(SystemEvent.AlertTold.class);
            }
        }
    }

    @Test
    void anAddressThatNobodyCanPostToCostsItsAlertAndNoOther() throws Exception {
        var server = answering(204);
        webhook.post(URI.create("http://127.0.0.1:99999/secret"), REPORT);
        webhook.post(at(server.getAddress().getPort()), REPORT);
        assertThat(why(events.poll(60, TimeUnit.SECONDS)))
                .startsWith("the webhook at 127.0.0.1 cannot be posted to")
                .doesNotContain("secret");
        assertThat(events.poll(60, TimeUnit.SECONDS)).isInstanceOf(SystemEvent.AlertTold.class);
        server.stop(0);
    }

    private static String why(Event event) {
        assertThat(event).isInstanceOf(SystemEvent.AlertLost.class);
        return ((SystemEvent.AlertLost) event).why();
    }
}
