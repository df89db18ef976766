package org.danelaw.resolver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.TrustAnchor;
import org.danelaw.resolver.AnchorState.Point;
import org.danelaw.resolver.ConfiguredAnchors.Source;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Keeps the trust anchors up to date (RFC 5011): looks at their zones' keys when it is time, and writes
/// down what has become of them before anybody uses it.
///
/// Its state changes in `refreshDue` alone, one thread at a time; everybody may read `current`.
final class AnchorKeeper implements Anchors {
    // So that a clock that was set is noticed.
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);

    private final Path file;
    private final Refresh refresh;
    private final ResolverEvents events;
    private AnchorState state;
    private volatile List<TrustAnchor> current;

    private AnchorKeeper(AnchorState state, Path file, Refresh refresh, ResolverEvents events) {
        this.state = state;
        this.file = file;
        this.refresh = refresh;
        this.events = events;
        this.current = trusted(state);
    }

    /// Goes on from the state in `file`, or begins there with the configured anchors.
    ///
    /// @throws IOException if the state cannot be read, is damaged, or cannot be written: then nothing is
    /// trusted
    static AnchorKeeper open(ConfiguredAnchors configured, Path file, Refresh refresh, ResolverEvents events)
            throws IOException {
        Instant now = refresh.clock().instant();
        Optional<AnchorState> kept = AnchorState.read(file);
        AnchorState state = kept.isPresent() ? goOn(kept.get(), configured, now, events) : begin(configured, now);
        state.write(file);
        return new AnchorKeeper(state, file, refresh, events);
    }

    private static AnchorState begin(ConfiguredAnchors configured, Instant now) {
        var points = new LinkedHashMap<Name, Point>();
        configured
                .byZone()
                .forEach((zone, anchors) ->
                        points.put(zone, Point.unseen(TrustPoint.configured(zone, anchors, now), now)));
        return new AnchorState(configured.origin(), points);
    }

    private static AnchorState goOn(
            AnchorState kept, ConfiguredAnchors configured, Instant now, ResolverEvents events) {
        if (kept.origin().equals(configured.origin())) {
            return kept;
        }
        if (configured.source() == Source.BUILT_IN && kept.origin().startsWith(Source.BUILT_IN + ":")) {
            // A release of ours brought other anchors; what was learned since the last one stays true.
            return merge(kept, configured, now);
        }
        // The operator's file is their word: what was learned from another one does not outlive it.
        events.anchors("the configured trust anchors are others than before: RFC 5011 begins anew with them");
        return begin(configured, now);
    }

    private static AnchorState merge(AnchorState kept, ConfiguredAnchors configured, Instant now) {
        var points = new LinkedHashMap<>(begin(configured, now).points());
        kept.points().forEach((zone, point) -> {
            var added = configured.byZone().getOrDefault(zone, List.of());
            points.put(zone, new Point(point.trust().with(added, now), now, point.originalTtl(), point.expiration()));
        });
        return new AnchorState(configured.origin(), points);
    }

    @Override
    public List<TrustAnchor> current() {
        return current;
    }

    /// Looks at the zones whose time has come; says how long to wait until the next.
    synchronized Duration refreshDue() {
        Instant now = refresh.clock().instant();
        var points = new LinkedHashMap<>(state.points());
        points.replaceAll((_, point) -> now.isBefore(point.refreshAt()) ? point : look(point));
        if (!points.equals(state.points())) {
            adopt(new AnchorState(state.origin(), points));
        }
        return pause(points, now);
    }

    private Point look(Point before) {
        events.needed(new Question(before.trust().zone(), Type.DNSKEY));
        Refresh.Looked looked = refresh.at(before);
        looked.point().trust().changesSince(before.trust()).forEach(events::anchors);
        looked.failure()
                .ifPresent(why -> events.anchors(
                        "the keys of " + before.trust().zone() + " could not be refreshed: " + why.sentence()));
        return looked.point();
    }

    private void adopt(AnchorState next) {
        try {
            next.write(file);
        } catch (IOException failed) {
            // What was revoked must not be trusted for want of disk space; the next look tries to write
            // again.
            events.anchors("the state of the trust anchors cannot be written: " + failed);
        }
        state = next;
        current = trusted(next);
    }

    private static List<TrustAnchor> trusted(AnchorState state) {
        return state.points().values().stream()
                .flatMap(point -> point.trust().trusted().stream())
                .toList();
    }

    private static Duration pause(Map<Name, Point> points, Instant now) {
        Duration pause = LONGEST_PAUSE;
        for (Point point : points.values()) {
            Duration until = Duration.between(now, point.refreshAt());
            pause = until.compareTo(pause) < 0 ? until : pause;
        }
        return pause.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : pause;
    }
}
