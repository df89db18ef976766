package org.danelaw.intake;

import java.time.Clock;
import org.danelaw.events.Events;
import org.danelaw.queue.Spool;
import org.danelaw.smtp.ServerTimeouts;

/// What all listeners work with.
///
/// @param hostname the name by which the gateway greets and signs its Received fields
/// @param users who may authenticate, where a policy offers it
/// @param space the room on the spool's disk
public record Services(
        String hostname,
        Spool spool,
        Events events,
        ReverseNames names,
        Authenticator users,
        FreeSpace space,
        ServerTimeouts timeouts,
        Clock clock) {
    public Services(
            String hostname, Spool spool, Events events, ReverseNames names, Authenticator users, FreeSpace space) {
        this(hostname, spool, events, names, users, space, ServerTimeouts.DEFAULT, Clock.systemUTC());
    }

    /// The same under another host name.
    Services calling(String other) {
        return new Services(other, spool, events, names, users, space, timeouts, clock);
    }
}
