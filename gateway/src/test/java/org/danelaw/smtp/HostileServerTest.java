package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/// Servers that answer anything, in pieces of any size: the client ends with an answer for the message, or with an
/// [IOException] that says in words what happened, and never takes for a delivery what was none.
class HostileServerTest {
    /// A reply of a hundred lines for each command, and the buffers of a connection.
    private static final long MOST_OCTETS = 16L << 20;

    private static final String BODY = "Subject: hello\r\n\r\n.dots\r\n";

    private static final List<String> DIALOGUES = List.of("""
            220 mx.example ESMTP
            250-mx.example
            250-PIPELINING
            250-SIZE 100000
            250-8BITMIME
            250-STARTTLS
            250 SMTPUTF8
            250 2.1.0 ok
            250 2.1.5 ok
            550 5.1.1 no such user
            354 go ahead
            250 2.0.0 taken
            221 bye
            """, """
            220-mx.example
            220-takes
            220 its time
            500 what
            250 mx.example
            250 ok
            250 ok
            451-later
            451 maybe
            354 go
            452 full
            221 bye
            """, """
            220 mx.example
            250-mx.example
            250 DSN
            421 4.3.2 closing
            """);

    private static final List<String> FRAGMENTS = List.of(
            "\r",
            "\n",
            "\r\n",
            "\0",
            "-",
            " ",
            "2",
            "3",
            "4",
            "5",
            "250",
            "250-",
            "354 ",
            "421 bye\r\n",
            "550 no\r\n",
            "\t",
            "\u00ff",
            "\u00e2\u0080\u00a8",
            "\u00c2\u0085",
            "SIZE 99999999999999999999",
            "a".repeat(600),
            " ".repeat(480),
            "250-again\r\n".repeat(120),
            "550-no\r\n".repeat(98));

    @Test
    void noServerMakesTheClientGoWrong() throws InterruptedException {
        new Fuzz("fuzz-smtp-replies", MOST_OCTETS)
                .run(HostileServerTest::tried, "broken", "unfit", "refused", "delivered");
    }

    private static String tried(RandomGenerator random) throws IOException {
        String said = said(random);
        var socket = new MemorySocket(Pieces.of(said, random));
        try (var client = SmtpClient.over(socket, SmtpTimeouts.RFC_5321)) {
            String word = converse(client);
            client.quit();
            assertThat(word.equals("delivered") && !said.contains("250"))
                    .as("a delivery that nobody confirmed")
                    .isFalse();
            return word;
        } catch (IOException broken) {
            assertThat(String.valueOf(broken.getMessage())).matches("\\P{Cntrl}{10,1500}");
            return "broken";
        }
    }

    private static String converse(SmtpClient client) throws IOException {
        if (!client.greeting().isPositive() || !client.hello("gw.example").isPositive()) {
            return "unfit";
        }
        var to = List.of("bob", "nobody").stream()
                .map(name -> new Envelope.Recipient(new Address(name, "dest.example")))
                .toList();
        var envelope = new Envelope(
                Optional.of(new Address("alice", "org.example")), to, Envelope.Needs.NONE, Envelope.Dsn.NONE);
        if (client.capabilities().shortfall(envelope, new Body()).isPresent()) {
            return "unfit";
        }
        var sent = client.send(envelope, new Body());
        return sent.data().filter(Reply::isPositive).isPresent() ? "delivered" : "refused";
    }

    private static String said(RandomGenerator random) {
        String dialogue = DIALOGUES.get(random.nextInt(DIALOGUES.size())).replace("\n", "\r\n");
        return random.nextInt(16) == 0 ? dialogue : Damaged.text(dialogue, FRAGMENTS, random);
    }

    /// A small message.
    private static final class Body implements Content {
        @Override
        public long size() {
            return BODY.length();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(BODY.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
