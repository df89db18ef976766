package org.danelaw.admin;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.DnsEvent;
import org.danelaw.events.Event;
import org.danelaw.events.Events;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.SystemEvent;

/// Counts what the gateway does, since its start. Every thread tells it; no thread waits.
public final class Counters implements Events {
    private final Instant since = Instant.now();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong connectionsIn = new AtomicLong();
    private final AtomicLong connectionsOut = new AtomicLong();

    @Override
    public void accept(Event event) {
        switch (event) {
            case IntakeEvent.Queued _ -> messages.incrementAndGet();
            case IntakeEvent.RecipientRejected _ -> rejected.incrementAndGet();
            case IntakeEvent.Connected _ -> connectionsIn.incrementAndGet();
            case IntakeEvent.Closed _ -> connectionsIn.decrementAndGet();
            case DeliveryEvent.Connected _ -> connectionsOut.incrementAndGet();
            case DeliveryEvent.Closed _ -> connectionsOut.decrementAndGet();
            case IntakeEvent _ -> {}
            case DeliveryEvent _ -> {}
            case DnsEvent _ -> {}
            case SystemEvent _ -> {}
        }
    }

    Instant since() {
        return since;
    }

    /// Messages taken in.
    long messages() {
        return messages.get();
    }

    /// Recipients refused to clients.
    long rejected() {
        return rejected.get();
    }

    /// Clients connected now.
    long connectionsIn() {
        return connectionsIn.get();
    }

    /// Connections to mail hosts now.
    long connectionsOut() {
        return connectionsOut.get();
    }
}
