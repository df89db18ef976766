package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.ZoneTrust;
import org.xbill.DNS.Name;

/// What is known of zones, each found out once for all who need it.
///
/// Shared by all look-ups.
final class ZoneCache implements ZoneMemory {
    private final Memory<Name, ZoneTrust> zones;
    private final Flights<Name, ZoneTrust> flights;
    private final InstantSource clock;

    ZoneCache(long mostBytes, Duration longestWait, InstantSource clock) {
        this.zones = new Memory<>(mostBytes, Weight::of, clock);
        this.flights = new Flights<>(longestWait, this::unknown);
        this.clock = clock;
    }

    @Override
    public Optional<ZoneTrust> recall(Name name) {
        return zones.recall(name);
    }

    @Override
    public ZoneTrust recallOr(Name name, Supplier<ZoneTrust> establish) {
        return recall(name)
                .orElseGet(() -> flights.join(
                        name,
                        () -> recall(name).orElseGet(() -> {
                            ZoneTrust found = establish.get();
                            keep(name, found);
                            return found;
                        })));
    }

    private void keep(Name name, ZoneTrust trust) {
        switch (trust) {
            case ZoneTrust.Signed _, ZoneTrust.Unsigned _ -> zones.keep(name, trust, trust.validUntil());
            case ZoneTrust.Broken broken -> zones.keep(name, trust, Lifetime.bogus(broken.validUntil(), clock));
            case ZoneTrust.Unknown _ -> {
                // A look-up that failed says nothing of the zone, so it is not remembered as if it did.
            }
        }
    }

    private ZoneTrust unknown(String why) {
        return new ZoneTrust.Unknown(Name.root, new Reason(why, ExtendedError.OTHER), Instant.EPOCH);
    }

    void clear() {
        zones.clear();
    }

    long bytes() {
        return zones.bytes();
    }
}
