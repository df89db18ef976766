package org.danelaw.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    /// Run with `-Ddanelaw.regenerate=true` to write the page anew.
    @Test
    void thePageOfAllMetricsIsFresh() throws IOException {
        if (Boolean.getBoolean("danelaw.regenerate")) {
            Files.writeString(PAGE, MetricsReference.markdown());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(MetricsReference.markdown());
    }

    /// By Prometheus' rules for names: prometheus.io/docs/practices/naming.
    @ParameterizedTest
    @EnumSource
    void itsNameFollowsTheRulesAndItSaysWhatItMeansAndWhenToWorry(Metric metric) {
        assertThat(metric.title()).matches("danelaw(_[a-z]+)+");
        assertThat(metric.title().endsWith("_total")).isEqualTo(metric.type() == Metric.Type.COUNTER);
        assertThat(metric.meaning()).matches("[A-Z0-9].{15,}[^.]");
        assertThat(metric.worry()).matches("(?s)[A-Z`].{10,}\\.");
        assertThat(metric.meaning() + metric.worry()).doesNotContain("|");
    }

    @Test
    void noTwoHaveOneName() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::title)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aLabelHasFewValuesAndNoOthers(Metric metric) {
        metric.label().ifPresent(label -> {
            assertThat(label.values())
                    .hasSizeBetween(2, 10)
                    .doesNotHaveDuplicates()
                    .allMatch(value -> value.matches("[a-z0-9]+(-[a-z]+)*"));
            assertThatThrownBy(() -> metric.index("example.org")).isInstanceOf(IllegalArgumentException.class);
        });
        assertThat(metric.labelValues()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4.7.5, SECURITY",
        "5.1.10, ADDRESS",
        "4.4.3, NETWORK",
        "5.6.7, CONTENT",
        "5.0.0, OTHER",
        "5.9.1, OTHER",
        "5.70.1, OTHER",
        "'', OTHER"
    })
    void theSubjectOfAStatusIsItsSecondNumber(String status, Subject subject) {
        assertThat(Subject.of(status)).isEqualTo(subject);
    }
}
