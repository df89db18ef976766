package org.danelaw.events;

/// Something that happened, told once, by the part that did it.
public sealed interface Event permits IntakeEvent, DeliveryEvent, DnsEvent, SystemEvent {
    /// How much it matters to an operator.
    default Level level() {
        return Level.INFO;
    }
}
