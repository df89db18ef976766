package org.danelaw.delivery;

import java.time.Instant;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.Waiting;

/// What is owed to the sender of mail for its age.
enum Patience {
    NOTHING,
    /// Word, once, that it still waits.
    DELAY_NOTICE,
    /// The mail itself: its lifetime is over.
    BOUNCE;

    static Patience owed(Waiting waiting, BounceProfile profile, Instant now) {
        if (!now.isBefore(waiting.received().plus(profile.maxQueue()))) {
            return BOUNCE;
        }
        var isLate = !now.isBefore(waiting.received().plus(profile.delayNotice()));
        return isLate && !waiting.delayTold() ? DELAY_NOTICE : NOTHING;
    }
}
