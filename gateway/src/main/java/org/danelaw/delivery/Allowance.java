package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import org.danelaw.delivery.DestinationControl.RecipientRate;

/// How many recipients may still be sent: never more than the limit within any span of its length, wherever
/// that span begins. Guarded by the lock of its [ReadyQueues].
final class Allowance {
    /// Uses within such a part of the span are remembered as one, at the time of the latest: so what is
    /// remembered is bounded, and a use is given back too late by this part at most, never too early.
    private static final int PARTS = 64;

    private final RecipientRate rate;
    private final Duration part;
    private final ArrayDeque<Use> uses = new ArrayDeque<>(1);
    private int used;

    private record Use(Instant began, Instant last, int recipients) {}

    Allowance(RecipientRate rate) {
        this.rate = rate;
        part = rate.span().dividedBy(PARTS);
    }

    /// How many of a message's recipients may be sent now: all or none; of more than the limit, which could
    /// never go together, the limit or none.
    int granted(int recipients, Instant now) {
        forget(now);
        var fitting = Math.min(recipients, rate.recipients());
        return used + fitting <= rate.recipients() ? fitting : 0;
    }

    /// How many may be sent now in all.
    int left(Instant now) {
        forget(now);
        return rate.recipients() - used;
    }

    void use(int recipients, Instant now) {
        used += recipients;
        var last = uses.peekLast();
        if (last != null && now.isBefore(last.began().plus(part))) {
            uses.removeLast();
            uses.addLast(new Use(last.began(), later(last.last(), now), last.recipients() + recipients));
        } else {
            uses.addLast(new Use(now, now, recipients));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// When [#granted] will no longer be none.
    Instant grantedAgain(int recipients, Instant now) {
        forget(now);
        var tooMany = used + Math.min(recipients, rate.recipients()) - rate.recipients();
        var at = now;
        for (var use : uses) {
            if (tooMany <= 0) {
                break;
            }
            at = use.last().plus(rate.span());
            tooMany -= use.recipients();
        }
        return at;
    }

    /// Whether nothing of it is used.
    boolean isWhole(Instant now) {
        forget(now);
        return used == 0;
    }

    private void forget(Instant now) {
        while (!uses.isEmpty() && !uses.getFirst().last().plus(rate.span()).isAfter(now)) {
            used -= uses.removeFirst().recipients();
        }
    }
}
