package org.danelaw.delivery;

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
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;

/// All mail that waits: for its time, or in the lane of its destination and policy for a session.
/// Decides who may go next within the limits; does nothing itself.
///
/// Shared by the dispatcher, the sessions and the operator's commands, under one lock, which nobody holds while
/// waiting for anything but it.
final class ReadyQueues {
    /// A further connection to a destination is opened only for more ready messages than this for each
    /// that is open: a connection costs more than a message.
    static final int MESSAGES_THAT_JUSTIFY_A_CONNECTION = 4;

    /// The most connections to a destination before one of them was had.
    static final int FIRST_CONNECTIONS = 5;

    /// The clock may be set: so it is looked at now and then, however far away the next time is.
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final Supplier<DeliverySettings> settings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition forDispatcher = lock.newCondition();

    // All below is guarded by the lock.
    private final ArrayDeque<Waiting> overdue = new ArrayDeque<>();
    private final Map<Lane, LaneQueue> lanes = new HashMap<>();
    private final Map<String, Usage> usage = new HashMap<>();
    private final Wakes wakes = new Wakes();

    /// The lanes for which a session may have to be begun, in the order of their turns; others need no
    /// look.
    private final Set<LaneQueue> turns = new LinkedHashSet<>();

    private Suspension suspension;
    private long lanesMade;
    private int connections;
    private boolean closed;

    ReadyQueues(Supplier<DeliverySettings> settings, Suspension suspension, InstantSource clock) {
        this.settings = settings;
        this.suspension = suspension;
        this.clock = clock;
    }

    /// What a destination uses of its limits, over all its lanes.
    private static final class Usage {
        private final Set<LaneQueue> lanes = new LinkedHashSet<>();
        private int connections;
        private Optional<Instant> spanBegan = Optional.empty();
        private int recipients;
    }

    /// What the dispatcher is to do next.
    sealed interface Order {
        /// Begin a session for this lane; it counts as one from now until [#ended].
        record Begin(Lane lane) implements Order {}

        /// End the wait of this mail: its lifetime is over.
        record GiveUp(Waiting waiting) implements Order {}

        /// No more orders will come.
        record Stop() implements Order {}
    }

    /// Puts mail where it waits until its time, or until a session takes it.
    void add(Waiting waiting) {
        lock.lock();
        try {
            var queue = queue(waiting.lane());
            if (waiting.next().at().isAfter(clock.instant())) {
                queue.addLater(waiting);
                wakes.set(queue, queue.nextLook(clock.instant()));
            } else {
                makeReady(queue, waiting);
            }
            forDispatcher.signal();
        } finally {
            lock.unlock();
        }
    }

    private void makeReady(LaneQueue queue, Waiting waiting) {
        switch (waiting.next()) {
            case Next.GiveUp giveUp
            when suspension.holds(queue.lane().domain()) ->
                // Nothing bounces for its age where nothing is tried either: it gets an attempt when that is over.
                queue.addReady(waiting.due(new Next.Attempt(clock.instant())));
            case Next.GiveUp giveUp -> overdue.add(waiting);
            case Next.Attempt attempt -> {
                queue.addReady(waiting);
                turns.add(queue);
            }
        }
    }

    private LaneQueue queue(Lane lane) {
        return lanes.computeIfAbsent(lane, key -> {
            var queue = new LaneQueue(lane, lanesMade++, lock.newCondition());
            usage(lane).lanes.add(queue);
            return queue;
        });
    }

    private Usage usage(Lane lane) {
        return usage.computeIfAbsent(lane.domain(), key -> new Usage());
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
        lock.lock();
        try {
            wake();
            return overdue.isEmpty()
                    ? laneToBegin().map(Order.Begin::new)
                    : Optional.of(new Order.GiveUp(overdue.poll()));
        } finally {
            lock.unlock();
        }
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
        while (!turns.isEmpty() && connections < current.maxConnections()) {
            var queue = turns.iterator().next();
            turns.remove(queue);
            if (mayBegin(queue, current.controls().of(queue.lane().domain()))) {
                turns.add(queue);
                queue.begun();
                usage(queue.lane()).connections++;
                connections++;
                return Optional.of(queue.lane());
            }
        }
        return Optional.empty();
    }

    private boolean mayBegin(LaneQueue queue, DestinationControl control) {
        return queue.wantsSession(clock.instant())
                && !suspension.holds(queue.lane().domain())
                && usage(queue.lane()).connections < control.concurrentConnections()
                && !mustPause(queue, control);
    }

    /// Whether the destination has had its recipients for this span of time; then the lane gets a turn
    /// at its end.
    private boolean mustPause(LaneQueue queue, DestinationControl control) {
        if (control.rate().isEmpty()) {
            return false;
        }
        var limit = control.rate().get();
        var used = usage(queue.lane());
        var now = clock.instant();
        if (used.spanBegan
                .filter(began -> now.isBefore(began.plus(limit.span())))
                .isEmpty()) {
            used.spanBegan = Optional.of(now);
            used.recipients = 0;
        }
        // A message with more recipients than the limit goes alone, since it could never go otherwise.
        if (used.recipients == 0 || used.recipients + queue.first().rids().size() <= limit.recipients()) {
            return false;
        }
        queue.pause(used.spanBegan.get().plus(limit.span()));
        wakes.set(queue, queue.nextLook(now));
        return true;
    }

    /// The next mail of a lane, for one of its sessions; if there is none, waits up to `linger` for
    /// some, unless others wait for a connection.
    Optional<Waiting> take(Lane lane, Duration linger) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var queue = queue(lane);
            awaitMail(queue, linger);
            if (isOver(lane)
                    || !queue.hasReady()
                    || mustPause(queue, settings.get().controls().of(lane.domain()))) {
                return Optional.empty();
            }
            var waiting = queue.poll();
            usage(lane).recipients += waiting.rids().size();
            return Optional.of(waiting);
        } finally {
            lock.unlock();
        }
    }

    private void awaitMail(LaneQueue queue, Duration linger) throws InterruptedException {
        var mailCame = queue.waits();
        try {
            var left = linger.toNanos();
            while (!queue.hasReady()
                    && left > 0
                    && !isOver(queue.lane())
                    && connections < settings.get().maxConnections()) {
                left = mailCame.awaitNanos(left);
            }
        } finally {
            queue.waitsNoMore();
        }
    }

    private boolean isOver(Lane lane) {
        return closed || suspension.holds(lane.domain());
    }

    /// An attempt found no host to have a session with. Tells whether no other attempt of its lane is
    /// under way.
    boolean failed(Lane lane) {
        lock.lock();
        try {
            var queue = queue(lane);
            queue.failed();
            return queue.sessions() <= 1;
        } finally {
            lock.unlock();
        }
    }

    /// All of a lane's mail that is due: it shares the outcome of an attempt that found no host at all.
    List<Waiting> drain(Lane lane) {
        lock.lock();
        try {
            return queue(lane).drain();
        } finally {
            lock.unlock();
        }
    }

    /// No session can be had: the lane pauses, and then one attempt is made. Tells whether that is news.
    boolean down(Lane lane, Instant until) {
        lock.lock();
        try {
            var queue = queue(lane);
            var news = queue.down(until);
            wakes.set(queue, queue.nextLook(clock.instant()));
            forDispatcher.signal();
            return news;
        } finally {
            lock.unlock();
        }
    }

    /// A session was had. Tells whether that is news.
    boolean up(Lane lane) {
        lock.lock();
        try {
            var queue = queue(lane);
            turns.add(queue);
            forDispatcher.signal();
            return queue.up();
        } finally {
            lock.unlock();
        }
    }

    /// A session of this lane is over.
    void ended(Lane lane) {
        lock.lock();
        try {
            var queue = queue(lane);
            queue.ended();
            connections--;
            var used = usage(lane);
            used.connections--;
            turns.addAll(used.lanes);
            forget(queue);
            forDispatcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing is kept of a destination that has no mail and no state, or the table would grow with
    /// every domain.
    private void forget(LaneQueue queue) {
        if (queue.isIdle(clock.instant())) {
            var lane = queue.lane();
            lanes.remove(lane);
            turns.remove(queue);
            wakes.set(queue, Optional.empty());
            var used = usage(lane);
            used.lanes.remove(queue);
            if (used.lanes.isEmpty() && used.spanBegan.isEmpty()) {
                usage.remove(lane.domain());
            }
        }
    }

    /// Makes the mail of these domains due now. Tells how much that is.
    int bringForward(Predicate<String> domains) {
        lock.lock();
        try {
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
        } finally {
            lock.unlock();
        }
    }

    /// From now on this is suspended.
    void suspend(Suspension what) {
        lock.lock();
        try {
            suspension = what;
            turns.addAll(lanes.values());
            lanes.values().forEach(LaneQueue::wakeAll);
            forDispatcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Takes out these recipients, by MID. Those that are in a session's hands are not here, and are left alone.
    List<Waiting> withdraw(Map<Long, Set<Integer>> chosen) {
        lock.lock();
        try {
            var withdrawn = new ArrayList<Waiting>();
            var rest = LaneQueue.withdraw(chosen, overdue, withdrawn);
            overdue.clear();
            overdue.addAll(rest);
            for (var queue : List.copyOf(lanes.values())) {
                withdrawn.addAll(queue.withdraw(chosen));
                wakes.set(queue, queue.nextLook(clock.instant()));
                forget(queue);
            }
            return withdrawn;
        } finally {
            lock.unlock();
        }
    }

    /// Has the dispatcher look at the clock and the settings again.
    void lookAgain() {
        lock.lock();
        try {
            turns.addAll(lanes.values());
            forDispatcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Ends all waiting: no more orders, no more mail.
    void close() {
        lock.lock();
        try {
            closed = true;
            forDispatcher.signalAll();
            lanes.values().forEach(LaneQueue::wakeAll);
        } finally {
            lock.unlock();
        }
    }

    List<LaneState> states() {
        lock.lock();
        try {
            var now = clock.instant();
            return lanes.values().stream().map(queue -> queue.state(now)).toList();
        } finally {
            lock.unlock();
        }
    }

    /// Those of one domain.
    List<LaneState> states(String domain) {
        lock.lock();
        try {
            var now = clock.instant();
            return Optional.ofNullable(usage.get(domain)).stream()
                    .flatMap(used -> used.lanes.stream())
                    .map(queue -> queue.state(now))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
