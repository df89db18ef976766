package org.danelaw.events;

/// What happened to the gateway itself.
public sealed interface SystemEvent extends Event {
    /// All listeners accept.
    record Started(String version) implements SystemEvent {}
}
