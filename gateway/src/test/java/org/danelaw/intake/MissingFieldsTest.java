package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.intake.IntakeUnderTest.NOON;
import static org.danelaw.intake.IntakeUnderTest.RELAY;
import static org.danelaw.intake.IntakeUnderTest.mail;
import static org.danelaw.intake.IntakeUnderTest.with;

import java.io.IOException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.danelaw.events.IntakeEvent;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.intake.MailFlowPolicy.Limits;
import org.danelaw.intake.MailFlowPolicy.Rates;
import org.danelaw.queue.SpoolFullException;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Telnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Date and Message-ID for mail that came without (RFC 6409 sections 8.2 and 8.3). Each message is handed in by DATA,
/// in one chunk, and in chunks of one octet.
@Timeout(120)
final class MissingFieldsTest {
    private static final MailFlowPolicy ACCEPT = MailFlowPolicy.of("INBOUND", Action.ACCEPT);
    private static final Pattern MESSAGE_ID =
            Pattern.compile("Message-ID: (<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@gw\\.example>)\r\n");
    private static final String DATE = "Date: "
            + DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss xx", Locale.US)
                    .format(ZonedDateTime.ofInstant(NOON, ZoneId.systemDefault()))
            + "\r\n";

    /// With the names of the fields that it covers.
    private static final String SIGNED =
            "DKIM-Signature: v=1; a=rsa-sha256; d=org.example; s=x;\r\n\th=%s;\r\n\tbh=eA==; b=eA==\r\n";

    private static final Address ALICE = new Address("alice", "org.example");

    private final IntakeUnderTest intake = new IntakeUnderTest();

    @AfterEach
    void stop() {
        intake.close();
    }

    /// What is handed in, without the bar, and what is added where the bar is: `{D}` a Date, `{M}` a Message-ID.
    static Stream<Arguments> messages() {
        return Stream.of(
                row("neither is there", "Subject: x\r\n|\r\nHello.\r\n", "{D}{M}"),
                row("both are there", "Date: x\r\nMessage-ID: <1@x>\r\n|\r\nHello.\r\n", ""),
                row("only a Date is there", "Date: x\r\nSubject: x\r\n|\r\nHello.\r\n", "{M}"),
                row("only a Message-ID is there", "Message-ID: <1@x>\r\nSubject: x\r\n|\r\nHello.\r\n", "{D}"),
                row("in another letter case", "dATE: x\r\nMESSAGE-id: <1@x>\r\n|\r\nHello.\r\n", ""),
                row("with white space before the colon", "Date \t: x\r\nMessage-ID : <1@x>\r\n|\r\nHello.\r\n", ""),
                row("with nothing behind the colon", "Date:\r\nMessage-ID:\r\n|\r\nHello.\r\n", ""),
                row("folded behind the colon", "Date:\r\n x\r\nMessage-ID:\r\n\t<1@x>\r\n|\r\nHello.\r\n", ""),
                row("only in the body", "Subject: x\r\n|\r\nDate: x\r\nMessage-ID: <1@x>\r\n", "{D}{M}"),
                row(
                        "only in lines that go on with a field",
                        "Subject: x\r\n Date: x\r\n\tMessage-ID: <1@x>\r\n|\r\nHello.\r\n",
                        "{D}{M}"),
                row("only in longer names", "X-Date: x\r\nDates: x\r\nMessage-IDs: x\r\n|\r\nHello.\r\n", "{D}{M}"),
                row("only in resent fields", "Resent-Date: x\r\nResent-Message-ID: <1@x>\r\n|\r\nx\r\n", "{D}{M}"),
                row("no header", "|\r\nHello.\r\n", "{D}{M}"),
                row("a header alone", "Subject: x\r\n|\r\n", "{D}{M}"),
                row("a header without its empty line", "Subject: x\r\n|", "{D}{M}"),
                row("a header without its last line's end", "Subject: x|", "{D}{M}"),
                row("nothing at all", "|", "{D}{M}"),
                row("a body with a second empty line", "Subject: x\r\n|\r\n\r\nx: y\r\n\r\nx\r\n", "{D}{M}"),
                row("dots at the start of lines", "Subject: x\r\n .\r\n|\r\n.\r\n..\r\n.x: y\r\n", "{D}{M}"),
                row("octets above 127 in a value", "Subject: \u00e5\r\n|\r\nHello.\r\n", "{D}{M}"),
                row("a signature that covers none", SIGNED.formatted("From:Subject") + "|\r\nx\r\n", "{D}{M}"),
                row("a signature of there being no Date", SIGNED.formatted("From:Date") + "|\r\nx\r\n", "{M}"),
                row("a signature of neither", SIGNED.formatted("From : \r\n\tdate:Message-ID") + "|\r\nx\r\n", ""),
                row(
                        "a second signature that covers none",
                        SIGNED.formatted("message-id") + SIGNED.formatted("From") + "|\r\nx\r\n",
                        "{D}"),
                row(
                        "an ARC signature of there being no Date",
                        "ARC-Message-" + SIGNED.formatted("DATE").substring(5) + "|\r\nx\r\n",
                        "{M}"),
                row(
                        "a signature too long to be looked at whole",
                        "DKIM-Signature: b=" + ("eA".repeat(30) + "\r\n ").repeat(20) + "; h=Date\r\n|\r\nx\r\n",
                        ""),
                row("a body alone", "Hello.\r\nDate\r\n|\r\nx\r\n", ""),
                row("a body alone, and no empty line", "Hello.\r\n|", ""),
                row("a line that is no field", "Subject: x\r\nHello you: there\r\n|\r\nx\r\n", ""),
                row("a line that has no name", "Subject: x\r\n: there\r\n|\r\nx\r\n", ""),
                row("a name with an octet above 127", "Subject: x\r\nSt\u00e5: x\r\n|\r\nx\r\n", ""),
                row("a name with a control character", "Subject: x\r\nS\u0001: x\r\n|\r\nx\r\n", ""),
                row("a name folded before its colon", "Subject: x\r\nTo\r\n : y\r\n|\r\nx\r\n", ""),
                row("an envelope line before the header", "From alice Tue Nov 24\r\nSubject: x\r\n|\r\nx\r\n", ""),
                row("a first line that goes on with nothing", " x\r\nSubject: x\r\n|\r\nx\r\n", ""),
                row("a line of white space alone", "Subject: x\r\n \t\r\n|\r\nx\r\n", ""),
                row("no field behind one that is none", "x\r\nSubject: x\r\n|", ""));
    }

    private static Arguments row(String name, String message, String added) {
        return Arguments.of(name, message, added);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void relayedMailIsGivenWhatItsHeaderLacksBehindItsLastField(String name, String message, String added)
            throws IOException {
        var expected = message.replaceFirst("(?<!^|\r\n)\\|", "\r\n|").replace("|", added);
        for (var way : ways()) {
            handIn(RELAY, "bob@dest.example", way.apply(message.replace("|", "")));
            assertThat(MESSAGE_ID.matcher(stored().replace(DATE, "{D}")).replaceFirst("{M}"))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void mailForOurOwnRecipientsIsStoredOctetForOctet(String name, String message, String added) throws IOException {
        var content = message.replace("|", "");
        for (var way : ways()) {
            handIn(ACCEPT, "bob@ours.example", way.apply(content));
            assertThat(stored()).isEqualTo(withLastLineEnd(content)).doesNotContain(DATE);
        }
    }

    private static String withLastLineEnd(String content) {
        return content.isEmpty() || content.endsWith("\r\n") ? content : content + "\r\n";
    }

    private static List<UnaryOperator<String>> ways() {
        return List.of(
                content -> "DATA\r\n" + stuffed(withLastLineEnd(content)) + ".\r\n",
                content -> "BDAT " + content.length() + " LAST\r\n" + content,
                content -> content.chars()
                                .mapToObj(octet -> "BDAT 1\r\n" + (char) octet)
                                .collect(Collectors.joining())
                        + "BDAT 0 LAST\r\n");
    }

    private static String stuffed(String content) {
        return content.replaceAll("(?<=^|\r\n)\\.", "..");
    }

    private void handIn(MailFlowPolicy policy, String recipient, String content) throws IOException {
        try (Telnet client = intake.client(policy)) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            client.say("RCPT TO:<" + recipient + ">");
            client.send(content + "QUIT\r\n");
            assertThat(client.rest()).contains("250 2.0.0 queued as");
        }
    }

    /// The message stored last, without its Received field.
    private String stored() {
        var content = intake.spool.stored.getLast().content();
        assertThat(content).startsWith("Received: ");
        var lines = content.split("(?<=\r\n)", -1);
        return Stream.of(lines).skip(1).dropWhile(line -> line.startsWith("\t")).collect(Collectors.joining());
    }

    @Test
    void aMessageOfTheLargestSizeIsTakenWithWhatIsAdded() throws IOException {
        int largest = (int) Limits.SMALLEST_MAX_MESSAGE_BYTES;
        var small = with(RELAY, new Limits(largest, 100, 10, 10, Rates.NONE));
        var content = "Subject: x\r\n\r\n" + "x".repeat(78 + (largest - 14) % 80) + "\r\n"
                + ("x".repeat(78) + "\r\n").repeat((largest - 14) / 80 - 1);
        assertThat(content).hasSize(largest);
        for (var way : ways().subList(0, 2)) {
            handIn(small, "bob@dest.example", way.apply(content));
            assertThat(stored()).hasSizeGreaterThan(largest + DATE.length()).endsWith(content.substring(12));
            assertThat(intake.events).contains(new IntakeEvent.Ready(1, largest, Optional.of(ALICE)));
        }
        try (Telnet client = intake.client(small)) {
            client.reply();
            client.say("EHLO client.example");
            assertThat(mail(client, content.replaceFirst("x\r\n$", "xx\r\n"))).startsWith("552 5.3.4");
        }
    }

    @Test
    void eachMessageIsGivenAMessageIdOfItsOwnAndTheLogNamesIt() throws IOException {
        var given = new HashSet<String>();
        for (int message = 0; message < 3; message++) {
            handIn(RELAY, "bob@dest.example", "BDAT 14 LAST\r\nSubject: x\r\n\r\n");
            var field = MESSAGE_ID.matcher(stored());
            assertThat(field.find()).isTrue();
            assertThat(intake.log()).contains("MID " + (message + 1) + " Message-ID '" + field.group(1) + "'");
            given.add(field.group(1));
        }
        assertThat(given).hasSize(3);
    }

    @Test
    void aDiskThatIsFullWhereFieldsAreAddedRefusesTheMessage() throws IOException {
        try (Telnet client = intake.client(RELAY)) {
            client.reply();
            client.say("EHLO client.example");
            client.say("MAIL FROM:<alice@org.example>");
            client.say("RCPT TO:<bob@dest.example>");
            client.say("DATA");
            intake.spool.failAt(MemorySpool.Step.CONTENT, new SpoolFullException("full"));
            assertThat(client.say("\r\nx\r\n.")).isEqualTo("452 4.3.1 there is no room for mail now, try again later");
        }
        assertThat(intake.spool.stored).isEmpty();
    }
}
