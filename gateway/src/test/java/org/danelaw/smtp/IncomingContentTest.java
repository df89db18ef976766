package org.danelaw.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Content that is taken in runs: it comes to the same as octet by octet, whatever it is and however it is cut.
class IncomingContentTest {
    private static final int CASES = 20_000;
    private static final long MAX_BYTES = 1_500;

    private static final int HARMLESS = 12;

    private static final String[] MORSELS = {
        "\r\n",
        "\r\n",
        "\r\n.",
        "\r\n\r\n",
        "a",
        "\u00e9",
        " ",
        ":",
        "Date: x",
        "some words of ordinary text",
        "x".repeat(90),
        "y".repeat(400),
        ".",
        "\r",
        "\n",
        "\0",
        "\t",
        "y".repeat(997),
        "z".repeat(998)
    };

    @Test
    void runsComeToTheSameAsOctets() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            byte[] content = content(random).getBytes(ISO_8859_1);
            var expected = taken(content, false, random);
            assertThat(taken(content, true, random))
                    .as("seed %d, case %d: %s", seed, i, new String(content, ISO_8859_1))
                    .isEqualTo(expected);
        }
    }

    private static String content(Random random) {
        var text = new StringBuilder(random.nextBoolean() ? "From: a@one.example\r\n\r\n" : "");
        int morsels = random.nextInt(40);
        for (int i = 0; i < morsels; i++) {
            // Most are harmless, so that much comes through.
            text.append(MORSELS[random.nextInt(3) == 0 ? random.nextInt(MORSELS.length) : random.nextInt(HARMLESS)]);
        }
        return text.toString();
    }

    /// What comes of it: the result, and what is in the sink.
    private static String taken(byte[] octets, boolean inRuns, Random random) throws IOException {
        var transaction = new Sink();
        var content = IncomingContent.of(transaction, MAX_BYTES);
        for (int at = 0; at < octets.length; ) {
            int end = Math.min(octets.length, at + 1 + random.nextInt(200));
            if (inRuns) {
                at += content.run(octets, at, end);
            }
            if (at < end) {
                content.octet(octets[at++] & 0xff);
            }
        }
        return content.end() + "\n" + transaction.content.toString(ISO_8859_1);
    }

    private static final class Sink implements Reception.Transaction {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public Reply recipient(Envelope.Recipient recipient) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OutputStream content() {
            return content;
        }

        @Override
        public byte[] missingFields(ContentFacts header) {
            return header.dated() ? new byte[0] : MemoryReception.DATE;
        }

        @Override
        public Reply cannotStore(IOException why) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Reply commit(ContentFacts facts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void abort(String why) {}

        @Override
        public void close() {}
    }
}
