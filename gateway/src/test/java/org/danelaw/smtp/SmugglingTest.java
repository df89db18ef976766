package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Octets that some servers take for the end of a message and others do not. Behind each stands a second message; it
/// must never become one, and no bare CR or LF may be stored.
@Timeout(120)
final class SmugglingTest {
    private static final String SECOND = String.join(
            "\r\n",
            "MAIL FROM:<admin@org.example>",
            "RCPT TO:<victim@dest.example>",
            "DATA",
            "Subject: smuggled",
            "",
            "smuggled");
    private static final String END = "\r\n.\r\n";

    static Stream<Arguments> falseEnds() {
        return Stream.of(
                Arguments.of("a dot between bare LFs", "\n.\n"),
                Arguments.of("a bare LF before the dot", "\n.\r\n"),
                Arguments.of("a bare LF behind the dot", "\r\n.\n"),
                Arguments.of("a dot between bare CRs", "\r.\r"),
                Arguments.of("a bare CR before the dot", "\r.\r\n"),
                Arguments.of("a bare CR behind the dot", "\r\n.\r"),
                Arguments.of("a bare CR before and a bare LF behind", "\r.\n"),
                Arguments.of("a bare LF before and a bare CR behind", "\n.\r"),
                Arguments.of("CR CR LF before the dot", "\r\r\n.\r\n"),
                Arguments.of("CR CR LF behind the dot", "\r\n.\r\r\n"),
                Arguments.of("LF CR before the dot", "\n\r.\r\n"),
                Arguments.of("LF CR on both sides", "\n\r.\n\r"),
                Arguments.of("LF LF before the dot", "\n\n.\r\n"),
                Arguments.of("a NUL before the dot", "\r\n\0.\r\n"),
                Arguments.of("a NUL behind the dot", "\r\n.\0\r\n"),
                Arguments.of("a NUL between dot and CR LF and no CR", "\r\n.\0\n"),
                Arguments.of("a NUL within the CR LF before", "\r\0\n.\r\n"),
                Arguments.of("a NUL within the CR LF behind", "\r\n.\r\0\n"),
                Arguments.of("a blank behind the dot", "\r\n. \r\n"),
                Arguments.of("two dots", "\r\n..\r\n"),
                Arguments.of("a dot behind other white space", "\r\n \t.\r\n"),
                Arguments.of("a vertical tab for a line end", "\u000b.\u000b"),
                Arguments.of("a form feed for a line end", "\f.\f"),
                Arguments.of("a NEL for a line end", "\u0085.\u0085"),
                Arguments.of("a full-width dot in UTF-8", "\r\n\u00ef\u00bc\u008e\r\n"),
                Arguments.of("a dot with its high bit set", "\r\n\u00ae\r\n"),
                Arguments.of("CR LF with their high bits set", "\u008d\u008a.\u008d\u008a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseEnds")
    void aFalseEndNeverMakesTwoMessages(String name, String end) throws Exception {
        assertOneMessageOrARefusal(end, whole -> new String[] {whole});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseEnds")
    void norDoesItWhereEachOctetComesInAPacketOfItsOwn(String name, String end) throws Exception {
        assertOneMessageOrARefusal(end, whole -> whole.split("", -1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseEnds")
    void norAtTheVeryBeginningOfTheData(String name, String end) throws Exception {
        MemoryReception reception = new MemoryReception();
        String said = converse(reception, new String[] {end + SECOND + END});
        assertOneOrNone(reception, said);
    }

    private static void assertOneMessageOrARefusal(String end, java.util.function.Function<String, String[]> packets)
            throws Exception {
        MemoryReception reception = new MemoryReception();
        String said = converse(reception, packets.apply("Subject: first\r\n\r\nfirst" + end + SECOND + END));
        assertOneOrNone(reception, said);
    }

    /// Sends a first message with these packets as its data, and returns what the server says to them.
    private static String converse(MemoryReception reception, String[] packets) throws Exception {
        try (ServerUnderTest server = new ServerUnderTest(reception)) {
            String said = converse(server, packets);
            server.join();
            return said;
        }
    }

    private static String converse(ServerUnderTest server, String[] packets) throws Exception {
        try (Telnet client = new Telnet(server.connect())) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            client.say("RCPT TO:<bob@dest.example>");
            client.say("DATA");
            for (String packet : packets) {
                client.send(packet);
            }
            client.send("QUIT\r\n");
            return client.rest();
        }
    }

    private static void assertOneOrNone(MemoryReception reception, String said) {
        assertThat(reception.begun).as("transactions that the server saw").hasSize(1);
        assertThat(said).matches("250 [^\r\n]*\r\n221 [^\r\n]*\r\n|550 [^\r\n]*, closing the connection\r\n");
        assertThat(reception.taken).hasSize(said.startsWith("250") ? 1 : 0);
        reception.taken.forEach(taken -> {
            assertThat(taken.recipients())
                    .extracting(to -> to.address().localPart())
                    .containsExactly("bob");
            assertThat(taken.content())
                    .doesNotContainPattern("\r(?!\n)|(?<!\r)\n|\0")
                    .contains("smuggled");
        });
    }

    @Test
    void theTrueEndMakesTwoMessages() throws Exception {
        MemoryReception reception = new MemoryReception();
        String said = converse(reception, new String[] {"first" + END + SECOND + END});
        assertThat(said).startsWith("250").endsWith("221 2.0.0 bye\r\n");
        assertThat(reception.taken).hasSize(2);
    }

    @Test
    void theTrueEndMayComeOctetByOctet() throws Exception {
        MemoryReception reception = new MemoryReception();
        converse(reception, ("first" + END + SECOND + END).split("", -1));
        assertThat(reception.taken).hasSize(2);
    }
}
