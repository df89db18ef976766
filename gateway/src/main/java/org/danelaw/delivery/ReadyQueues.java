package org.danelaw.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;

/// All mail that waits: for its time, or in the lane of its destination and policy for a session.
/// Decides who may go next within the limits; does nothing itself.
///
/// Shared by the dispatcher and the sessions, under one lock, which nobody holds while waiting for
/// anything but it.
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
    private final PriorityQueue<Waiting> future = new PriorityQueue<>(
            Comparator.comparing((Waiting waiting) -> waiting.next().at()));
    private final ArrayDeque<Waiting> overdue = new ArrayDeque<>();
    private final Map<Lane, LaneQueue> lanes = new HashMap<>();
    private final Map<String, Usage> usage = new HashMap<>();

    /// The lanes for which a session may have to be begun, in the order of their turns; others need no
    /// look.
    private final Set<Lane> turns = new LinkedHashSet<>();

    /// When a lane that had to pause gets its next turn.
    private final TreeSet<Pause> pauses = new TreeSet<>();

    private int connections;
    private boolean closed;

    ReadyQueues(Supplier<DeliverySettings> settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// What is known of a lane's destination.
    private enum Standing {
        /// No session was tried yet: a few at a time find out.
        UNKNOWN,
        /// The last session that was tried was had.
        PROVEN,
        /// The last that was tried was not: one at a time, until one is.
        DOUBTFUL
    }

    /// The mail of one lane that is due, and who is busy with it.
    private final class LaneQueue {
        private final ArrayDeque<Waiting> ready = new ArrayDeque<>();
        private final Condition mailCame = lock.newCondition();
        private Standing standing = Standing.UNKNOWN;
        private int sessions;
        private int idle;
        private Optional<Instant> downUntil = Optional.empty();
    }

    /// What a destination uses of its limits, over all its lanes.
    private static final class Usage {
        private final Set<Lane> lanes = new LinkedHashSet<>();
        private int connections;
        private Optional<Instant> spanBegan = Optional.empty();
        private int recipients;
    }

    private record Pause(Instant until, Lane lane) implements Comparable<Pause> {
        private static final Comparator<Pause> ORDER = Comparator.comparing(Pause::until)
                .thenComparing(pause -> pause.lane().toString());

        @Override
        public int compareTo(Pause other) {
            return ORDER.compare(this, other);
        }
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
            if (waiting.next().at().isAfter(clock.instant())) {
                future.add(waiting);
            } else {
                makeReady(waiting);
            }
            forDispatcher.signal();
        } finally {
            lock.unlock();
        }
    }

    private void makeReady(Waiting waiting) {
        switch (waiting.next()) {
            case Next.GiveUp giveUp -> overdue.add(waiting);
            case Next.Attempt attempt -> {
                var queue = queue(waiting.lane());
                queue.ready.add(waiting);
                queue.mailCame.signal();
                turns.add(waiting.lane());
            }
        }
    }

    private LaneQueue queue(Lane lane) {
        return lanes.computeIfAbsent(lane, key -> {
            usage(lane).lanes.add(lane);
            return new LaneQueue();
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
            promote();
            return overdue.isEmpty()
                    ? laneToBegin().map(Order.Begin::new)
                    : Optional.of(new Order.GiveUp(overdue.poll()));
        } finally {
            lock.unlock();
        }
    }

    /// Moves what has become due to where it is taken from.
    private void promote() {
        var now = clock.instant();
        while (!future.isEmpty() && !future.peek().next().at().isAfter(now)) {
            makeReady(future.poll());
        }
        while (!pauses.isEmpty() && !pauses.first().until().isAfter(now)) {
            turns.add(pauses.pollFirst().lane());
        }
    }

    private long nanosToNextTime() {
        return nextTime()
                .map(at -> Math.max(1, Duration.between(clock.instant(), at).toNanos()))
                .map(nanos -> Math.min(nanos, LONGEST_SLEEP.toNanos()))
                .orElse(LONGEST_SLEEP.toNanos());
    }

    private Optional<Instant> nextTime() {
        var mail =
                Optional.ofNullable(future.peek()).map(waiting -> waiting.next().at());
        var pause = pauses.isEmpty()
                ? Optional.<Instant>empty()
                : Optional.of(pauses.first().until());
        return mail.isPresent() && pause.isPresent()
                ? mail.filter(at -> at.isBefore(pause.get())).or(() -> pause)
                : mail.or(() -> pause);
    }

    /// The lanes take turns: one that gets a session goes to the end of the line, one that wants none
    /// leaves it.
    private Optional<Lane> laneToBegin() {
        var current = settings.get();
        while (!turns.isEmpty() && connections < current.maxConnections()) {
            var lane = turns.iterator().next();
            turns.remove(lane);
            var queue = lanes.get(lane);
            if (queue != null && wantsSession(lane, queue, current.controls().of(lane.domain()))) {
                turns.add(lane);
                queue.sessions++;
                usage(lane).connections++;
                connections++;
                return Optional.of(lane);
            }
        }
        return Optional.empty();
    }

    private boolean wantsSession(Lane lane, LaneQueue queue, DestinationControl control) {
        if (queue.ready.size() <= queue.idle || usage(lane).connections >= control.concurrentConnections()) {
            return false;
        }
        if (queue.downUntil.filter(until -> until.isAfter(clock.instant())).isPresent()) {
            return false;
        }
        return queue.sessions < mostSessions(queue) && !mustPause(lane, queue.ready.getFirst(), control);
    }

    /// How many sessions a lane's mail is worth, and its destination's standing allows.
    private static int mostSessions(LaneQueue queue) {
        var worth = 1 + (queue.ready.size() - 1) / MESSAGES_THAT_JUSTIFY_A_CONNECTION;
        return switch (queue.standing) {
            case UNKNOWN -> Math.min(worth, FIRST_CONNECTIONS);
            case PROVEN -> worth;
            case DOUBTFUL -> 1;
        };
    }

    /// Whether the destination has had its recipients for this span of time; then the lane gets a turn
    /// at its end.
    private boolean mustPause(Lane lane, Waiting waiting, DestinationControl control) {
        if (control.rate().isEmpty()) {
            return false;
        }
        var limit = control.rate().get();
        var used = usage(lane);
        var now = clock.instant();
        if (used.spanBegan
                .filter(began -> now.isBefore(began.plus(limit.span())))
                .isEmpty()) {
            used.spanBegan = Optional.of(now);
            used.recipients = 0;
        }
        // A message with more recipients than the limit goes alone, since it could never go otherwise.
        if (used.recipients == 0 || used.recipients + waiting.rids().size() <= limit.recipients()) {
            return false;
        }
        pauses.add(new Pause(used.spanBegan.get().plus(limit.span()), lane));
        return true;
    }

    /// The next mail of a lane, for one of its sessions; if there is none, waits up to `linger` for
    /// some, unless others wait for a connection.
    Optional<Waiting> take(Lane lane, Duration linger) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var queue = queue(lane);
            var left = linger.toNanos();
            while (queue.ready.isEmpty()
                    && left > 0
                    && !closed
                    && connections < settings.get().maxConnections()) {
                queue.idle++;
                try {
                    left = queue.mailCame.awaitNanos(left);
                } finally {
                    queue.idle--;
                }
            }
            if (closed
                    || queue.ready.isEmpty()
                    || mustPause(
                            lane,
                            queue.ready.getFirst(),
                            settings.get().controls().of(lane.domain()))) {
                return Optional.empty();
            }
            var waiting = queue.ready.poll();
            usage(lane).recipients += waiting.rids().size();
            return Optional.of(waiting);
        } finally {
            lock.unlock();
        }
    }

    /// An attempt found no host to have a session with. Tells whether no other attempt of its lane is
    /// under way.
    boolean failed(Lane lane) {
        lock.lock();
        try {
            var queue = queue(lane);
            queue.standing = Standing.DOUBTFUL;
            return queue.sessions <= 1;
        } finally {
            lock.unlock();
        }
    }

    /// All of a lane's mail that is due: it shares the outcome of an attempt that found no host at all.
    List<Waiting> drain(Lane lane) {
        lock.lock();
        try {
            var queue = queue(lane);
            var all = new ArrayList<>(queue.ready);
            queue.ready.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// No session can be had: the lane pauses, and then one attempt is made. Tells whether that is news.
    boolean down(Lane lane, Instant until) {
        lock.lock();
        try {
            var queue = queue(lane);
            var news = queue.downUntil.isEmpty();
            queue.downUntil = Optional.of(until);
            queue.standing = Standing.DOUBTFUL;
            pauses.add(new Pause(until, lane));
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
            var news = queue.downUntil.isPresent();
            queue.downUntil = Optional.empty();
            queue.standing = Standing.PROVEN;
            turns.add(lane);
            forDispatcher.signal();
            return news;
        } finally {
            lock.unlock();
        }
    }

    /// A session of this lane is over.
    void ended(Lane lane) {
        lock.lock();
        try {
            queue(lane).sessions--;
            connections--;
            var used = usage(lane);
            used.connections--;
            turns.addAll(used.lanes);
            forget(lane);
            forDispatcher.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Nothing is kept of a destination that has no mail and no state, or the table would grow with
    /// every domain.
    private void forget(Lane lane) {
        var queue = queue(lane);
        if (queue.ready.isEmpty() && queue.sessions == 0 && queue.downUntil.isEmpty()) {
            lanes.remove(lane);
            turns.remove(lane);
            var used = usage(lane);
            used.lanes.remove(lane);
            if (used.lanes.isEmpty() && used.spanBegan.isEmpty()) {
                usage.remove(lane.domain());
            }
        }
    }

    /// Has the dispatcher look at the clock and the settings again.
    void lookAgain() {
        lock.lock();
        try {
            turns.addAll(lanes.keySet());
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
            lanes.values().forEach(queue -> queue.mailCame.signalAll());
        } finally {
            lock.unlock();
        }
    }

    List<LaneState> states() {
        lock.lock();
        try {
            return lanes.entrySet().stream()
                    .map(entry -> new LaneState(
                            entry.getKey(),
                            entry.getValue().ready.size(),
                            entry.getValue().sessions,
                            entry.getValue().downUntil))
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
