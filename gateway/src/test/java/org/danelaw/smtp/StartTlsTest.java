package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is said in clear text must not count behind TLS, on either side (RFC 3207 section 4.2, CVE-2011-0411).
@Timeout(120)
final class StartTlsTest {
    private static final TestIdentity IDENTITY = TestIdentity.ec();

    private final MemoryReception reception = new MemoryReception(Optional.of(IDENTITY.serverContext()));

    @Test
    void theServerObeysNothingThatCameBehindStartTlsInClearText() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.reply();
                client.say("EHLO client.example");
                client.send("STARTTLS\r\nMAIL FROM:<evil@org.example>\r\nRCPT TO:<bob@dest.example>\r\n");
                assertThat(client.rest()).startsWith("421 ").doesNotContain("250");
            }
            server.join();
        }
        assertThat(reception.begun).isEmpty();
        assertThat(reception.tls)
                .containsExactly("failed: the client, or somebody on the way, sent plain text behind STARTTLS");
    }

    @Test
    void norWhatComesInsteadOfTheHandshake() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.reply();
                client.say("EHLO client.example");
                assertThat(client.say("STARTTLS")).startsWith("220");
                client.send("MAIL FROM:<evil@org.example>\r\nRCPT TO:<bob@dest.example>\r\n");
                assertThat(client.rest()).doesNotContain("250");
            }
            server.join();
        }
        assertThat(reception.begun).isEmpty();
        assertThat(reception.tls).singleElement().asString().startsWith("failed: ");
    }

    @Test
    void whatTheServerKnewBeforeTlsIsForgotten() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            try (Telnet client = new Telnet(server.connect())) {
                client.reply();
                client.say("EHLO client.example");
                client.startTls();
                assertThat(client.say("MAIL FROM:<alice@org.example>")).startsWith("503");
                assertThat(client.say("EHLO client.example")).isEqualTo("250 SMTPUTF8");
                assertThat(client.say("STARTTLS")).startsWith("503");
                assertThat(client.say("MAIL FROM:<alice@org.example>")).startsWith("250");
                assertThat(client.say("QUIT")).startsWith("221");
                assertThat(client.rest()).isEmpty();
            }
            server.join();
        }
        assertThat(reception.tls).containsExactly("success");
    }

    @Test
    void ourClientAndOurServerTalkOverTls() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                SmtpClient client = SmtpClient.over(server.connect(), SmtpTimeouts.RFC_5321)) {
            client.greeting();
            client.hello("client.example");
            assertThat(client.capabilities().offers("STARTTLS")).isTrue();
            assertThat(client.startTls().code()).isEqualTo(220);
            client.continueOver(secured(client.socket()));
            assertThatThrownBy(client::capabilities).isInstanceOf(IllegalStateException.class);
            client.hello("client.example");
            assertThat(client.capabilities().offers("STARTTLS")).isFalse();
            for (int i = 0; i < 3; i++) {
                Transmission sent = client.send(envelope(), ClientTranscriptTest.content("x".repeat(70_000) + "\r\n"));
                assertThat(sent.data())
                        .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(550));
                sent = client.send(envelope(), ClientTranscriptTest.content(".x\r\n".repeat(20_000)));
                assertThat(sent.data())
                        .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(250));
            }
            client.quit();
            server.join();
        }
        assertThat(reception.taken)
                .hasSize(3)
                .allSatisfy(taken -> assertThat(taken.content()).isEqualTo(".x\r\n".repeat(20_000)));
    }

    @Test
    void theClientTakesNothingThatCameBehindTheAnswerInClearText() throws Exception {
        assertThatThrownBy(() -> startTlsAgainst("220 go ahead\r\n250-evil.example\r\n250 NOTHING\r\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("the server, or somebody on the way, sent plain text behind the answer to STARTTLS");
    }

    @Test
    void theClientIsToldOfARefusal() throws Exception {
        assertThat(startTlsAgainst("454 no TLS now\r\n")).isEqualTo(Reply.of(454, "no TLS now"));
    }

    /// A server that says hello and then this to STARTTLS.
    private static Reply startTlsAgainst(String answer) throws Exception {
        AtomicReference<String> asked = new AtomicReference<>("");
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofVirtual().start(() -> {
                try (Socket socket = listening.accept()) {
                    say(socket, "220 mx\r\n");
                    ServerTranscriptTest.readLine(socket.getInputStream());
                    say(socket, "250-mx\r\n250 STARTTLS\r\n");
                    asked.set(ServerTranscriptTest.readLine(socket.getInputStream()));
                    say(socket, answer);
                    socket.getInputStream().readAllBytes();
                } catch (IOException gone) {
                    asked.set("broken: " + gone);
                }
            });
            try (SmtpClient client = SmtpClient.over(
                    new Socket(listening.getInetAddress(), listening.getLocalPort()), SmtpTimeouts.RFC_5321)) {
                client.greeting();
                client.hello("client.example");
                return client.startTls();
            } finally {
                peer.join();
                assertThat(asked.get()).isEqualTo("STARTTLS\r\n");
            }
        }
    }

    private static void say(Socket socket, String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.US_ASCII));
    }

    private static Envelope envelope() {
        return new Envelope(
                Optional.empty(),
                List.of(new Envelope.Recipient(new Address("bob", "dest.example"))),
                Envelope.Needs.NONE,
                Envelope.Dsn.NONE);
    }

    private static Socket secured(Socket plain) throws Exception {
        SSLSocket secured =
                (SSLSocket) Telnet.credulous().getSocketFactory().createSocket(plain, "server", plain.getPort(), true);
        secured.startHandshake();
        return secured;
    }
}
