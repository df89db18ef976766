package org.danelaw.resolver;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.danelaw.dnssec.ZoneTrust;
import org.xbill.DNS.Name;

/// A zone memory without bounds, for one thread.
final class Zones implements ZoneMemory {
    private final Map<Name, ZoneTrust> known;
    private final InstantSource clock;

    Zones(InstantSource clock) {
        this(Map.of(), clock);
    }

    private Zones(Map<Name, ZoneTrust> known, InstantSource clock) {
        this.known = new HashMap<>(known);
        this.clock = clock;
    }

    /// Another memory that knows the same so far.
    Zones copy() {
        return new Zones(known, clock);
    }

    @Override
    public Optional<ZoneTrust> recall(Name name) {
        return Optional.ofNullable(known.get(name))
                .filter(trust -> trust.validUntil().isAfter(clock.instant()));
    }

    @Override
    public ZoneTrust recallOr(Name name, Supplier<ZoneTrust> establish) {
        return recall(name).orElseGet(() -> {
            ZoneTrust trust = establish.get();
            known.put(name, trust);
            return trust;
        });
    }
}
