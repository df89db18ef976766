package org.danelaw.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.danelaw.delivery.DestinationStatus.HardBounces;
import org.danelaw.delivery.DestinationStatus.LastError;
import org.danelaw.queue.Why;

/// What became of mail, counted for each destination since the start. Shared by all who deliver, under its own
/// monitor, which nobody holds while waiting.
final class Tallies {
    /// The destinations without mail that are remembered; the one that had none for longest is forgotten first.
    static final int MOST_AT_REST = 10_000;

    // Guarded by the monitor. A destination is in one of the two.
    private final Map<String, Tally> withMail = new LinkedHashMap<>();
    private final SequencedMap<String, Tally> atRest = new LinkedHashMap<>();

    private static final class Tally {
        private int active;
        private long delivered;
        private long softBounced;
        private HardBounces hardBounced = HardBounces.NONE;
        private HostState state = HostState.UNKNOWN;
        private Optional<LastError> lastError = Optional.empty();
    }

    /// One destination's counts at one moment.
    record Count(
            String domain,
            int active,
            long delivered,
            long softBounced,
            HardBounces hardBounced,
            HostState state,
            Optional<LastError> lastError) {}

    /// New mail, or what was in the spool at the start.
    synchronized void arrived(String domain, int recipients) {
        var tally = withMail.get(domain);
        if (tally == null) {
            tally = Optional.ofNullable(atRest.remove(domain)).orElseGet(Tally::new);
            withMail.put(domain, tally);
        }
        tally.active += recipients;
    }

    synchronized void delivered(String domain, int recipients) {
        of(domain).delivered += recipients;
        left(domain, recipients);
    }

    synchronized void deferred(String domain, int recipients, LastError why) {
        var tally = of(domain);
        tally.softBounced += recipients;
        tally.lastError = Optional.of(why);
    }

    synchronized void bounced(String domain, Cause cause, Instant at) {
        var tally = of(domain);
        tally.hardBounced = plus(tally.hardBounced, cause);
        tally.lastError = Optional.of(new LastError(cause.why(), at));
        left(domain, 1);
    }

    private static HardBounces plus(HardBounces so, Cause cause) {
        return switch (cause) {
            case Cause.NoSuchDomain(Why why) -> dns(so);
            case Cause.NullMx(Why why) -> dns(so);
            case Cause.NoAddress(Why why) -> dns(so);
            case Cause.Replied(Why why) -> new HardBounces(so.dns(), so.replied() + 1, so.expired(), so.other());
            case Cause.Expired(Why why) -> new HardBounces(so.dns(), so.replied(), so.expired() + 1, so.other());
            case Cause.NotSupported(Why why) -> other(so);
            case Cause.Loop(Why why) -> other(so);
            case Cause.ByOperator(Why why) -> other(so);
        };
    }

    private static HardBounces dns(HardBounces so) {
        return new HardBounces(so.dns() + 1, so.replied(), so.expired(), so.other());
    }

    private static HardBounces other(HardBounces so) {
        return new HardBounces(so.dns(), so.replied(), so.expired(), so.other() + 1);
    }

    /// These were taken out of the queue, and no host has them.
    synchronized void left(String domain, int recipients) {
        var tally = of(domain);
        tally.active -= recipients;
        if (tally.active <= 0 && withMail.remove(domain) != null) {
            atRest.put(domain, tally);
            if (atRest.size() > MOST_AT_REST) {
                atRest.pollFirstEntry();
            }
        }
    }

    synchronized void state(String domain, HostState state) {
        of(domain).state = state;
    }

    private Tally of(String domain) {
        var tally = withMail.get(domain);
        return tally != null ? tally : atRest.computeIfAbsent(domain, key -> new Tally());
    }

    synchronized List<Count> counts() {
        var counts = new ArrayList<Count>(withMail.size() + atRest.size());
        withMail.forEach((domain, tally) -> counts.add(count(domain, tally)));
        atRest.forEach((domain, tally) -> counts.add(count(domain, tally)));
        return counts;
    }

    synchronized Optional<Count> count(String domain) {
        return Optional.ofNullable(withMail.get(domain))
                .or(() -> Optional.ofNullable(atRest.get(domain)))
                .map(tally -> count(domain, tally));
    }

    private static Count count(String domain, Tally tally) {
        return new Count(
                domain,
                tally.active,
                tally.delivered,
                tally.softBounced,
                tally.hardBounced,
                tally.state,
                tally.lastError);
    }
}
