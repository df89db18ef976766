package org.danelaw.events;

import static java.time.DayOfWeek.MONDAY;
import static java.time.temporal.ChronoUnit.DAYS;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.TemporalAdjusters.previousOrSame;

import java.time.ZonedDateTime;

/// When a log file is put aside and the next one begun, besides when it is full. Hours, days and weeks are
/// those of the clock on the wall.
public enum RollOver {
    BY_SIZE,
    HOURLY,
    DAILY,
    WEEKLY;

    /// Whether a line of `now` belongs in another file than a line of `last`. A clock that was set back
    /// is no reason.
    boolean isBetween(ZonedDateTime last, ZonedDateTime now) {
        return switch (this) {
            case BY_SIZE -> false;
            case HOURLY -> now.truncatedTo(HOURS).isAfter(last.truncatedTo(HOURS));
            case DAILY -> now.truncatedTo(DAYS).isAfter(last.truncatedTo(DAYS));
            case WEEKLY -> monday(now).isAfter(monday(last));
        };
    }

    private static ZonedDateTime monday(ZonedDateTime time) {
        return time.with(previousOrSame(MONDAY)).truncatedTo(DAYS);
    }
}
