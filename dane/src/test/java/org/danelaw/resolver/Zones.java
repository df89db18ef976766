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
    private final Map<Name, ZoneTrust> known = new HashMap<>();
    private final InstantSource clock;

    Zones(InstantSource clock) {
        this.clock = clock;
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
