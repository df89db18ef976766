package org.danelaw.events;

/// What reverse DNS says of a client's address.
public sealed interface ReverseName {
    /// No name, or nobody asked.
    record Unknown() implements ReverseName {}

    /// A name whose own address records do not lead back to the client.
    record Claimed(String name) implements ReverseName {}

    /// A name whose own address records lead back to the client.
    record Verified(String name) implements ReverseName {}
}
