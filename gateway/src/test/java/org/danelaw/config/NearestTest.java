package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("hostname", "data-directory", "port");

    @Test
    void aSlipOfTheFingerIsRecognised() {
        assertThat(Nearest.to("hostnmae", KNOWN)).contains("hostname");
        assertThat(Nearest.to("datadirectory", KNOWN)).contains("data-directory");
        assertThat(Nearest.to("data_dir", KNOWN)).isEmpty();
    }

    @Test
    void aStrangeWordIsNotGuessed() {
        assertThat(Nearest.to("elephant", KNOWN)).isEmpty();
        assertThat(Nearest.to("", List.of())).isEmpty();
        assertThat(Nearest.to("x".repeat(100_000), KNOWN)).isEmpty();
    }

    @Test
    void theDistanceCountsLetters() {
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("same", "same")).isZero();
    }
}
