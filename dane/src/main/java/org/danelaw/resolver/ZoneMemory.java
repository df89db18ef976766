package org.danelaw.resolver;

import java.util.Optional;
import java.util.function.Supplier;
import org.danelaw.dnssec.ZoneTrust;
import org.xbill.DNS.Name;

/// Remembers by name what is known of the zone that the name lies in, until its `validUntil`, so that a parent's keys
/// are fetched and checked once for all its children.
///
/// The trust kept under a name may be that of a zone further up: then there is no zone cut at the name itself.
interface ZoneMemory {
    /// What is remembered of `name`, if it still counts.
    Optional<ZoneTrust> recall(Name name);

    /// As `recall`, or else what `establish` finds, asked once for all who ask for `name` meanwhile. While it runs it
    /// asks for names above `name` only, so callers can wait for each other without ever waiting in a circle.
    ZoneTrust recallOr(Name name, Supplier<ZoneTrust> establish);
}
