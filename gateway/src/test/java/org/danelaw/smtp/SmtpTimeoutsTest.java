package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each of the client's time-outs of RFC 5321 section 4.5.3.2 has the RFC's figure and applies to its own step: a
/// server falls silent there, and only that time-out is short.
@Timeout(60)
final class SmtpTimeoutsTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(10);

    /// What the server says, one after the other: the greeting, and then an answer to each line of the client.
    private static final List<String> SAYS = List.of(
            "220 mx.example\r\n", "250 mx.example\r\n", "250 sender ok\r\n", "250 recipient ok\r\n", "354 go on\r\n");

    @Test
    void theDefaultsAreTheFiguresOfTheRfc() {
        assertThat(SmtpTimeouts.RFC_5321.greeting()).as("4.5.3.2.1").isEqualTo(Duration.ofMinutes(5));
        assertThat(SmtpTimeouts.RFC_5321.command()).as("4.5.3.2.2, 4.5.3.2.3").isEqualTo(Duration.ofMinutes(5));
        assertThat(SmtpTimeouts.RFC_5321.dataInitiation()).as("4.5.3.2.4").isEqualTo(Duration.ofMinutes(2));
        assertThat(SmtpTimeouts.RFC_5321.dataBlock()).as("4.5.3.2.5").isEqualTo(Duration.ofMinutes(3));
        assertThat(SmtpTimeouts.RFC_5321.dataTermination()).as("4.5.3.2.6").isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "0, the connection, greeting",
        "1, EHLO, command",
        "2, MAIL, command",
        "3, RCPT, command",
        "4, DATA, data initiation",
        "5, the end of the data, data termination"
    })
    void aServerThatFallsSilentIsGivenUpInTheTimeOfThatStep(int says, String step, String which) throws Exception {
        try (var server = new SilentServer(says)) {
            assertThatThrownBy(() -> send(server, ClientTranscriptTest.content("Subject: x\r\n"), onlyShort(which)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the server did not answer " + step + " within 300 ms");
        }
    }

    @Test
    void aServerThatTakesNoDataIsGivenUpInTheTimeOfABlock() throws Exception {
        try (var server = new SilentServer(5)) {
            var muchMoreThanBuffersHold = "x".repeat(70) + "\r\n";
            var content = ClientTranscriptTest.content(muchMoreThanBuffersHold.repeat(300_000));
            assertThatThrownBy(() -> send(server, content, onlyShort("data block")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the peer took no octet for 300 ms");
        }
    }

    @Test
    void aServerThatDoesNotAnswerQuitIsLeft() throws Exception {
        try (var server = new SilentServer(2)) {
            var client = SmtpClient.over(server.connect(), onlyShort("nothing"));
            client.greeting();
            client.hello("client.example");
            client.quit();

            assertThat(client.socket().isClosed()).isTrue();
        }
    }

    private static SmtpTimeouts onlyShort(String which) {
        return new SmtpTimeouts(
                which.equals("greeting") ? SHORT : LONG,
                which.equals("command") ? SHORT : LONG,
                which.equals("data initiation") ? SHORT : LONG,
                which.equals("data block") ? SHORT : LONG,
                which.equals("data termination") ? SHORT : LONG);
    }

    private static void send(SilentServer server, Content content, SmtpTimeouts timeouts) throws IOException {
        try (var client = SmtpClient.over(server.connect(), timeouts)) {
            client.greeting();
            client.hello("client.example");
            var recipient = new Envelope.Recipient(new Address("bob", "dest.example"));
            client.send(
                    new Envelope(Optional.empty(), List.of(recipient), Envelope.Needs.NONE, Envelope.Dsn.NONE),
                    content);
        }
    }

    /// Says the first so many of [#SAYS], then nothing, and takes no data, until it is closed.
    private static final class SilentServer implements AutoCloseable {
        private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final Thread thread;

        SilentServer(int says) throws IOException {
            thread = Thread.ofVirtual().start(() -> serve(SAYS.subList(0, says)));
        }

        Socket connect() throws IOException {
            return new Socket(listening.getInetAddress(), listening.getLocalPort());
        }

        private void serve(List<String> says) {
            try (var client = new Telnet(listening.accept())) {
                for (var answer : says) {
                    client.send(answer);
                    if (!answer.startsWith("354")) {
                        client.awaitLine();
                    }
                }
                Thread.sleep(LONG);
            } catch (IOException | InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
            thread.interrupt();
        }
    }
}
