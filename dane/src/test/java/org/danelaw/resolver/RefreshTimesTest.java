package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// RFC 5011 section 2.3, in numbers.
class RefreshTimesTest {
    @Test
    void halfOfTheOriginalTtlCountsWhereItIsTheLeast() {
        assertThat(times("PT48H", "P14D").afterSuccess()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void halfOfTheSignaturesRestCountsWhereItIsTheLeast() {
        assertThat(times("PT48H", "PT10H").afterSuccess()).isEqualTo(Duration.ofHours(5));
    }

    @Test
    void neverLessThanAnHourNorMoreThanFifteenDays() {
        assertThat(times("PT1M", "P14D").afterSuccess()).isEqualTo(Duration.ofHours(1));
        assertThat(times("P90D", "P90D").afterSuccess()).isEqualTo(Duration.ofDays(15));
    }

    @Test
    void afterAFailureATenthWithinAnHourAndADay() {
        assertThat(times("PT48H", "P14D").afterFailure()).isEqualTo(Duration.ofMinutes(288));
        assertThat(times("P90D", "P90D").afterFailure()).isEqualTo(Duration.ofDays(1));
        assertThat(RefreshTimes.UNKNOWN.afterFailure()).isEqualTo(Duration.ofHours(1));
    }

    private static RefreshTimes times(String originalTtl, String toExpiration) {
        return new RefreshTimes(Duration.parse(originalTtl), Duration.parse(toExpiration));
    }
}
