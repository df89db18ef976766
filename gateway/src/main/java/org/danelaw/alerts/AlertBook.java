package org.danelaw.alerts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All matters that were met with, and what of them is to be told when. No I/O and no clock: time is an argument, and
/// is elapsed time, so that a wall clock that is set changes nothing. Belongs to one thread at a time.
///
/// Of one matter at most two notices are made in an interval, however often it comes and goes: that it is so, and that
/// it is over. Only what was told is ever told to be over.
final class AlertBook {
    /// Matters that are kept; more are not told before one of these is forgotten. Those of which there are only a few
    /// always find room: however many destinations fail, the disk does not fill up unheard.
    static final int MOST_MATTERS = 10_000;

    private final Map<Matter, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {
        private Alert alert;
        private Phase phase = Phase.AT_REST;
        private Duration since = Duration.ZERO;
        private long times;
        private boolean isNew;
        private String overWhy = "";
        private Optional<Duration> lastTold = Optional.empty();

        Entry(Alert alert) {
            this.alert = alert;
        }
    }

    private enum Phase {
        /// Nothing is the matter, and nobody believes otherwise.
        AT_REST,
        /// It is so, and nobody was told.
        UNTOLD,
        /// It is so, and that was told.
        TOLD,
        /// It is over, and that is to be told.
        OVER,
        /// It happened, and that is to be told.
        HAPPENED
    }

    void note(Fact fact, Duration now) {
        switch (fact) {
            case Fact.Trouble(var alert) -> entry(alert).ifPresent(entry -> trouble(entry, alert, now));
            case Fact.Happened(var alert) ->
                entry(alert).ifPresent(entry -> {
                    seen(entry, alert);
                    if (entry.phase != Phase.HAPPENED) {
                        entry.since = now;
                        entry.phase = Phase.HAPPENED;
                    }
                });
            case Fact.Over(var matter, var why) ->
                Optional.ofNullable(entries.get(matter)).ifPresent(entry -> over(entry, why));
        }
    }

    private Optional<Entry> entry(Alert alert) {
        var known = entries.get(alert.matter());
        if (known == null && (entries.size() < MOST_MATTERS || alert.matter().isOneOfFew())) {
            known = new Entry(alert);
            entries.put(alert.matter(), known);
        }
        return Optional.ofNullable(known);
    }

    private static void seen(Entry entry, Alert alert) {
        entry.times++;
        entry.isNew |= alert.differsFrom(entry.alert);
        entry.alert = alert;
    }

    private static void trouble(Entry entry, Alert alert, Duration now) {
        seen(entry, alert);
        switch (entry.phase) {
            case AT_REST -> {
                entry.phase = Phase.UNTOLD;
                entry.since = now;
            }
            // It was back before anybody heard that it was over.
            case OVER -> entry.phase = Phase.TOLD;
            case UNTOLD, TOLD, HAPPENED -> {}
        }
    }

    private static void over(Entry entry, String why) {
        entry.overWhy = why;
        entry.phase = switch (entry.phase) {
            case AT_REST, UNTOLD -> Phase.AT_REST;
            case TOLD, OVER -> Phase.OVER;
            case HAPPENED -> Phase.HAPPENED;
        };
    }

    /// The destinations that are thought to fail.
    List<Matter.Destination> failing() {
        var failing = new ArrayList<Matter.Destination>();
        entries.forEach((matter, entry) -> {
            if (matter instanceof Matter.Destination destination
                    && (entry.phase == Phase.UNTOLD || entry.phase == Phase.TOLD)) {
                failing.add(destination);
            }
        });
        return failing;
    }

    /// What is to be told now, in the order in which it was first met with; from then on it counts as told.
    List<Notice> due(Duration now, AlertSettings settings) {
        var due = new ArrayList<Notice>();
        for (var entry : entries.values()) {
            if (settings.tells(entry.alert.severity())) {
                state(entry, now, settings).ifPresent(state -> due.add(told(entry, state, now)));
            } else if (entry.phase == Phase.HAPPENED) {
                // It has no end that would make room again, and is no news later.
                entry.phase = Phase.AT_REST;
            }
        }
        entries.values().removeIf(entry -> entry.phase == Phase.AT_REST && hasWaited(entry, now, settings));
        return due;
    }

    private static Optional<Notice.State> state(Entry entry, Duration now, AlertSettings settings) {
        return switch (entry.phase) {
            case AT_REST -> Optional.empty();
            case UNTOLD ->
                hasWaited(entry, now, settings) && lasts(entry, now, settings)
                        ? Optional.of(Notice.State.RAISED)
                        : Optional.empty();
            case TOLD ->
                hasWaited(entry, now, settings) && (entry.isNew || isForgotten(entry, now, settings))
                        ? Optional.of(Notice.State.UPDATED)
                        : Optional.empty();
            case OVER -> Optional.of(Notice.State.OVER);
            case HAPPENED -> hasWaited(entry, now, settings) ? Optional.of(Notice.State.HAPPENED) : Optional.empty();
        };
    }

    private static boolean hasWaited(Entry entry, Duration now, AlertSettings settings) {
        return isPast(entry, now, settings.interval());
    }

    private static boolean isForgotten(Entry entry, Duration now, AlertSettings settings) {
        return isPast(entry, now, settings.reminder());
    }

    private static boolean isPast(Entry entry, Duration now, Duration wait) {
        return entry.lastTold.map(last -> now.minus(last).compareTo(wait) >= 0).orElse(true);
    }

    /// One failed attempt at a destination is no news: the next may go well.
    private static boolean lasts(Entry entry, Duration now, AlertSettings settings) {
        return !(entry.alert.matter() instanceof Matter.Destination)
                || now.minus(entry.since).compareTo(settings.patience()) >= 0;
    }

    private static Notice told(Entry entry, Notice.State state, Duration now) {
        var over = state == Notice.State.OVER ? Optional.of(entry.overWhy) : Optional.<String>empty();
        var notice = new Notice(state, entry.alert, now.minus(entry.since), entry.times, over);
        entry.times = 0;
        entry.isNew = false;
        switch (state) {
            case RAISED, UPDATED -> {
                entry.phase = Phase.TOLD;
                entry.lastTold = Optional.of(now);
            }
            case HAPPENED -> {
                entry.phase = Phase.AT_REST;
                entry.lastTold = Optional.of(now);
            }
            // The interval goes on from when it was raised.
            case OVER -> entry.phase = Phase.AT_REST;
        }
        return notice;
    }
}
