package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.danelaw.intake.Authenticator;
import org.danelaw.intake.FreeSpace;
import org.danelaw.intake.Intake;
import org.danelaw.intake.ListenerSettings;
import org.danelaw.intake.MailFlowPolicy;
import org.danelaw.intake.Member;
import org.danelaw.intake.RecipientAccess;
import org.danelaw.intake.ReverseNames;
import org.danelaw.intake.SenderGroup;
import org.danelaw.intake.Services;
import org.danelaw.lab.mailhost.Keep;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.danelaw.smtp.ServerTimeouts;
import org.danelaw.smtp.Telnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Mail through a whole gateway: a listener, the spool, delivery, and the host that it is for.
@Timeout(120)
final class ThroughTheGatewayTest {
    private static final String ADDRESS = "198.51.100.1";
    private static final List<String> ENVELOPE = List.of("MAIL FROM:<alice@org.example>", "RCPT TO:<bob@two.example>");
    private static final String FIRST = "Subject: first\r\n\r\nfirst";
    private static final String SECOND = String.join(
            "\r\n",
            "MAIL FROM:<admin@org.example>",
            "RCPT TO:<victim@two.example>",
            "DATA",
            "Subject: smuggled",
            "",
            "smuggled",
            "");

    @TempDir
    private Path folder;

    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private final List<Intake> opened = new ArrayList<>();
    private Gateway gateway;
    private MailHost host;

    @BeforeEach
    void buildTheWorld() throws IOException {
        host = MailHost.named("mx.two.example").keeping(Keep.CONTENTS).start();
        gateway = new Gateway(folder).rule(TlsSupport.NONE, DaneSupport.NONE).peer(ADDRESS, host.port());
        gateway.facts
                .mx("two.example", MxTrust.INSECURE, "mx.two.example")
                .host("mx.two.example", ADDRESS, Facts.none());
    }

    @AfterEach
    void stop() throws IOException {
        opened.forEach(intake -> intake.stop(Duration.ZERO));
        gateway.close();
        host.close();
    }

    private InetSocketAddress listen(MailFlowPolicy policy, ServerTimeouts timeouts) throws IOException {
        FreeSpace space = free::get;
        var services = new Services(
                "gw.example",
                gateway.spool(),
                gateway.events::add,
                ReverseNames.UNASKED,
                Authenticator.NOBODY,
                space,
                timeouts,
                Clock.systemUTC());
        var listener = new ListenerSettings(
                "in",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                "default",
                List.of(new SenderGroup("ALL", List.of(new Member.All()), policy)),
                RecipientAccess.NOBODY);
        var intake = Intake.open(List.of(listener), services, new AtomicLong()::incrementAndGet);
        opened.add(intake);
        intake.start();
        return intake.addresses().values().iterator().next();
    }

    private static MailFlowPolicy relay(int maxConnections) {
        var relay = MailFlowPolicy.of("RELAY", MailFlowPolicy.Action.RELAY);
        var usual = relay.limits();
        return new MailFlowPolicy(
                relay.name(),
                relay.action(),
                relay.dane(),
                MailFlowPolicy.TlsOffer.NONE,
                relay.auth(),
                new MailFlowPolicy.Limits(
                        usual.maxMessageBytes(),
                        usual.maxRecipients(),
                        usual.maxMessages(),
                        maxConnections,
                        usual.rates()));
    }

    private static Telnet greeted(InetSocketAddress listener) throws IOException {
        Telnet client = Telnet.to(listener);
        client.reply();
        client.say("EHLO client.example");
        return client;
    }

    private static String chunk(String octets, String last) {
        return "BDAT " + octets.length() + last + "\r\n" + octets;
    }

    /// The ways in which the octets can come: what is said behind the envelope, in packets.
    private static List<List<String>> ways(String end) {
        String whole = FIRST + end + SECOND;
        int amid = FIRST.length() + (end.length() + 1) / 2;
        return List.of(
                List.of("DATA\r\n", whole, ".\r\n"),
                List.of(("DATA\r\n" + whole + ".\r\n").split("", -1)),
                List.of("DATA\r\n", whole.substring(0, amid), whole.substring(amid), ".\r\n"),
                List.of("DATA\r\n", end + SECOND, ".\r\n"),
                List.of(chunk(whole, " LAST")),
                List.of(chunk(whole.substring(0, amid), ""), chunk(whole.substring(amid), " LAST")),
                List.of(chunk(FIRST + end, " LAST"), chunk(SECOND, "")));
    }

    /// The exam in smuggling: every false end of [org.danelaw.smtp.SmugglingTest], in every way that it can come.
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.danelaw.smtp.SmugglingTest#falseEnds")
    void aFalseEndArrivesAsOneMessageOrNone(String name, String end) throws Exception {
        var listener = listen(relay(100), ServerTimeouts.DEFAULT);
        gateway.start();
        for (var packets : ways(end)) {
            int before = host.mails().size();
            boolean taken = isTaken(listener, packets);
            gateway.awaitEmptySpool();
            var arrived = host.mails().subList(before, host.mails().size());
            assertThat(arrived).as("%s in %s", name, packets).hasSize(taken ? 1 : 0);
            arrived.forEach(ThroughTheGatewayTest::assertClean);
        }
    }

    private static void assertClean(Mail mail) {
        assertThat(mail.recipients()).singleElement().asString().contains("bob");
        assertThat(mail.content())
                .doesNotContainPattern("\r(?!\n)|(?<!\r)\n|\0")
                .endsWith("\r\n");
    }

    /// Says it, and returns whether a message was taken.
    private static boolean isTaken(InetSocketAddress listener, List<String> packets) throws IOException {
        try (Telnet client = greeted(listener)) {
            for (String line : ENVELOPE) {
                assertThat(client.say(line)).startsWith("250");
            }
            for (String packet : packets) {
                client.send(packet);
            }
            client.send("QUIT\r\n");
            var said = client.rest()
                    .lines()
                    .filter(line -> !line.startsWith("354"))
                    .toList();
            assertThat(said.stream().filter(line -> line.contains("queued as")).count())
                    .isLessThanOrEqualTo(1);
            assertThat(said).anyMatch(line -> line.matches("250 .*queued as.*|550 .*closing the connection"));
            return said.stream().anyMatch(line -> line.contains("queued as"));
        }
    }

    private static String mail(Telnet client) throws IOException {
        for (String line : ENVELOPE) {
            String reply = client.say(line);
            if (!reply.startsWith("250")) {
                return reply;
            }
        }
        client.send(chunk(FIRST, " LAST"));
        return client.reply();
    }

    @Test
    void whatIsQueuedIsDeliveredWhileNewMailFindsNoRoom() throws Exception {
        var listener = listen(relay(100), ServerTimeouts.DEFAULT);
        try (Telnet client = greeted(listener)) {
            assertThat(mail(client)).startsWith("250");
            assertThat(mail(client)).startsWith("250");
            free.set(1);
            assertThat(mail(client)).isEqualTo("452 4.3.1 there is no room for mail now, try again later");
            gateway.start().awaitEmptySpool();
            assertThat(host.mails()).hasSize(2).allMatch(Mail::accepted);

            assertThat(mail(client)).startsWith("452");
            free.set(Long.MAX_VALUE);
            assertThat(mail(client)).startsWith("250");
        }
    }

    @Test
    void aClientThatTricklesHoldsNoPlaceOfOthersAndItsOwnNotForLong() throws Exception {
        var usual = ServerTimeouts.DEFAULT;
        var hasty = new ServerTimeouts(
                usual.idle(), Duration.ofSeconds(5), usual.handshake(), usual.reply(), usual.failedLogin());
        var listener = listen(relay(1), hasty);
        try (Telnet trickling = greeted(listener)) {
            for (String line : ENVELOPE) {
                trickling.say(line);
            }
            var drops = Thread.ofVirtual().start(() -> trickle(trickling));
            try (Telnet more = Telnet.to(listener);
                    Telnet other = new Telnet(new Socket(
                            listener.getAddress(), listener.getPort(), InetAddress.ofLiteral("127.0.0.2"), 0))) {
                assertThat(more.reply()).startsWith("421");
                other.reply();
                other.say("EHLO other.example");
                assertThat(mail(other)).startsWith("250");
            }
            assertThat(trickling.rest()).endsWith("421 4.4.2 you were silent for too long, closing the connection\r\n");
            drops.join();
        }
        gateway.await("a place for the next client", () -> isWelcome(listener));
    }

    private static void trickle(Telnet client) {
        try {
            client.send("BDAT 1000000 LAST\r\n");
            while (true) {
                client.send("x");
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException closed) {
            assertThat(closed).isInstanceOf(IOException.class);
        }
    }

    private static boolean isWelcome(InetSocketAddress listener) {
        try (Telnet client = Telnet.to(listener)) {
            return client.reply().startsWith("220");
        } catch (IOException refused) {
            return false;
        }
    }

    /// What the host of the recipient lacks, as the sender hears of it.
    static Stream<Arguments> shortfalls() {
        return Stream.of(
                Arguments.of("5.6.3", "8BITMIME", List.of("SMTPUTF8"), "bob@two.example", " BODY=8BITMIME", "\u00e5"),
                Arguments.of("5.6.7", "SMTPUTF8", List.of("8BITMIME"), "b\u00e5@two.example", " SMTPUTF8", "x"),
                Arguments.of("5.6.7", "SMTPUTF8", List.of("8BITMIME"), "bob@two.example", " SMTPUTF8", "\u00e5"));
    }

    @ParameterizedTest
    @MethodSource("shortfalls")
    void theSenderHearsOfWhatTheRecipientsHostLacks(
            String status, String lacking, List<String> offered, String recipient, String parameters, String subject)
            throws Exception {
        try (var lacks = MailHost.named("mx.two.example")
                        .offering(offered.toArray(String[]::new))
                        .start();
                var whole = MailHost.named("mx.org.example")
                        .offering("8BITMIME", "SMTPUTF8")
                        .keeping(Keep.CONTENTS)
                        .start()) {
            gateway.peer(ADDRESS, lacks.port()).peer("198.51.100.2", whole.port());
            gateway.facts
                    .mx("org.example", MxTrust.INSECURE, "mx.org.example")
                    .host("mx.org.example", "198.51.100.2", Facts.none());
            try (Telnet client = greeted(listen(relay(100), ServerTimeouts.DEFAULT))) {
                assertThat(client.say("MAIL FROM:<alice@org.example>" + parameters))
                        .startsWith("250");
                assertThat(client.say(utf8("RCPT TO:<" + recipient + ">"))).startsWith("250");
                client.say("DATA");
                assertThat(client.say(utf8("Subject: " + subject + "\r\n\r\nx\r\n.")))
                        .startsWith("250");
            }
            gateway.start().awaitEmptySpool();
            assertThat(lacks.mails()).isEmpty();
            assertThat(whole.mails()).singleElement().satisfies(report -> {
                assertThat(report.sender()).isEmpty();
                assertThat(report.recipients()).containsExactly("alice@org.example");
                assertThat(report.content())
                        .contains("multipart/report", "\r\nAction: failed\r\n", "\r\nStatus: " + status + "\r\n")
                        .contains("the server has no " + lacking);
            });
        }
    }

    /// Its octets, one character each, as they go over the wire.
    private static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
