package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How many connections a lane's destination takes well, and how many its mail is worth: learned from how
/// those fare that there are. Guarded by the lock of its [ReadyQueues].
///
/// A destination is met with a few connections, one that was down with a single one; each that is had, and
/// each message that one takes, allows one more: 1, 2, 4, and so on, in about the time that a message takes.
/// A host that turns a connection away while others carry mail, or leaves it without a greeting, has as many
/// as it wants: then their number stays, and one more is tried now and then.
final class Pace {
    /// The most connections to a destination before one of them was had.
    static final int FIRST_CONNECTIONS = 5;

    /// Where the time that a message takes is not known yet: a connection more is worth it for more ready
    /// messages than this for each that is open.
    static final int MESSAGES_THAT_JUSTIFY_A_CONNECTION = 4;

    /// Else it is worth it if those that are open would be busy for longer than this with what is ready: a
    /// connection costs more than a message.
    private static final Duration WORTH_A_CONNECTION = Duration.ofMillis(500);

    /// For so many that are had, one at a time may be on its way. A host that has stopped to greet keeps no
    /// more than these waiting.
    private static final int HAD_FOR_ONE_MORE = 2;

    /// How long after a connection was turned away no further one is tried than there were.
    static final Duration FULL_FOR = Duration.ofMinutes(1);

    private int most = FIRST_CONNECTIONS;
    private int begun;
    private int had;
    private HostState state = HostState.UNKNOWN;
    private Optional<Instant> fullUntil = Optional.empty();
    private Optional<Duration> quickest = Optional.empty();

    /// Whether one more connection should be begun for so much ready mail.
    boolean wantsAnother(int ready) {
        return begun < most
                && onTheirWay() < Math.max(FIRST_CONNECTIONS, had / HAD_FOR_ONE_MORE)
                && begun < worth(ready);
    }

    private int onTheirWay() {
        return begun - had;
    }

    /// How many connections so much mail is worth. The quickest message counts: they all take longer where
    /// this machine or the host is busy, and then another connection would help nobody.
    private long worth(int ready) {
        var byNumber = 1L + (ready - 1) / MESSAGES_THAT_JUSTIFY_A_CONNECTION;
        return quickest.map(each -> 1 + each.multipliedBy(ready).dividedBy(WORTH_A_CONNECTION))
                .map(byTime -> Math.min(byNumber, byTime))
                .orElse(byNumber);
    }

    void begun() {
        begun++;
    }

    /// One of those begun is over.
    void ended(boolean wasHad) {
        begun--;
        had -= wasHad ? 1 : 0;
    }

    int sessions() {
        return begun;
    }

    /// Whether any connection carries mail now.
    boolean works() {
        return had > 0;
    }

    HostState state() {
        return state;
    }

    /// A connection was had.
    void had(Instant now) {
        had++;
        state = HostState.UP;
        grow(now);
    }

    /// A message was taken over one. Tells whether that allows another.
    boolean sent(Duration took, Instant now) {
        if (quickest.isEmpty() || took.compareTo(quickest.get()) < 0) {
            quickest = Optional.of(took);
        }
        return grow(now);
    }

    private boolean grow(Instant now) {
        if (begun < most || fullUntil.filter(until -> until.isAfter(now)).isPresent()) {
            return false;
        }
        most++;
        fullUntil = fullUntil.map(before -> now.plus(FULL_FOR));
        return true;
    }

    /// A connection was turned away, or not greeted, while others carry mail.
    void turnedAway(Instant now) {
        most = Math.max(1, had);
        fullUntil = Optional.of(now.plus(FULL_FOR));
    }

    /// An attempt had no connection, and nobody else has one.
    void failed() {
        most = 1;
        fullUntil = Optional.empty();
    }

    void down() {
        state = HostState.DOWN;
        failed();
    }
}
