package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A client that is refused for now, by our own wish, has done nothing wrong: it is not counted among the idle.
@Timeout(120)
final class PutOffTest {
    private static final int TIMES = SmtpLimits.IDLE_COMMANDS;

    private final MemoryReception reception = new MemoryReception();

    @Test
    void whatAClientPipelinesBehindAMailThatIsPutOffDoesNotCount() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            client.reply();
            client.say("EHLO client.example");
            for (int i = 0; i < TIMES; i++) {
                client.send("MAIL FROM:<too-fast@org.example>\r\nRCPT TO:<bob@dest.example>\r\nDATA\r\n");
                assertThat(client.reply()).isEqualTo("450 4.7.1 not so fast");
                assertThat(client.reply()).startsWith("503");
                assertThat(client.reply()).startsWith("503");
            }
            assertThat(client.say("MAIL FROM:<alice@org.example>")).startsWith("250");
        }
    }

    @Test
    void behindOneThatIsRefusedForGoodItDoes() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<refused@org.example>");
            // The hello counts too.
            for (int i = 1; i < TIMES; i++) {
                assertThat(client.say("RCPT TO:<bob@dest.example>")).startsWith("503");
            }
            assertThat(client.rest())
                    .isEqualTo("421 4.7.0 too many commands and no message, closing the connection\r\n");
        }
    }
}
