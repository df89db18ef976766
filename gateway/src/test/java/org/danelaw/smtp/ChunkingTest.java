package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Content in chunks (RFC 3030): what was counted is content and never a command, and what is not counted is never
/// content. Each dialogue is played twice: at once, and with each octet in a packet of its own.
@Timeout(120)
final class ChunkingTest {
    private static final String ENVELOPE = "MAIL FROM:<alice@org.example>\r\nRCPT TO:<bob@dest.example>\r\n";
    private static final String ADMITTED = "250 2.1.0 ok\n250 2.1.5 ok\n";
    private static final String TAKEN = "250 2.0.0 taken\n";
    private static final String FIRST = "503 5.5.1 say MAIL and RCPT first\n";
    private static final String IN_CHUNKS =
            "503 5.5.1 the content has begun in chunks: send them up to the last, or say RSET\n";
    private static final String BYE = "221 2.0.0 bye\n";

    private MemoryReception reception = new MemoryReception();

    private static String chunk(String octets) {
        return "BDAT " + octets.length() + "\r\n" + octets;
    }

    private static String last(String octets) {
        return "BDAT " + octets.length() + " LAST\r\n" + octets;
    }

    private static String read(int octets) {
        return "250 2.0.0 " + octets + " octets read\n";
    }

    /// What is said behind EHLO, what is answered, and the contents that are taken.
    static Stream<Arguments> dialogues() {
        String command = "RSET\r\nMAIL FROM:<eve@org.example>\r\n";
        return Stream.of(
                row(
                        "one chunk",
                        ENVELOPE + last("Subject: x\r\n\r\nx\r\n"),
                        ADMITTED + TAKEN,
                        "Subject: x\r\n\r\nx\r\n"),
                row(
                        "lines that go on in the next chunk",
                        ENVELOPE + chunk("Sub") + chunk("ject: x\r") + chunk("\n\r\n") + last("x\r\n"),
                        ADMITTED + read(3) + read(8) + read(3) + TAKEN,
                        "Subject: x\r\n\r\nx\r\n"),
                row("an empty last chunk", ENVELOPE + chunk("x\r\n") + last(""), ADMITTED + read(3) + TAKEN, "x\r\n"),
                row("an empty message", ENVELOPE + last(""), ADMITTED + TAKEN, ""),
                row("an empty chunk", ENVELOPE + chunk("") + last("x\r\n"), ADMITTED + read(0) + TAKEN, "x\r\n"),
                row("lower case", ENVELOPE + "bdat 3 last\r\nx\r\n", ADMITTED + TAKEN, "x\r\n"),
                row("a last line without its end gets one", ENVELOPE + last("x"), ADMITTED + TAKEN, "x\r\n"),
                row(
                        "dots are what they are",
                        ENVELOPE + last(".\r\n..\r\n.x\r\n.\r\n"),
                        ADMITTED + TAKEN,
                        ".\r\n..\r\n.x\r\n.\r\n"),
                row("what looks like commands", ENVELOPE + last(command), ADMITTED + TAKEN, command),
                row(
                        "two messages, the second with DATA",
                        ENVELOPE + last("x\r\n") + ENVELOPE + "DATA\r\ny\r\n.\r\n",
                        ADMITTED + TAKEN + ADMITTED + "354 go ahead, end with a dot on a line of its own\n" + TAKEN,
                        "x\r\n",
                        "y\r\n"),
                row("no sender", "RSET\r\n" + last(command), "250 2.0.0 ok\n" + FIRST),
                row(
                        "no recipient",
                        "MAIL FROM:<alice@org.example>\r\n" + chunk(command) + last(command),
                        "250 2.1.0 ok\n" + "554 5.5.1 there is no valid recipient\n".repeat(2)),
                row(
                        "only a recipient that is refused",
                        "MAIL FROM:<a@org.example>\r\nRCPT TO:<nobody@dest.example>\r\n" + last(command),
                        "250 2.1.0 ok\n550 5.1.1 no such user\n554 5.5.1 there is no valid recipient\n"),
                row(
                        "a sender that is refused, and all that a client sends behind it",
                        "MAIL FROM:<refused@org.example>\r\nRCPT TO:<bob@dest.example>\r\n" + chunk(command)
                                + last(command),
                        "550 5.7.1 not you\n503 5.5.1 say MAIL first\n" + FIRST + FIRST),
                row(
                        "a chunk behind the last",
                        ENVELOPE + last("x\r\n") + chunk(command) + last(command),
                        ADMITTED + TAKEN + FIRST + FIRST,
                        "x\r\n"),
                row(
                        "DATA behind a chunk",
                        ENVELOPE + chunk("x\r\n") + "DATA\r\n" + last("y\r\n"),
                        ADMITTED + read(3) + IN_CHUNKS + TAKEN,
                        "x\r\ny\r\n"),
                row(
                        "a recipient behind a chunk",
                        ENVELOPE + chunk("x\r\n") + "RCPT TO:<eve@dest.example>\r\n" + last(""),
                        ADMITTED + read(3) + IN_CHUNKS + TAKEN,
                        "x\r\n"),
                row(
                        "a sender behind a chunk",
                        ENVELOPE + chunk("x\r\n") + "MAIL FROM:<eve@dest.example>\r\n" + last(""),
                        ADMITTED + read(3) + "503 5.5.1 one message at a time: say RSET first\n" + TAKEN,
                        "x\r\n"),
                row(
                        "RSET between chunks",
                        ENVELOPE + chunk("x\r\n") + "RSET\r\n" + last(command) + ENVELOPE + last("y\r\n"),
                        ADMITTED + read(3) + "250 2.0.0 ok\n" + FIRST + ADMITTED + TAKEN,
                        "y\r\n"),
                row("QUIT between chunks", ENVELOPE + chunk("x\r\n"), ADMITTED + read(3)),
                row(
                        "a line that is too long",
                        ENVELOPE + chunk("x".repeat(999)) + last("\r\n"),
                        ADMITTED + "550 5.6.0 the message has a line of more than 1000 octets\n".repeat(2)),
                row(
                        "a spool that is full at once",
                        "MAIL FROM:<>\r\nRCPT TO:<full-at-once@dest.example>\r\n" + chunk(command) + last(command),
                        ADMITTED + "452 4.3.1 full\n".repeat(2)),
                row(
                        "a spool that is full at last",
                        "MAIL FROM:<>\r\nRCPT TO:<full-at-last@dest.example>\r\n" + chunk(command) + last(command),
                        ADMITTED + read(command.length()) + "452 4.3.1 full\n"));
    }

    private static Arguments row(String name, String said, String answered, String... contents) {
        return Arguments.of(name, said, answered, List.of(contents));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dialogues")
    void whatIsCountedIsContentAndNeverACommand(String name, String said, String answered, List<String> contents)
            throws Exception {
        for (String[] packets : List.of(new String[] {said}, said.split("", -1))) {
            reception = new MemoryReception();
            assertThat(converse(packets)).isEqualTo(answered + BYE);
            assertThat(reception.taken)
                    .extracting(MemoryReception.Taken::content)
                    .containsExactlyElementsOf(contents);
            assertThat(reception.closed).hasSameSizeAs(reception.begun);
        }
    }

    /// Says this in these packets, and QUIT; returns what is answered behind EHLO.
    private String converse(String... packets) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            String heard = converse(server, packets);
            server.join();
            return heard;
        }
    }

    private static String converse(ServerUnderTest server, String... packets) throws Exception {
        try (Telnet client = new Telnet(server.connect())) {
            client.reply();
            assertThat(client.wholeReplyTo("EHLO client.example"))
                    .contains("CHUNKING")
                    .doesNotContain("BINARYMIME");
            for (String packet : packets) {
                client.send(packet);
            }
            client.send("QUIT\r\n");
            return client.rest().replace("\r\n", "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BDAT",
                "BDAT ",
                "BDAT LAST",
                "BDAT x",
                "BDAT -1",
                "BDAT +1",
                "BDAT 0x10 LAST",
                "BDAT 1.5",
                "BDAT 1 2",
                "BDAT 5 LASTLY",
                "BDAT 5 LAST LAST",
                "BDAT 5  LAST",
                "BDAT  5",
                "BDAT\t5",
                "BDAT 5\0",
                "BDAT 5 LAST\u0001",
                "BDAT5",
                "bdat 9999999999999999",
                "BDAT 18446744073709551621 LAST",
                "BDAT 99999999999999999999999999999999999999999",
                "BDAT \u00b2",
                "BDAT \u00d9\u00a5"
            })
    void aSizeThatIsNoneEndsTheSession(String line) throws Exception {
        assertThat(converse(ENVELOPE + line + "\r\nNOOP\r\nRSET\r\n"))
                .isEqualTo(ADMITTED + "501 5.5.4 BDAT goes on with a number of octets, closing the connection\n");
        assertThat(reception.taken).isEmpty();
        assertThat(reception.closed).hasSameSizeAs(reception.begun);
    }

    @Test
    void aSizeInALineThatIsTooLongEndsTheSession() throws Exception {
        assertThat(converse(ENVELOPE + "BDAT 5" + " ".repeat(600) + "\r\nNOOP\r\n"))
                .endsWith("closing the connection\n");
        assertThat(converse("BDAT " + "0".repeat(20_000) + "5\r\nNOOP\r\n")).endsWith("closing the connection\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nb\r\n", "a\rb\r\n", "\n", "\r", "x\r", "\r\r\n", "x\r\n.\n", "x\r\n.\r", "a\0\r\n", "\0"})
    void aBareCrOrLfOrNulIsRefusedAsInData(String content) throws Exception {
        String data = converse(ENVELOPE + "DATA\r\n" + content + "\r\n.\r\n");
        String refusal = data.substring(data.indexOf("550 5.5.2"));
        assertThat(refusal).endsWith(" in it, closing the connection\n");
        assertThat(converse(ENVELOPE + last(content) + ENVELOPE + last("x\r\n")))
                .isEqualTo(ADMITTED + refusal);
        assertThat(converse(ENVELOPE + chunk(content) + last("x\r\n")))
                .isIn(ADMITTED + refusal, ADMITTED + read(content.length()) + refusal);
        assertThat(reception.taken).isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedAsSoonAsItIsSaidAndStillRead() throws Exception {
        String half = "x".repeat(70) + "\r\n";
        String large = half.repeat((int) MemoryReception.MAX_BYTES / half.length());
        String refusal = "552 5.3.4 the message is larger than 100000 octets\n";
        String two = ENVELOPE + chunk(large) + chunk(large) + last("RSET\r\n") + ENVELOPE + last("x\r\n");
        assertThat(converse(two))
                .isEqualTo(ADMITTED + read(large.length()) + refusal + refusal + ADMITTED + TAKEN + BYE);
        assertThat(reception.taken)
                .singleElement()
                .extracting(MemoryReception.Taken::content)
                .isEqualTo("x\r\n");
    }

    @Test
    void aChunkOfTheLargestSizeIsTaken() throws Exception {
        String largest = ("x".repeat(78) + "\r\n").repeat((int) MemoryReception.MAX_BYTES / 80);
        assertThat(converse(ENVELOPE + last(largest))).isEqualTo(ADMITTED + TAKEN + BYE);
        assertThat(converse(ENVELOPE + last(largest + "x"))).startsWith(ADMITTED + "552 ");
    }

    @Test
    void whatIsRefusedIsNotReadForEver() throws Exception {
        for (String before : List.of("", ENVELOPE)) {
            reception = new MemoryReception();
            var endless = before + "BDAT 999999999999999\r\n" + ("x".repeat(70) + "\r\n").repeat(1_000_000);
            var socket = new MemorySocket(
                    List.of(("EHLO client.example\r\n" + endless).getBytes(StandardCharsets.ISO_8859_1)));
            new SmtpServer(socket, reception, ServerTimeouts.DEFAULT).run();
            assertThat(new String(socket.told(), StandardCharsets.ISO_8859_1))
                    .endsWith(before.isEmpty() ? "say MAIL and RCPT first\r\n" : "larger than 100000 octets\r\n");
            assertThat(reception.closed).hasSameSizeAs(reception.begun);
        }
    }

    @Test
    void emptyChunksAloneDoNotKeepASessionOpen() throws Exception {
        assertThat(converse(ENVELOPE + chunk("").repeat(SmtpLimits.IDLE_COMMANDS)))
                .endsWith("421 4.7.0 too many commands and no message, closing the connection\n");
    }

    @Test
    void aClientThatWasTurnedAwayHasItsChunksReadAndRefused() throws Exception {
        reception = new MemoryReception(Optional.empty(), Reply.of(554, "no"));
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            client.send(last("QUIT\r\n") + "QUIT\r\n");
            assertThat(client.rest())
                    .isEqualTo("554 no\r\n503 5.7.1 you were turned away, say QUIT\r\n221 2.0.0 bye\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BDAT 5\r\n", "BDAT 5 LAST\r\nabcd", "BDAT 2\r\nx\r", "BDAT 3\r\nx\r\n"})
    void aChunkThatDoesNotComeIsGivenUp(String said) throws Exception {
        Duration soon = Duration.ofMillis(300);
        Duration late = Duration.ofMinutes(5);
        for (var timeouts : List.of(
                new ServerTimeouts(soon, late, late, late, soon), new ServerTimeouts(late, soon, late, late, soon))) {
            reception = new MemoryReception();
            try (ServerUnderTest server = new ServerUnderTest(reception, timeouts)) {
                try (Telnet client = new Telnet(server.connect())) {
                    client.send("EHLO client.example\r\n" + ENVELOPE + said);
                    assertThat(client.rest())
                            .endsWith("421 4.4.2 you were silent for too long, closing the connection\r\n");
                }
                server.join();
            }
            assertThat(reception.taken).isEmpty();
            assertThat(reception.closed).hasSameSizeAs(reception.begun);
        }
    }

    @Test
    void the250ComesOnlyWhenTheMessageIsStored() throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Telnet client = new Telnet(server.connect())) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<>");
            client.say("RCPT TO:<slow@dest.example>");
            client.send(last("x\r\n") + "NOOP\r\n");
            reception.storing.await();
            assertThat(client.hasInput()).isFalse();
            reception.mayStore.countDown();
            assertThat(client.reply()).isEqualTo("250 2.0.0 taken");
            assertThat(client.reply()).isEqualTo("250 2.0.0 ok");
        }
    }

    @Test
    void aClientThatBreaksOffAfterAnyOctetLeavesNothingBehindBeforeItsLast() throws Exception {
        String whole = "EHLO c\r\n" + ENVELOPE + chunk("Subject: x\r\n") + last("\r\nx\r\n");
        for (int cut = 0; cut <= whole.length(); cut++) {
            reception = new MemoryReception();
            var socket = new MemorySocket(List.of(whole.substring(0, cut).getBytes(StandardCharsets.ISO_8859_1)));
            new SmtpServer(socket, reception, ServerTimeouts.DEFAULT).run();
            assertThat(reception.taken).as("cut after %s octets", cut).hasSize(cut == whole.length() ? 1 : 0);
            assertThat(reception.closed).hasSameSizeAs(reception.begun);
        }
    }
}
