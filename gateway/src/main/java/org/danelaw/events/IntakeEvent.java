package org.danelaw.events;

/// What happened on an incoming connection.
public sealed interface IntakeEvent extends Event {
    /// The connection `icid` is over.
    record Closed(long icid) implements IntakeEvent {}
}
