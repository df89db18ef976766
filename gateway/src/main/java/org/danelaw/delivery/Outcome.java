package org.danelaw.delivery;

import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;

/// How an attempt ended for one recipient. The schedule, not the attempt, picks the next time.
public sealed interface Outcome {
    /// A host took the message.
    record Delivered(Reply reply, Protection protection) implements Outcome {}

    /// It will be tried again.
    record Deferred(Why why) implements Outcome {}

    /// It never will.
    record Bounced(Cause cause) implements Outcome {}
}
