package org.danelaw.delivery;

import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;

/// How an attempt ended for one recipient. The schedule, not the attempt, picks the next time.
public sealed interface Outcome {
    /// A host took the message.
    ///
    /// @param isLastWord whether the sender asked to hear of success and the host, without DSN, will not tell:
    /// then we do (RFC 3461 section 5.2.2)
    record Delivered(String host, Reply reply, Protection protection, boolean isLastWord) implements Outcome {}

    /// It will be tried again.
    record Deferred(Why why) implements Outcome {}

    /// It never will.
    record Bounced(Cause cause) implements Outcome {}
}
