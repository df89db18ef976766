package org.danelaw.events;

/// What happened to queued mail and on outgoing connections.
public sealed interface DeliveryEvent extends Event {
    /// The connection `dcid` is over.
    record Closed(long dcid) implements DeliveryEvent {}
}
