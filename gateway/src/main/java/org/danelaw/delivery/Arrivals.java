package org.danelaw.delivery;

import java.time.Instant;
import java.util.function.Supplier;
import org.danelaw.queue.BounceProfile;
import org.danelaw.queue.Next;
import org.danelaw.queue.RetrySchedule;
import org.danelaw.queue.Waiting;

/// Dates mail that comes from the spool, where all times are the wall clock's, by the clock of delivery. A
/// wall clock that was wrong when they were written makes no mail wait longer than its bounce profile does.
record Arrivals(SteadyClock clock, Supplier<DeliverySettings> settings) {
    Waiting dated(Waiting waiting) {
        var now = clock.instant();
        // What is dated in the future was received under a wrong clock: it counts as new.
        var received = earlier(clock.fromTheWall(waiting.received()), now);
        return waiting.dated(received, next(waiting, now));
    }

    private Next next(Waiting waiting, Instant now) {
        var current = settings.get();
        var control = current.controls().of(waiting.lane().domain());
        var profile = current.bounceProfile(control.bounceProfileOr(waiting.bounceProfile()));
        return next(waiting.next(), profile, current.retryJitterPercent(), now);
    }

    private Next next(Next next, BounceProfile profile, int jitterPercent, Instant now) {
        var at = clock.fromTheWall(next.at());
        return switch (next) {
            case Next.Attempt attempt ->
                new Next.Attempt(earlier(at, now.plus(RetrySchedule.longest(profile, jitterPercent))));
            case Next.GiveUp giveUp -> new Next.GiveUp(earlier(at, now.plus(profile.maxQueue())));
        };
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
