package org.danelaw.delivery;

import org.danelaw.queue.Why;

/// Why a recipient gets no further attempt. None of these can be forged by somebody between us and the
/// host where DANE applies: what such a one can do ends in a deferral, and at the earliest in [Expired]
/// (rules D13, D14).
public sealed interface Cause {
    Why why();

    /// A host refused for good.
    record Replied(Why why) implements Cause {}

    /// The queue lifetime is over; the reason is that of the last attempt.
    record Expired(Why why) implements Cause {}

    /// The domain does not exist (rule A2).
    record NoSuchDomain(Why why) implements Cause {}

    /// The domain takes no mail (rule A3).
    record NullMx(Why why) implements Cause {}

    /// No host of the domain has an address (rule A30).
    record NoAddress(Why why) implements Cause {}

    /// No host can carry what the message needs (RFC 6531 section 3.5, RFC 6152 section 3).
    record NotSupported(Why why) implements Cause {}

    /// The best host is this gateway (rule B17).
    record Loop(Why why) implements Cause {}

    record ByOperator(Why why) implements Cause {}
}
