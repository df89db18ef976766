package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.danelaw.config.ConfigFile;
import org.danelaw.config.ConfigText;
import org.danelaw.config.Settings;
import org.danelaw.delivery.Dialer;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Event;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.lab.mailhost.Keep;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;
import org.danelaw.lab.world.Conduct;
import org.danelaw.lab.world.Misconduct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Alerts of a running gateway in the lab's internet, for an administrator with a mailbox and a webhook.
@Timeout(180)
class AlertsTest {
    private static final Conduct HONEST = (query, usual) -> usual;
    private static final Conduct BROKEN =
            Misconduct.below("_tcp.mx.dane-ee.danelaw.", Misconduct.forType("TLSA", Misconduct.servfail()));

    private static LiveRealm live;

    @TempDir
    private Path folder;

    private final AtomicReference<Conduct> conduct = new AtomicReference<>(BROKEN);
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    private final Opened opened = new Opened();
    private final BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    private MailHost mailbox;

    @BeforeAll
    static void buildTheWorld() throws IOException {
        live = LiveRealm.start(Realm.danelaw(Instant.now(), LiveRealm.freePort()));
    }

    @AfterAll
    static void endTheWorld() throws IOException {
        live.close();
    }

    @BeforeEach
    void giveTheAdministratorAMailbox() throws IOException {
        mailbox = MailHost.named("mx.admin.example")
                .keeping(Keep.CONTENTS)
                .telling(mails::add)
                .start();
        opened.with(mailbox, mailbox::close);
    }

    @AfterEach
    void stop() throws IOException {
        opened.close();
    }

    private URI endpoint() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        opened.with(server, () -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    /// Writes a configuration with these alerts.
    private Path configure(String alerts) throws IOException {
        var honest = Answers.recursive(live.realm().internet());
        var resolver = NameServer.start("127.0.0.1", 0, query -> conduct.get().toward(query, honest.to(query)));
        opened.with(resolver, resolver::close);
        var file = Operation.configure(live, folder);
        return Files.writeString(
                file,
                Files.readString(file)
                                .replace(
                                        ":" + live.resolver().address().getPort(),
                                        ":" + resolver.address().getPort())
                        + """
                        [destination-controls."admin.example"]
                        dane = "none"
                        [[smtp-route]]
                        domain = "admin.example"
                        to = ["[127.0.0.1]:%d"]
                        [bounce-profile.default]
                        initial-retry-seconds = 1
                        max-retry-seconds = 1
                        max-retries = 1000000
                        """.formatted(mailbox.port())
                        + alerts);
    }

    private static String alerts(URI webhook) {
        return """
                [alerts]
                mail-to = ["admin@admin.example"]
                webhook = "%s"
                patience-seconds = 3
                """.formatted(webhook);
    }

    private static Settings settings(Path file) throws IOException {
        if (!(ConfigFile.read(file) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        return settings;
    }

    private Gateway start(URI webhook) throws IOException {
        var settings = settings(configure(alerts(webhook)));
        return opened.with(Gateway.start(settings, Dialer::tcp, List.<Events>of(events::add)));
    }

    private static void send(Gateway gateway, int messages, String recipient) throws IOException {
        for (int i = 0; i < messages; i++) {
            Operation.send(gateway.addresses().values().iterator().next().getPort(), recipient);
        }
    }

    /// The text of a mail, with the white space of each run as one blank.
    private static String text(Mail mail) {
        return mail.content().replaceAll("=\r\n", "").replaceAll("\\s+", " ");
    }

    @Test
    void aDestinationThatFailsDaneIsOneMailAndOnePostAndSoIsItsEnd() throws Exception {
        var gateway = start(endpoint());
        send(gateway, 12, "b@dane-ee.danelaw");

        assertThat(mails.take()).satisfies(mail -> {
            assertThat(mail.sender()).isIn("", "<>");
            assertThat(mail.recipients()).singleElement().asString().contains("admin@admin.example");
            assertThat(text(mail))
                    .contains("Subject: gw.example: [warning] DANE fails for dane-ee.danelaw")
                    .contains("Reason: TLSA lookup error")
                    .contains("_tcp.mx.dane-ee.danelaw. TLSA")
                    .containsPattern("Waiting: 12 messages for 12 recipients, the oldest for \\d+ seconds")
                    .contains("danelaw cli daneverify --explain dane-ee.danelaw");
        });
        assertThat(posted.take())
                .contains("\"state\":\"raised\"", "\"cause\":\"dane\"", "\"about\":\"dane-ee.danelaw\"")
                .containsPattern("\"messages\":12,\"recipients\":12,\"oldest\":\"2.*\",\"oldestSeconds\":\\d+");

        conduct.set(HONEST);
        gateway.resolver().flush();
        assertThat(text(mails.take()))
                .contains("Subject: gw.example: [over] DANE fails for dane-ee.danelaw")
                .contains("Why it is over: ");
        assertThat(posted.take()).contains("\"state\":\"over\"", "\"about\":\"dane-ee.danelaw\"");
        assertThat(mails)
                .as("one for the beginning and one for the end was all")
                .isEmpty();
        assertThat(posted).isEmpty();
    }

    @Test
    void anEndpointThatStallsSlowsNoDelivery() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var gateway = start(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/hook"));
            send(gateway, 1, "b@dane-ee.danelaw");
            try (var stalled = silent.accept()) {
                assertThat(stalled.isConnected())
                        .as("the alert is being posted")
                        .isTrue();
                events.clear();
                send(gateway, 20, "b@dane-ta.danelaw");
                for (int delivered = 0; delivered < 20; ) {
                    var event = events.take();
                    assertThat(event).isNotInstanceOf(SystemEvent.AlertLost.class);
                    if (event instanceof DeliveryEvent.Delivered) {
                        delivered++;
                    }
                }
            }
        }
    }

    @Test
    void whoIsToldCanBeChangedWhileTheGatewayRuns() throws Exception {
        var file = configure("");
        var configuration = new ConfigText(file, Files.readString(file));
        var gateway = opened.with(Gateway.start(configuration, settings(file), Dialer::tcp));
        send(gateway, 1, "b@dane-ee.danelaw");

        Files.writeString(file, configuration.text() + alerts(endpoint()));
        gateway.hangUp();
        assertThat(text(mails.take())).contains("Subject: gw.example: [warning] DANE fails for dane-ee.danelaw");
        assertThat(posted.take()).contains("\"about\":\"dane-ee.danelaw\"");
    }
}
