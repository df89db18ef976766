package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.danelaw.queue.Lane;

/// Which destinations' DNS is looked at again and when, and which look says that their mail is to be tried now. Asks
/// nobody, not even for the time.
final class WatchList {
    /// So many destinations at most; the others have their retries.
    static final int MOST = 1_000;

    /// What has failed the resolver does not ask again sooner.
    static final Duration SOONEST = Duration.ofMinutes(1);

    /// So long grow the waits between two looks where look-ups fail.
    static final Duration LONGEST_AFTER_FAILURE = Duration.ofMinutes(15);

    /// A record that may be kept for a week may be replaced before.
    static final Duration LONGEST = Duration.ofHours(1);

    /// A retry that is brought forward counts as one: a zone that changes all the time must not use them up.
    static final Duration BETWEEN_WAKES = Duration.ofHours(1);

    private final Map<String, Watched> byDomain = new HashMap<>();
    private final Map<String, Instant> woken = new HashMap<>();

    /// @param sight what was seen last
    /// @param looks since it is watched
    /// @param next the next look, empty while one is under way
    private record Watched(Lane lane, Optional<Sight> sight, int looks, Optional<Instant> next) {}

    /// From now on the destination is looked at, once for all of its mail. The first look is for what the later ones
    /// are compared with.
    void add(Lane lane, Instant now) {
        woken.values().removeIf(at -> !at.plus(BETWEEN_WAKES).isAfter(now));
        if (byDomain.size() < MOST && !woken.containsKey(lane.domain())) {
            byDomain.putIfAbsent(lane.domain(), new Watched(lane, Optional.empty(), 0, Optional.of(now)));
        }
    }

    /// One whose look is due; it is under way until [#seen] or [#drop].
    Optional<Lane> pollDue(Instant now) {
        return first().filter(watched -> !watched.next().orElseThrow().isAfter(now))
                .map(watched -> {
                    byDomain.put(
                            watched.lane().domain(),
                            new Watched(watched.lane(), watched.sight(), watched.looks(), Optional.empty()));
                    return watched.lane();
                });
    }

    /// When the next look is due.
    Optional<Instant> next() {
        return first().flatMap(Watched::next);
    }

    private Optional<Watched> first() {
        return byDomain.values().stream()
                .filter(watched -> watched.next().isPresent())
                .min(Comparator.comparing(watched -> watched.next().orElseThrow()));
    }

    /// What the look showed that began at `now`. Tells whether it is something else than before: then the destination's
    /// mail is worth a try,
    /// and it is not watched any more.
    boolean seen(Lane lane, Sight sight, Instant now) {
        var before = byDomain.get(lane.domain());
        if (before == null) {
            return false;
        }
        if (before.sight().isPresent() && !before.sight().get().isLike(sight)) {
            byDomain.remove(lane.domain());
            woken.put(lane.domain(), now);
            return true;
        }
        var next = now.plus(wait(sight, before.looks()));
        byDomain.put(
                lane.domain(), new Watched(before.lane(), Optional.of(sight), before.looks() + 1, Optional.of(next)));
        return false;
    }

    private static Duration wait(Sight sight, int looks) {
        var wanted = sight.fresh().orElseGet(() -> SOONEST.multipliedBy(1L << Math.min(looks, 10)));
        var most = sight.fresh().isPresent() ? LONGEST : LONGEST_AFTER_FAILURE;
        var atLeast = wanted.compareTo(SOONEST) < 0 ? SOONEST : wanted;
        return atLeast.compareTo(most) > 0 ? most : atLeast;
    }

    /// No mail waits for it any more.
    void drop(Lane lane) {
        byDomain.remove(lane.domain());
    }
}
