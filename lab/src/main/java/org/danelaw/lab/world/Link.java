package org.danelaw.lab.world;

import org.xbill.DNS.Name;

/// One NSEC or NSEC3 record in its place.
///
/// @param owner where the span begins that the record denies
/// @param next where it ends
/// @param set the record with its signatures; what it says may have been damaged
/// @param withheld whether servers leave it out of what they send
record Link(Name owner, Name next, ZoneSet set, boolean withheld) {
    Link with(ZoneSet other) {
        return new Link(owner, next, other, withheld);
    }

    Link withoutTrace() {
        return new Link(owner, next, set, true);
    }
}
