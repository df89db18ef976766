package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.danelaw.config.ConfigFile.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages configuration files at random: whatever comes of it, reading answers with settings or with problems.
class ConfigFileFuzzTest {
    private static final long SECONDS = Boolean.getBoolean("danelaw.exam") ? 60 : 5;

    private static final String[] FRAGMENTS = {
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "\"",
        "'",
        "\"\"\"",
        "=",
        ".",
        ",",
        "#",
        "\n",
        "\r",
        "\0",
        "\\u12",
        "-",
        "_",
        "1",
        "99999999999999999999",
        "-1",
        "0x7fffffffffffffff",
        "1e400",
        "nan",
        "true",
        "1979-05-27",
        "[]",
        "{}",
        "default",
        "\ud800",
        "é",
        "xn--",
        "::",
        "/",
        "0.0.0.0/0",
        "a".repeat(300)
    };

    @TempDir
    Path folder;

    @Test
    void noDocumentMakesReadingThrow() throws IOException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var seeds = seeds();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        int valid = 0;
        int inputs = 0;
        while (System.nanoTime() < end) {
            String document = damaged(seeds.get(random.nextInt(seeds.size())), random);
            try {
                if (ConfigFile.parse(document, folder) instanceof Reading.Valid) {
                    valid++;
                }
            } catch (RuntimeException | Error thrown) {
                throw new AssertionError("seed " + seed + ", input " + inputs + ":\n" + document, thrown);
            }
            inputs++;
        }
        System.out.println("configuration: " + inputs + " inputs, " + valid + " still valid, seed " + seed);
        assertThat(inputs).as("inputs in %d s, seed %d", SECONDS, seed).isPositive();
    }

    private static List<String> seeds() throws IOException {
        var seeds = new ArrayList<String>();
        seeds.add("");
        seeds.add(EveryKey.document());
        for (String name : ConfigFileTest.brokenFiles()) {
            try (var in = ConfigFileTest.class.getResourceAsStream("broken/" + name)) {
                assertThat(in).as(name).isNotNull();
                seeds.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return seeds;
    }

    private static String damaged(String document, Random random) {
        var text = new StringBuilder(document);
        for (int hits = random.nextInt(4); hits >= 0; hits--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> text.insert(at, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
                case 3 -> text.insert(at, (char) random.nextInt(0x10000));
                default -> moveLine(text, random);
            }
        }
        return text.toString();
    }

    private static void moveLine(StringBuilder text, Random random) {
        var lines = new ArrayList<>(text.toString().lines().toList());
        if (lines.size() > 1) {
            lines.add(random.nextInt(lines.size()), lines.remove(random.nextInt(lines.size())));
            text.setLength(0);
            text.append(String.join("\n", lines));
        }
    }
}
