package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.config.ConfigFile.Reading;
import org.danelaw.lab.fuzz.Damaged;
import org.danelaw.lab.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damages configuration files at random: whatever comes of it, reading answers with settings or with problems.
class ConfigFileFuzzTest {
    /// A document of some kilobytes, its parser's automata at their first use included.
    private static final long MOST_OCTETS = 256L << 20;

    private static final List<String> FRAGMENTS = List.of(
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
            "a".repeat(300));

    @TempDir
    Path folder;

    @Test
    void noDocumentMakesReadingThrow() throws Exception {
        var seeds = seeds();
        new Fuzz("fuzz-configuration", MOST_OCTETS)
                .run(
                        random -> tried(Damaged.text(seeds.get(random.nextInt(seeds.size())), FRAGMENTS, random)),
                        "valid",
                        "invalid");
    }

    private String tried(String document) {
        return switch (ConfigFile.parse(document, folder)) {
            case Reading.Valid _ -> "valid";
            case Reading.Invalid _ -> "invalid";
        };
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
}
