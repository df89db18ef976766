package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A session that is ended from outside while its client is in the middle of a message.
@Timeout(120)
final class CutOffTest {
    private static final String SHUTTING_DOWN = "421 4.3.2 this gateway is shutting down\r\n";

    private final MemoryReception reception =
            new MemoryReception(Optional.of(TestIdentity.ec().serverContext()));

    @Test
    void aMessageThatIsBeingStoredGetsItsAnswerAndThenThe421() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            startData(client, "slow");
            client.send("x\r\n.\r\n");
            reception.storing.await();
            server.server().cutOff();
            assertThat(client.hasInput()).isFalse();
            reception.mayStore.countDown();

            assertThat(client.rest()).isEqualTo("250 2.0.0 taken\r\n" + SHUTTING_DOWN);
        }
        assertThat(reception.taken).hasSize(1);
    }

    @Test
    void aMessageThatEndsBehindThe421IsNotTaken() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            try (Telnet client = new Telnet(server.connect())) {
                startData(client, "bob");
                server.server().cutOff();
                client.send("x\r\n.\r\n");

                assertThat(client.rest()).isEqualTo(SHUTTING_DOWN);
            }
            server.join();
        }
        assertThat(reception.taken).isEmpty();
        assertThat(reception.aborted).containsExactly("the gateway is shutting down");
    }

    @Test
    void aClientUnderTlsIsToldToo() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            client.reply();
            client.say("EHLO client.example");
            client.startTls();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            server.server().cutOff();

            assertThat(client.rest()).isEqualTo(SHUTTING_DOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH PLAIN", "AUTH LOGIN", "AUTH LOGIN YWxpY2U="})
    void aClientThatIsAskedForItsPasswordIsTold(String prompt) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            client.reply();
            client.say("EHLO client.example");
            client.startTls();
            client.say("EHLO client.example");
            assertThat(client.say(prompt)).startsWith("334");
            server.server().shutDown();

            assertThat(client.rest()).isEqualTo(SHUTTING_DOWN);
        }
        assertThat(reception.shown).isEmpty();
    }

    private static void startData(Telnet client, String recipient) throws Exception {
        client.reply();
        client.say("EHLO client.example");
        client.say("MAIL FROM:<alice@org.example>");
        client.say("RCPT TO:<" + recipient + "@dest.example>");
        assertThat(client.say("DATA")).startsWith("354");
    }
}
