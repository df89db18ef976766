package org.danelaw.events;

/// What happened to the gateway itself.
public sealed interface SystemEvent extends Event {
    /// All listeners accept.
    record Started(String version) implements SystemEvent {}

    /// The spool cannot write, and why; what is to be written waits or is refused, nothing is lost.
    record SpoolFailing(String why) implements SystemEvent {}

    /// The spool writes again.
    record SpoolRecovered() implements SystemEvent {}

    /// The spool was opened: what it holds, and what a crash had left behind and was swept away.
    record SpoolOpened(long messages, int orphansSwept) implements SystemEvent {}

    /// A log subscription could not keep up, and lost lines.
    record LogLinesDropped(String subscription, long count) implements SystemEvent {}
}
