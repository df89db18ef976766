package org.danelaw.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each file under `server/` is a dialogue that [SmtpServer] must have, to the letter, with what is taken at its top.
@Timeout(120)
final class ServerTranscriptTest {
    private static final int MOST_CUTS = 40;

    @ParameterizedTest
    @MethodSource("transcripts")
    void theDialogueIsHeldToTheLetter(Transcript transcript) throws Exception {
        MemoryReception reception = new MemoryReception();
        try (ServerUnderTest server = new ServerUnderTest(reception);
                Socket client = server.connect()) {
            assertThat(play(transcript, client)).isEqualTo(serverLines(transcript));
            client.shutdownOutput();
            server.join();
            assertThat(takenBy(reception)).isEqualTo(Transcript.unescaped(transcript.note("taken", "")));
        }
    }

    /// The client's lines go out one group at a time, a group being all lines up to the server's next.
    private static String play(Transcript transcript, Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        StringBuilder heard = new StringBuilder();
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        for (Transcript.Line line : transcript.lines()) {
            switch (line.side()) {
                case CLIENT -> group.writeBytes(line.octets().getBytes(StandardCharsets.UTF_8));
                case SERVER -> {
                    client.getOutputStream().write(group.toByteArray());
                    group.reset();
                    heard.append(readLine(in));
                }
            }
        }
        client.getOutputStream().write(group.toByteArray());
        return heard.toString();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void aClientThatBreaksOffLeavesNothingBehindBefore250(Transcript transcript) throws Exception {
        int lines = transcript.lines().size();
        for (int cut = 0; cut < lines; cut += 1 + lines / MOST_CUTS) {
            Transcript played = transcript.cutAfter(cut);
            MemoryReception reception = new MemoryReception();
            try (ServerUnderTest server = new ServerUnderTest(reception)) {
                try (Socket client = server.connect()) {
                    play(played, client);
                }
                server.join();
            }
            assertThat(reception.taken.size()).isLessThanOrEqualTo(endsOfData(played));
            assertThat(reception.closed).as("every transaction is closed").hasSameSizeAs(reception.begun);
        }
    }

    private static int endsOfData(Transcript transcript) {
        return (int) transcript.lines().stream()
                .filter(line -> line.octets().endsWith(".\r\n"))
                .count();
    }

    static Stream<Transcript> transcripts() throws IOException, URISyntaxException {
        Path folder = Path.of(ServerTranscriptTest.class.getResource("server").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream().map(Transcript::read);
        }
    }

    private static String serverLines(Transcript transcript) {
        return transcript.lines().stream()
                .filter(line -> line.side() == Transcript.Side.SERVER)
                .map(Transcript.Line::octets)
                .collect(Collectors.joining());
    }

    private static String takenBy(MemoryReception reception) {
        return reception.taken.stream()
                .map(taken -> taken.request().sender().map(Address::toString).orElse("<>") + " -> "
                        + taken.recipients().stream()
                                .map(to -> to.address().toString())
                                .collect(Collectors.joining(", "))
                        + ": "
                        + new String(taken.content().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" / "));
    }

    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
