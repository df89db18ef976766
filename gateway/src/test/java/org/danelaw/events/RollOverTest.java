package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RollOverTest {
    @ParameterizedTest(name = "{4}")
    @CsvSource(textBlock = """
            BY_SIZE, 2026-02-03T10:00:00+01:00[Europe/Paris], 2027-02-03T10:00:00+01:00[Europe/Paris], false, time is nothing where only size counts
            HOURLY,  2026-02-03T10:00:00+01:00[Europe/Paris], 2026-02-03T10:59:59+01:00[Europe/Paris], false, within an hour
            HOURLY,  2026-02-03T10:59:59+01:00[Europe/Paris], 2026-02-03T11:00:00+01:00[Europe/Paris], true,  at the full hour
            HOURLY,  2026-10-25T02:30:00+02:00[Europe/Paris], 2026-10-25T02:30:00+01:00[Europe/Paris], true,  the hour that comes twice in autumn is two hours
            DAILY,   2026-02-03T00:00:00+01:00[Europe/Paris], 2026-02-03T23:59:59+01:00[Europe/Paris], false, within a day
            DAILY,   2026-02-03T23:59:59+01:00[Europe/Paris], 2026-02-04T00:00:00+01:00[Europe/Paris], true,  at midnight
            DAILY,   2026-02-04T00:00:00+01:00[Europe/Paris], 2026-02-03T23:59:59+01:00[Europe/Paris], false, a clock that is set back is no reason
            WEEKLY,  2026-02-02T00:00:00+01:00[Europe/Paris], 2026-02-08T23:59:59+01:00[Europe/Paris], false, from Monday to Sunday
            WEEKLY,  2026-02-08T23:59:59+01:00[Europe/Paris], 2026-02-09T00:00:00+01:00[Europe/Paris], true,  when Monday begins
            """)
    void aFileIsPutAside(RollOver every, ZonedDateTime last, ZonedDateTime now, boolean due, String row) {
        assertThat(every.isBetween(last, now)).as(row).isEqualTo(due);
    }
}
