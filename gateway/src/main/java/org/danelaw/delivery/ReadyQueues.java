package org.danelaw.delivery;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.danelaw.delivery.Quotas.Leave;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;

/// All mail that waits: for its time, or in the lane of its destination and policy for a session.
/// Decides who may go next within the limits; does nothing itself.
///
/// Shared by the dispatcher, the sessions and the operator's commands, under one lock, which nobody holds
/// while waiting for anything but it.
final class ReadyQueues {
    /// The clock may be set: so it is looked at now and then, however far away the next time is.
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /// Mail that is due and has had no turn for so long is held by a limit: its sender is owed what is owed to
    /// others.
    static final Duration HELD = Duration.ofMinutes(1);

    private final Supplier<DeliverySettings> settings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forDispatcher = lock.newCondition();

    // All below is guarded by the lock.
    private final ArrayDeque<Waiting> overdue = new ArrayDeque<>();
    private final ArrayDeque<Waiting> untold = new ArrayDeque<>();
    private final Map<Lane, LaneQueue> lanes = new HashMap<>();
    private final Quotas quotas = new Quotas();
    private final Wakes wakes = new Wakes();

    /// The lanes for which a session may have to be begun, in the order of their turns; others need no
    /// look.
    private final Set<LaneQueue> turns = new LinkedHashSet<>();

    private Suspension suspension;
    private long lanesMade;
    private Instant nextSweep = Instant.MIN;
    private boolean closed;

    ReadyQueues(Supplier<DeliverySettings> settings, Suspension suspension, InstantSource clock) {
        this.settings = settings;
        this.suspension = suspension;
        this.clock = clock;
    }

    /// What the dispatcher is to do next.
    sealed interface Order {
        /// Begin a session for this lane; it counts as one from now until [#ended].
        record Begin(Lane lane) implements Order {}

        /// End the wait of this mail: its lifetime is over.
        record GiveUp(Waiting waiting) implements Order {}

        /// Tell its sender that this mail waits, and hand it back: a limit holds it.
        record TellDelay(Waiting waiting) implements Order {}

        /// No more orders will come.
        record Stop() implements Order {}
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// Puts mail where it waits until its time, or until a session takes it.
    void add(Waiting waiting) {
        locked(() -> {
            var queue = queue(waiting.lane());
            if (waiting.next().at().isAfter(clock.instant())) {
                queue.addLater(waiting);
                wakes.set(queue, queue.nextLook(clock.instant()));
            } else {
                makeReady(queue, waiting);
            }
            forDispatcher.signal();
        });
    }

    private void makeReady(LaneQueue queue, Waiting waiting) {
        switch (waiting.next()) {
            case Next.GiveUp giveUp
            when suspension.holds(queue.lane().domain()) ->
                // Nothing bounces for its age where nothing is tried either: it gets an attempt when that is
                // over.
                queue.addReady(waiting.due(new Next.Attempt(clock.instant())));
            case Next.GiveUp giveUp -> overdue.add(waiting);
            case Next.Attempt attempt -> {
                // Since now, however long ago it was due: while nobody ran, no limit held it.
                queue.addReady(waiting.due(new Next.Attempt(clock.instant())));
                turns.add(queue);
            }
        }
    }

    private LaneQueue queue(Lane lane) {
        return lanes.computeIfAbsent(lane, key -> {
            var queue = new LaneQueue(lane, lanesMade++, lock.newCondition());
            quotas.add(queue);
            return queue;
        });
    }

    /// Waits until there is something to do.
    Order next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed) {
                var order = poll();
                if (order.isPresent()) {
                    return order.get();
                }
                forDispatcher.awaitNanos(nanosToNextTime());
            }
            return new Order.Stop();
        } finally {
            lock.unlock();
        }
    }

    /// What there is to do now, if anything.
    Optional<Order> poll() {
        return locked(() -> {
            wake();
            if (!overdue.isEmpty()) {
                return Optional.of(new Order.GiveUp(overdue.poll()));
            }
            return untold.isEmpty()
                    ? laneToBegin().map(Order.Begin::new)
                    : Optional.of(new Order.TellDelay(untold.poll()));
        });
    }

    /// Moves what has become due to where it is taken from.
    private void wake() {
        var now = clock.instant();
        for (var due = wakes.pollDue(now); due.isPresent(); due = wakes.pollDue(now)) {
            var queue = due.get();
            queue.pollDue(now).forEach(waiting -> makeReady(queue, waiting));
            turns.add(queue);
            wakes.set(queue, queue.nextLook(now));
            forget(queue);
        }
        if (!now.isBefore(nextSweep)) {
            quotas.sweep(now);
            lanes.values().forEach(queue -> lookAtHeld(queue, now));
            nextSweep = now.plus(LONGEST_SLEEP);
        }
    }

    /// Mail that is tried is asked for its age after each attempt; this is for what gets none.
    private void lookAtHeld(LaneQueue queue, Instant now) {
        var current = settings.get();
        var control = current.controls().of(queue.lane().domain());
        if (!queue.hasReady()
                || queue.isDown(now)
                || suspension.holds(queue.lane().domain())
                || (quotas.isRoom(current) && mayBegin(queue, control))) {
            return;
        }
        for (var held : queue.takeReady(
                waiting -> isHeld(waiting, now) && owed(waiting, current, control, now) != Patience.NOTHING)) {
            switch (owed(held, current, control, now)) {
                case BOUNCE -> overdue.add(held);
                case DELAY_NOTICE -> untold.add(held);
                case NOTHING -> queue.addReady(held);
            }
        }
    }

    private static boolean isHeld(Waiting waiting, Instant now) {
        return !waiting.next().at().plus(HELD).isAfter(now);
    }

    private static Patience owed(Waiting waiting, DeliverySettings current, DestinationControl control, Instant now) {
        return Patience.owed(waiting, current.bounceProfile(control.bounceProfileOr(waiting.bounceProfile())), now);
    }

    private long nanosToNextTime() {
        return wakes.next()
                .map(at -> Math.max(1, Duration.between(clock.instant(), at).toNanos()))
                .map(nanos -> Math.min(nanos, LONGEST_SLEEP.toNanos()))
                .orElse(LONGEST_SLEEP.toNanos());
    }

    /// The lanes take turns: one that gets a session goes to the end of the line, one that wants none
    /// leaves it.
    private Optional<Lane> laneToBegin() {
        var current = settings.get();
        while (!turns.isEmpty() && quotas.isRoom(current)) {
            var queue = turns.iterator().next();
            turns.remove(queue);
            if (mayBegin(queue, current.controls().of(queue.lane().domain()))) {
                turns.add(queue);
                queue.pace().begun();
                quotas.begun(queue);
                return Optional.of(queue.lane());
            }
            wakes.set(queue, queue.nextLook(clock.instant()));
        }
        return Optional.empty();
    }

    private boolean mayBegin(LaneQueue queue, DestinationControl control) {
        return queue.wantsSession(clock.instant())
                && !suspension.holds(queue.lane().domain())
                && quotas.mayBegin(queue, control, clock.instant());
    }

    /// The next mail of a lane, for one of its sessions; if there is none, waits up to `linger` for
    /// some, unless others wait for a connection.
    Optional<Waiting> take(Lane lane, Duration linger) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var queue = queue(lane);
            awaitMail(queue, linger);
            return isOver(lane) || !queue.hasReady() ? Optional.empty() : Optional.of(queue.poll());
        } finally {
            lock.unlock();
        }
    }

    private void awaitMail(LaneQueue queue, Duration linger) throws InterruptedException {
        var mailCame = queue.waits();
        try {
            var left = linger.toNanos();
            while (!queue.hasReady() && left > 0 && !isOver(queue.lane()) && quotas.isRoom(settings.get())) {
                left = mailCame.awaitNanos(left);
            }
        } finally {
            queue.waitsNoMore();
        }
    }

    private boolean isOver(Lane lane) {
        return closed || suspension.holds(lane.domain());
    }

    /// Whether an operator has suspended its deliveries.
    boolean isSuspended(Lane lane) {
        return locked(() -> suspension.holds(lane.domain()));
    }

    /// Leave for a session to dial this address for a message to so many recipients; given back by
    /// [#release].
    Leave dial(Lane lane, InetAddress address, int recipients) {
        return locked(() -> quotas.dial(queue(lane), address, control(lane), recipients, clock.instant()));
    }

    /// Whether a session that is dialling may dial another address beside it; given back by [#oneLess].
    boolean oneMore(Lane lane) {
        return locked(() -> quotas.oneMore(queue(lane), control(lane), settings.get()));
    }

    /// An address that was dialled beside another no longer is.
    void oneLess(Lane lane) {
        locked(() -> {
            turns.addAll(quotas.ended(queue(lane)));
            forDispatcher.signal();
        });
    }

    private DestinationControl control(Lane lane) {
        return settings.get().controls().of(lane.domain());
    }

    /// A connection that was dialled is over, or there was none.
    void release(Leave.Granted leave) {
        locked(() -> {
            quotas.release(leave).ifPresent(queue -> {
                queue.resume();
                turns.add(queue);
                forDispatcher.signal();
            });
        });
    }

    /// How many of a message's recipients may be sent to this address now; they count as sent.
    int grant(Lane lane, InetAddress address, int recipients) {
        return locked(() -> quotas.grant(queue(lane), address, control(lane), recipients, clock.instant()));
    }

    /// Takes back mail that was taken and not tried: it is the next of its sender's.
    void handBack(Waiting waiting) {
        locked(() -> {
            var queue = queue(waiting.lane());
            queue.addFirst(waiting);
            turns.add(queue);
            forDispatcher.signal();
        });
    }

    /// No session of this lane may begin before that: the addresses that it could dial are at their limits.
    void pause(Lane lane, Instant until) {
        locked(() -> {
            var queue = queue(lane);
            queue.pause(until);
            wakes.set(queue, queue.nextLook(clock.instant()));
            forDispatcher.signal();
        });
    }

    /// A message was taken by the host, in so much time.
    void sent(Lane lane, Duration took) {
        locked(() -> {
            var queue = queue(lane);
            if (queue.pace().sent(took, clock.instant())) {
                turns.add(queue);
                forDispatcher.signal();
            }
        });
    }

    /// Whether any session of this lane has a connection that carries mail.
    boolean works(Lane lane) {
        return locked(() -> queue(lane).pace().works());
    }

    /// Who else of its lane is busy when an attempt ends without a connection.
    enum Others {
        /// Some carry mail.
        WORK,
        /// Some try to have a connection, like this one.
        TRY,
        NONE
    }

    /// An attempt found no host to have a session with.
    ///
    /// @param turnedAway whether that was the host's doing, and it may have as many connections as it wants
    Others failed(Lane lane, boolean turnedAway) {
        return locked(() -> {
            var pace = queue(lane).pace();
            if (pace.works()) {
                if (turnedAway) {
                    pace.turnedAway(clock.instant());
                }
                return Others.WORK;
            }
            pace.failed();
            return pace.sessions() > 1 ? Others.TRY : Others.NONE;
        });
    }

    /// All of a lane's mail that is due: it shares the outcome of an attempt that found no host at all.
    List<Waiting> drain(Lane lane) {
        return locked(() -> queue(lane).drain());
    }

    /// No session can be had: the lane pauses, and then one attempt is made. Tells whether that is news.
    boolean down(Lane lane, Instant until) {
        return locked(() -> {
            var queue = queue(lane);
            var news = queue.down(until);
            wakes.set(queue, queue.nextLook(clock.instant()));
            forDispatcher.signal();
            return news;
        });
    }

    /// A session was had. Tells whether that is news.
    boolean up(Lane lane) {
        return locked(() -> {
            var queue = queue(lane);
            turns.add(queue);
            forDispatcher.signal();
            return queue.up(clock.instant());
        });
    }

    /// An attempt of this lane is over.
    ///
    /// @param wasUp whether it told [#up] of a session
    void ended(Lane lane, boolean wasUp) {
        locked(() -> {
            var queue = queue(lane);
            queue.pace().ended(wasUp);
            turns.addAll(quotas.ended(queue));
            forget(queue);
            forDispatcher.signal();
        });
    }

    /// Nothing is kept of a destination that has no mail and no state, or the table would grow with
    /// every domain.
    private void forget(LaneQueue queue) {
        if (queue.isIdle(clock.instant())) {
            var lane = queue.lane();
            lanes.remove(lane);
            turns.remove(queue);
            wakes.set(queue, Optional.empty());
            quotas.remove(queue, clock.instant());
        }
    }

    /// Makes the mail of these domains due now. Tells how much that is.
    int bringForward(Predicate<String> domains) {
        return locked(() -> {
            var now = clock.instant();
            var brought = 0;
            for (var queue : lanes.values()) {
                if (domains.test(queue.lane().domain())) {
                    brought += queue.bringForward(now);
                    wakes.set(queue, queue.nextLook(now));
                    turns.add(queue);
                }
            }
            forDispatcher.signal();
            return brought;
        });
    }

    /// From now on this is suspended.
    void suspend(Suspension what) {
        locked(() -> {
            suspension = what;
            turns.addAll(lanes.values());
            lanes.values().forEach(LaneQueue::wakeAll);
            forDispatcher.signal();
        });
    }

    /// Takes out these recipients, by MID. Those that are in a session's hands are not here, and are left
    /// alone.
    List<Waiting> withdraw(Map<Long, Set<Integer>> chosen) {
        return locked(() -> {
            var withdrawn = new ArrayList<Waiting>();
            for (var ending : List.of(overdue, untold)) {
                var rest = LaneQueue.withdraw(chosen, ending, withdrawn);
                ending.clear();
                ending.addAll(rest);
            }
            for (var queue : List.copyOf(lanes.values())) {
                withdrawn.addAll(queue.withdraw(chosen));
                wakes.set(queue, queue.nextLook(clock.instant()));
                forget(queue);
            }
            return withdrawn;
        });
    }

    /// Has the dispatcher look at the clock and the settings again.
    void lookAgain() {
        locked(() -> {
            turns.addAll(lanes.values());
            forDispatcher.signal();
        });
    }

    /// Ends all waiting: no more orders, no more mail.
    void close() {
        locked(() -> {
            closed = true;
            forDispatcher.signalAll();
            lanes.values().forEach(LaneQueue::wakeAll);
        });
    }

    List<LaneState> states() {
        return locked(() -> {
            var now = clock.instant();
            return lanes.values().stream().map(queue -> queue.state(now)).toList();
        });
    }

    /// Those of one domain.
    List<LaneState> states(String domain) {
        return locked(() -> {
            var now = clock.instant();
            return quotas.lanes(domain).stream().map(queue -> queue.state(now)).toList();
        });
    }
}
