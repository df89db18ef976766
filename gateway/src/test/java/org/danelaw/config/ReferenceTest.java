package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.danelaw.config.ConfigFile.Reading;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    /// Run with `-Ddanelaw.regenerate=true` to write the page anew.
    @Test
    void thePageOfAllSettingsIsFresh() throws IOException {
        if (Boolean.getBoolean("danelaw.regenerate")) {
            Files.writeString(PAGE, Reference.markdown());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(Reference.markdown());
    }

    @Test
    void aFileWithEveryKeyIsValid() {
        var reading = ConfigFile.parse(EveryKey.document(), Path.of("/"));

        assertThat(reading).isInstanceOf(Reading.Valid.class);
    }

    @Test
    void theFileWithEveryKeyLeavesOutOnlyThoseThatNameFiles() {
        var left = Schema.WholeFile.SECTION.sections().stream()
                .flatMap(section -> java.util.stream.Stream.concat(
                        section.keys().stream(), section.sections().stream().flatMap(below -> below.keys().stream())))
                .map(Key::name)
                .filter(name -> !EveryKey.document().contains(name + " = "));

        assertThat(left)
                .containsExactlyInAnyOrder(
                        "trust-anchor",
                        "users-file",
                        "ca-file",
                        "client-certificate",
                        "client-key",
                        "certificate",
                        "private-key");
    }
}
