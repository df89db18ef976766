package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file under `client/` is a dialogue that [SmtpClient] must have, to the letter, with the result at its top.
@Timeout(120)
final class ClientTranscriptTest {
    private static final SmtpTimeouts PATIENT = SmtpTimeouts.RFC_5321;
    private static final SmtpTimeouts HASTY = new SmtpTimeouts(
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofMillis(200),
            Duration.ofMillis(200));

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDialogueIsHeldToTheLetter(Transcript transcript) throws Exception {
        try (ScriptedServer server = new ScriptedServer(transcript, ScriptedServer.Ending.CLOSES)) {
            assertThat(hold(transcript, server, PATIENT)).isEqualTo(transcript.note("result", "?"));
            assertThat(server.differences()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void aDialogueThatBreaksOffIsNeverTakenForSuccess(Transcript transcript) throws Exception {
        cutEverywhere(transcript, ScriptedServer.Ending.CLOSES, PATIENT);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void aServerThatFallsSilentIsGivenUp(Transcript transcript) throws Exception {
        cutEverywhere(transcript, ScriptedServer.Ending.FALLS_SILENT, HASTY);
    }

    /// Plays the first lines of the transcript, for every number of lines, all at once.
    private static void cutEverywhere(Transcript transcript, ScriptedServer.Ending ending, SmtpTimeouts timeouts)
            throws Exception {
        try (ExecutorService dialogues = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> results = IntStream.range(0, transcript.lines().size())
                    .mapToObj(cut -> dialogues.submit(() -> holdUntil(cut, transcript, ending, timeouts)))
                    .toList();
            for (int cut = 0; cut < results.size(); cut++) {
                String result = withoutReason(results.get(cut).get());
                assertThat(result)
                        .as("cut after line %d", cut)
                        .isIn("broken", withoutReason(transcript.note("result", "?")));
                assertNotDelivered(result, transcript, cut);
            }
        }
    }

    private static String holdUntil(int cut, Transcript transcript, ScriptedServer.Ending ending, SmtpTimeouts timeouts)
            throws IOException {
        try (ScriptedServer server = new ScriptedServer(transcript.cutAfter(cut), ending)) {
            return hold(transcript, server, timeouts);
        }
    }

    /// Delivered is what the transcript calls so, and only where its last positive reply to data was still played.
    private static void assertNotDelivered(String result, Transcript transcript, int cut) {
        if (result.contains("data 2")) {
            int finalReply = IntStream.range(0, transcript.lines().size())
                    .filter(i -> transcript.lines().get(i).octets().equals(".\r\n"))
                    .max()
                    .orElseThrow();
            assertThat(cut).isGreaterThan(finalReply + 1);
        }
    }

    static Stream<Transcript> transcripts() throws IOException, URISyntaxException {
        Path folder = Path.of(ClientTranscriptTest.class.getResource("client").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream().map(Transcript::read);
        }
    }

    /// Greets, says hello, and sends the transcript's messages over one connection.
    private static String hold(Transcript transcript, ScriptedServer server, SmtpTimeouts timeouts) throws IOException {
        try (SmtpClient client = SmtpClient.over(server.connect(), timeouts)) {
            Reply greeting = client.greeting();
            if (!greeting.isPositive()) {
                return "greeting " + greeting.code();
            }
            Reply hello = client.hello("gw.example");
            if (!hello.isPositive()) {
                return "hello " + hello.code();
            }
            String result = "";
            for (String to : transcript.note("to", "bob@dest.example").split(" / ", -1)) {
                result += (result.isEmpty() ? "" : " / ") + send(transcript, client, to);
            }
            client.quit();
            return result;
        } catch (IOException broken) {
            return "broken: " + broken.getMessage();
        }
    }

    private static String send(Transcript transcript, SmtpClient client, String to) throws IOException {
        Envelope envelope = envelope(transcript, to);
        Content content =
                content(Transcript.unescaped(transcript.note("content", "Subject: x\\r\\n\\r\\nHello.\\r\\n")));
        Optional<Shortfall> shortfall = client.capabilities().shortfall(envelope, content);
        if (shortfall.isPresent()) {
            return "shortfall " + shortfall.get();
        }
        Transmission sent = client.send(envelope, content);
        String recipients = sent.recipients().stream()
                .map(reply -> Integer.toString(reply.code()))
                .collect(Collectors.joining(","));
        String data = sent.data().map(reply -> Integer.toString(reply.code())).orElse("-");
        return "mail " + sent.mail().code() + " rcpt " + (recipients.isEmpty() ? "-" : recipients) + " data " + data
                + (client.isUsable() ? "" : " unusable");
    }

    static Envelope envelope(Transcript transcript, String to) {
        String from = transcript.note("from", "alice@org.example");
        String needs = transcript.note("needs", "");
        List<Envelope.Recipient> recipients = Arrays.stream(to.split(", "))
                .map(ClientTranscriptTest::recipient)
                .toList();
        return new Envelope(
                from.isEmpty() ? Optional.empty() : Optional.of(address(from)),
                recipients,
                new Envelope.Needs(needs.contains("8bitmime"), needs.contains("smtputf8")),
                new Envelope.Dsn(
                        Optional.ofNullable(transcript.notes().get("ret")),
                        Optional.ofNullable(transcript.notes().get("envid"))));
    }

    private static Envelope.Recipient recipient(String text) {
        String[] parts = text.split(" ", -1);
        return parts.length == 1
                ? new Envelope.Recipient(address(parts[0]))
                : new Envelope.Recipient(address(parts[0]), Optional.of(parts[1]), Optional.of(parts[2]));
    }

    private static Address address(String text) {
        int at = text.lastIndexOf('@');
        return new Address(text.substring(0, at), text.substring(at + 1));
    }

    static Content content(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return new Content() {
            @Override
            public long size() {
                return octets.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }
        };
    }

    private static String withoutReason(String result) {
        return result.startsWith("broken") ? "broken" : result;
    }
}
