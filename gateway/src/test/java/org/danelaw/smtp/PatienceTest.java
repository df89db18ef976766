package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers that are slow, silent, half gone or never done: each is given up in bounded time, and nothing is taken from
/// it that is not whole.
@Timeout(120)
final class PatienceTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final ServerTimeouts HASTY = new ServerTimeouts(SHORT, LONG, SHORT, SHORT, SHORT);
    private static final ServerTimeouts HASTY_FOR_MESSAGES = new ServerTimeouts(LONG, SHORT, LONG, LONG, SHORT);
    private static final String UP_TO_DATA =
            "EHLO client.example\r\nMAIL FROM:<alice@org.example>\r\nRCPT TO:<bob@dest.example>\r\nDATA\r\n";

    private final MemoryReception reception =
            new MemoryReception(Optional.of(TestIdentity.ec().serverContext()));

    @ParameterizedTest
    @ValueSource(strings = {"", "EHL", "EHLO client.example\r\n", UP_TO_DATA, UP_TO_DATA + "Subject: x\r\n.\r"})
    void aSilentClientIsToldSoAndLetGo(String said) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception, HASTY)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.send(said);
                assertThat(client.rest())
                        .endsWith("421 4.4.2 you were silent for too long, closing the connection\r\n");
            }
            server.join();
        }
        assertThat(reception.taken).isEmpty();
        assertThat(reception.closed).hasSameSizeAs(reception.begun);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NOOP ", UP_TO_DATA})
    void aClientThatTricklesIsLetGoAfterTheTimeForAMessage(String said) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception, HASTY_FOR_MESSAGES)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.send(said);
                Thread trickling = Thread.ofVirtual().start(() -> trickle(client));
                assertThat(client.rest())
                        .endsWith("421 4.4.2 you were silent for too long, closing the connection\r\n");
                trickling.join();
            }
            server.join();
        }
        assertThat(reception.taken).isEmpty();
    }

    private static void trickle(Telnet client) {
        try {
            while (true) {
                client.send("x");
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException closed) {
            assertThat(closed).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHandshakeThatDoesNotComeIsGivenUp() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception, HASTY)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.reply();
                client.say("EHLO client.example");
                client.say("STARTTLS");
                // The head of a TLS record that says that 16 KB follow; they do not.
                client.send("\u0016\u0003\u0001@\u0000");
                assertThat(restOrReset(client)).isEmpty();
            }
            server.join();
        }
        assertThat(reception.tls).singleElement().asString().startsWith("failed: it took longer than");
    }

    @Test
    void aClientThatTakesNoRepliesIsLetGo() throws Exception {
        try (ServerUnderTest server =
                        new ServerUnderTest(reception, new ServerTimeouts(LONG, LONG, LONG, SHORT, SHORT));
                Socket client = server.connect()) {
            client.setReceiveBufferSize(4096);
            String unknown = "HELP\r\n".repeat(1000);
            assertThatThrownBy(() -> {
                        while (true) {
                            client.getOutputStream().write(unknown.getBytes(StandardCharsets.US_ASCII));
                        }
                    })
                    .isInstanceOf(SocketException.class);
            server.join();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "EHL",
                "EHLO client.example\r\n",
                UP_TO_DATA,
                UP_TO_DATA + "x",
                UP_TO_DATA + "x\r\n.",
                UP_TO_DATA + "x\r\n.\r",
                UP_TO_DATA + "x\r\n.\n"
            })
    void aClientThatClosesItsHalfIsAnsweredAndNothingElseIsTaken(String said) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.send(said);
                client.halfClose();
                String heard = client.rest();
                assertThat(heard).startsWith("220 ");
                assertThat(heard.lines().count()).isEqualTo(1 + replies(said));
            }
            server.join();
        }
        assertThat(reception.taken).isEmpty();
        assertThat(reception.closed).hasSameSizeAs(reception.begun);
    }

    private static int replies(String said) {
        return said.startsWith(UP_TO_DATA) ? 12 : said.endsWith("\r\n") ? 9 : 0;
    }

    @Test
    void aClientThatClosesItsHalfBehindQuitGetsItsMessageTaken() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            client.send(UP_TO_DATA + "x\r\n.\r\nQUIT\r\n");
            client.halfClose();
            assertThat(client.rest()).endsWith("250 2.0.0 taken\r\n221 2.0.0 bye\r\n");
        }
        assertThat(reception.taken).hasSize(1);
    }

    @Test
    void aServerThatTakesNoDataIsGivenUp() throws Exception {
        assertThatThrownBy(() -> sendTo("220 mx\r\n", "250-mx\r\n250 PIPELINING\r\n", "250 ok\r\n250 ok\r\n354 go\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the peer took no octet for");
    }

    @Test
    void aReplyThatTricklesIsGivenUp() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofVirtual().start(() -> {
                try (Telnet server = new Telnet(listening.accept())) {
                    server.send("220-");
                    trickle(server);
                } catch (IOException gone) {
                    throw new IllegalStateException(gone);
                }
            });
            try (SmtpClient client = connect(listening)) {
                assertThatThrownBy(client::greeting)
                        .isInstanceOf(IOException.class)
                        .hasMessage("the server did not answer the connection within 300 ms");
            }
            peer.join();
        }
    }

    @Test
    void aReplyWithoutEndIsGivenUp() throws Exception {
        assertThatThrownBy(() -> sendTo("220-mx\r\n".repeat(200)))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer to the connection is no SMTP reply: it has more than 100 lines");
        assertThatThrownBy(() -> sendTo("220 " + "x".repeat(100_000)))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer to the connection is no SMTP reply: a line of it is longer than 512 octets");
    }

    @Test
    void aReplyAtItsLimitsIsRead() throws Exception {
        String line = "x".repeat(SmtpLimits.REPLY_LINE - 6);
        assertThatThrownBy(() -> sendTo(("220-" + line + "\r\n").repeat(SmtpLimits.REPLY_LINES - 1) + "220 x\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("the server did not answer EHLO within 300 ms");
    }

    @Test
    void aMessageShorterThanItSaysIsNotEnded() throws Exception {
        assertThatThrownBy(() -> sendToOurServer(envelope(), truncated(100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("our own copy of the message has 3 octets where 100 are due");
        assertThat(reception.taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\r\n", "a\rb\r\n", "\n", "a\r", "\r\r\n"})
    void aBareCrOrLfIsNeverSent(String content) {
        assertThatThrownBy(() -> sendToOurServer(envelope(), ClientTranscriptTest.content(content)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(reception.taken).isEmpty();
    }

    @Test
    void anEnvelopeCannotMakeASecondCommand() {
        Envelope evil = new Envelope(
                Optional.empty(),
                List.of(new Envelope.Recipient(new Address("bob>\r\nRCPT TO:<eve", "dest.example"))),
                Envelope.Needs.NONE,
                Envelope.Dsn.NONE);
        assertThatThrownBy(() -> sendToOurServer(evil, ClientTranscriptTest.content("x\r\n")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(reception.begun).isEmpty();
    }

    private void sendToOurServer(Envelope envelope, Content content) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            try (SmtpClient client = SmtpClient.over(server.connect(), SmtpTimeouts.RFC_5321)) {
                client.greeting();
                client.hello("client.example");
                client.send(envelope, content);
            } finally {
                server.join();
            }
        }
    }

    /// Sends a large message to a server that says these things, one for each thing said to it, and then nothing.
    private static void sendTo(String... says) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofVirtual().start(() -> {
                try (Telnet server = new Telnet(listening.accept())) {
                    for (String say : says) {
                        server.send(say);
                        server.awaitLine();
                    }
                    Thread.sleep(Duration.ofMinutes(10));
                } catch (IOException | InterruptedException over) {
                    Thread.currentThread().interrupt();
                }
            });
            try (SmtpClient client = connect(listening)) {
                client.greeting();
                client.hello("client.example");
                client.send(envelope(), endless());
            } finally {
                peer.interrupt();
            }
        }
    }

    private static SmtpClient connect(ServerSocket listening) throws IOException {
        Socket socket = new Socket(listening.getInetAddress(), listening.getLocalPort());
        return SmtpClient.over(socket, new SmtpTimeouts(SHORT, SHORT, LONG, SHORT, SHORT));
    }

    private static Envelope envelope() {
        return new Envelope(
                Optional.empty(),
                List.of(new Envelope.Recipient(new Address("bob", "dest.example"))),
                Envelope.Needs.NONE,
                Envelope.Dsn.NONE);
    }

    private static Content truncated(long size) {
        Content whole = ClientTranscriptTest.content("x\r\n");
        return new Content() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return whole.open();
            }
        };
    }

    private static Content endless() {
        byte[] lines = ("x".repeat(70) + "\r\n").repeat(100).getBytes(StandardCharsets.US_ASCII);
        return new Content() {
            @Override
            public long size() {
                return Long.MAX_VALUE;
            }

            @Override
            public InputStream open() {
                Enumeration<InputStream> pieces = Collections.enumeration(Collections.nCopies(100_000, lines).stream()
                        .<InputStream>map(ByteArrayInputStream::new)
                        .toList());
                return new SequenceInputStream(pieces);
            }
        };
    }

    private static String restOrReset(Telnet client) {
        try {
            return client.rest();
        } catch (IOException reset) {
            return "";
        }
    }
}
