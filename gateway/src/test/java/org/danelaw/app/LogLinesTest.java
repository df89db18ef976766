package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.events.LineForm.*;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.danelaw.events.Event;
import org.danelaw.events.Events;
import org.danelaw.events.LineForm;
import org.danelaw.events.LogLine;
import org.danelaw.events.MailLog;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;
import org.danelaw.loglines.Logged;
import org.danelaw.loglines.Shows;
import org.danelaw.smtp.Telnet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the log of a gateway in the lab's internet has, form by form.
@Timeout(120)
class LogLinesTest implements Logged, Events {
    private static LiveRealm live;

    @TempDir
    private Path folder;

    private final Opened opened = new Opened();
    private final List<LogLine> lines = new ArrayList<>();
    private Map<String, InetSocketAddress> listeners = Map.of();

    @BeforeAll
    static void buildTheWorld() throws IOException {
        live = LiveRealm.start(Realm.danelaw(Instant.now(), LiveRealm.freePort()));
    }

    @AfterAll
    static void endTheWorld() throws IOException {
        live.close();
    }

    @BeforeEach
    void startTheGateway() throws IOException {
        var file = Operation.configure(live, folder);
        Files.writeString(
                file,
                Files.readString(file).replace("\"mandatory\"", "\"opportunistic\"")
                        + """
                [destination-controls."dane-ta.danelaw"]
                dane = "none"
                [[smtp-route]]
                domain = "gone.example"
                to = ["[127.0.0.1]:%d"]
                """.formatted(freePort())
                        + listener("accept")
                        + listener("reject")
                        + listener("tcprefuse"));
        if (!(ConfigFile.read(file) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        listeners =
                opened.with(Gateway.start(settings, Dialer::tcp, List.of(this))).addresses();
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String listener(String action) {
        return """
                [[listener]]
                name = "%1$s"
                address = "127.0.0.1:0"
                [[listener.sender-group]]
                name = "%1$s"
                networks = ["127.0.0.1"]
                policy = "%1$s"
                [mail-flow-policy.%1$s]
                action = "%1$s"
                """.formatted(action);
    }

    @AfterEach
    void stop() throws IOException {
        opened.close();
    }

    @Override
    public void accept(Event event) {
        synchronized (lines) {
            lines.addAll(MailLog.lines(event));
            lines.notifyAll();
        }
    }

    @Override
    public List<LogLine> logged() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void awaitLogged(Set<LineForm> forms) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        synchronized (lines) {
            long left = end - System.nanoTime();
            while (left > 0 && !forms.stream().allMatch(form -> lines.stream().anyMatch(form::isThatOf))) {
                TimeUnit.NANOSECONDS.timedWait(lines, left);
                left = end - System.nanoTime();
            }
        }
    }

    private Telnet client(String listener) throws IOException {
        return Telnet.to(Objects.requireNonNull(listeners.get(listener)));
    }

    private void send(String recipient) throws IOException {
        try (var client = client("inside")) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<a@one.example>");
            assertThat(client.say("RCPT TO:<" + recipient + ">")).startsWith("250");
            client.say("DATA");
            assertThat(client.say("Message-ID: <1@one.example>\r\nSubject: hello\r\n\r\nBody\r\n."))
                    .startsWith("250");
            client.say("QUIT");
        }
    }

    @Test
    @Shows({
        ICID_NEW,
        ICID_RELAY,
        MID_START,
        MID_FROM,
        MID_TO,
        MID_MESSAGE_ID,
        MID_SUBJECT,
        MID_READY,
        MID_QUEUED,
        ICID_CLOSE,
        DCID_NEW,
        DCID_TLS_FOR,
        DANE_SUCCESS,
        DELIVERY_START,
        MESSAGE_DONE,
        RESPONSE,
        FINISHED,
        DCID_CLOSE
    })
    void aMessageIsTakenAndDeliveredToAHostThatProvesItself() throws IOException {
        send("b@dane-ee.danelaw");
    }

    @Test
    @Shows({DCID_TLS, DANE_FALLBACK})
    void aDomainWithoutTlsaRecordsIsDeliveredByTlsSupport() throws IOException {
        send("b@no-tlsa.danelaw");
    }

    @Test
    @Shows({DCID_TLS, DANE_INSECURE_MX})
    void aHostBehindAnInsecureMxProvesItself() throws IOException {
        send("b@insecure-mx.frisia");
    }

    @Test
    @Shows({DCID_TLS_FAILED, DANE_FAILED, DELAYED})
    void aHostShowsTheWrongKey() throws IOException {
        send("b@wrong-key.danelaw");
    }

    @Test
    @Shows({DCID_TLS, DANE_OFF})
    void aDestinationHasNoDaneByItsControls() throws IOException {
        send("b@dane-ta.danelaw");
    }

    @Test
    @Shows({BOUNCED, BOUNCE_GENERATED})
    void aDomainThatTakesNoMailBounces() throws IOException {
        send("b@null-mx.danelaw");
    }

    @Test
    @Shows({CONNECTION_ERROR, DELAYED})
    void aHostThatIsNotThereIsAConnectionError() throws IOException {
        send("b@gone.example");
    }

    @Test
    @Shows({ICID_ACCEPT, MID_REJECTED})
    void aRecipientThatNoTableNamesIsRejected() throws IOException {
        try (var client = client("accept")) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<a@one.example>");
            assertThat(client.say("RCPT TO:<b@two.example>")).startsWith("550");
        }
    }

    @Test
    @Shows({ICID_REJECT})
    void aClientIsRejectedInWords() throws IOException {
        try (var client = client("reject")) {
            assertThat(client.reply()).startsWith("554");
        }
    }

    @Test
    @Shows({ICID_TCPREFUSE})
    void aClientIsRefusedWithoutAWord() throws IOException {
        try (var client = client("tcprefuse")) {
            assertThat(client.rest()).isEmpty();
        }
    }
}
