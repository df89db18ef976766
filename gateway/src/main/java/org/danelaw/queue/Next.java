package org.danelaw.queue;

import java.time.Instant;

/// What is due for waiting mail, and when.
public sealed interface Next {
    Instant at();

    /// Another attempt.
    record Attempt(Instant at) implements Next {}

    /// The end of the queue lifetime: the mail bounces without a further attempt.
    record GiveUp(Instant at) implements Next {}
}
