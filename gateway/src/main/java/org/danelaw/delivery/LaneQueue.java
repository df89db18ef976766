package org.danelaw.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.stream.Stream;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;

/// The mail of one lane, and how many are busy with it. Guarded by the lock of its [ReadyQueues].
final class LaneQueue {
    private final Lane lane;
    private final long number;
    private final Condition mailCame;
    private final ArrayDeque<Waiting> ready = new ArrayDeque<>(1);
    private final PriorityQueue<Waiting> later = new PriorityQueue<>(
            1, Comparator.comparing(waiting -> waiting.next().at()));
    private Standing standing = Standing.UNKNOWN;
    private int sessions;
    private int idle;
    private Optional<Instant> downUntil = Optional.empty();
    private Optional<Instant> pausedUntil = Optional.empty();

    /// @param number tells it from others
    /// @param mailCame signalled when mail is made ready
    LaneQueue(Lane lane, long number, Condition mailCame) {
        this.lane = lane;
        this.number = number;
        this.mailCame = mailCame;
    }

    /// What is known of a lane's destination.
    private enum Standing {
        /// No session was tried yet: a few at a time find out.
        UNKNOWN(HostState.UNKNOWN),
        /// The last session that was tried was had.
        PROVEN(HostState.UP),
        /// The last that was tried was not: one at a time, until one is.
        DOUBTFUL(HostState.DOWN);

        private final HostState state;

        Standing(HostState state) {
            this.state = state;
        }
    }

    Lane lane() {
        return lane;
    }

    long number() {
        return number;
    }

    /// Mail that waits for its time.
    void addLater(Waiting waiting) {
        later.add(waiting);
    }

    /// Mail that is due for a session.
    void addReady(Waiting waiting) {
        ready.add(waiting);
        mailCame.signal();
    }

    /// Takes out what has become due.
    List<Waiting> pollDue(Instant now) {
        var due = new ArrayList<Waiting>();
        while (!later.isEmpty() && !later.peek().next().at().isAfter(now)) {
            due.add(later.poll());
        }
        return due;
    }

    /// When this lane is next to be looked at though nobody asks.
    Optional<Instant> nextLook(Instant now) {
        return Stream.concat(
                        nextDue().stream(),
                        Stream.of(downUntil, pausedUntil)
                                .flatMap(Optional::stream)
                                .filter(at -> at.isAfter(now)))
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> nextDue() {
        return Optional.ofNullable(later.peek()).map(waiting -> waiting.next().at());
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /// The mail that the next session will take; there is some.
    Waiting first() {
        return ready.getFirst();
    }

    Waiting poll() {
        return ready.removeFirst();
    }

    /// All that is ready.
    List<Waiting> drain() {
        var all = List.copyOf(ready);
        ready.clear();
        return all;
    }

    /// Whether another session is worth it, and its destination's standing allows it.
    boolean wantsSession(Instant now) {
        return ready.size() > idle
                && downUntil.filter(until -> until.isAfter(now)).isEmpty()
                && sessions < mostSessions();
    }

    private int mostSessions() {
        var worth = 1 + (ready.size() - 1) / ReadyQueues.MESSAGES_THAT_JUSTIFY_A_CONNECTION;
        return switch (standing) {
            case UNKNOWN -> Math.min(worth, ReadyQueues.FIRST_CONNECTIONS);
            case PROVEN -> worth;
            case DOUBTFUL -> 1;
        };
    }

    void begun() {
        sessions++;
    }

    void ended() {
        sessions--;
    }

    int sessions() {
        return sessions;
    }

    /// One of its sessions waits for mail from now on, until [#waitsNoMore].
    Condition waits() {
        idle++;
        return mailCame;
    }

    void waitsNoMore() {
        idle--;
    }

    void wakeAll() {
        mailCame.signalAll();
    }

    void failed() {
        standing = Standing.DOUBTFUL;
    }

    /// Tells whether that is news.
    boolean down(Instant until) {
        var news = downUntil.isEmpty();
        downUntil = Optional.of(until);
        standing = Standing.DOUBTFUL;
        return news;
    }

    /// Tells whether that is news.
    boolean up() {
        var news = downUntil.isPresent();
        downUntil = Optional.empty();
        standing = Standing.PROVEN;
        return news;
    }

    void pause(Instant until) {
        pausedUntil = Optional.of(until);
    }

    /// Makes all mail due now, and lets a destination that is down be tried now. Tells how much that is.
    int bringForward(Instant now) {
        var waited = List.copyOf(later);
        later.clear();
        waited.forEach(waiting -> addReady(waiting.due(new Next.Attempt(now))));
        var held = downUntil.filter(until -> until.isAfter(now)).isPresent() ? ready.size() : waited.size();
        downUntil = downUntil.map(until -> until.isAfter(now) ? now : until);
        return held;
    }

    /// Takes out these recipients of these messages.
    List<Waiting> withdraw(Map<Long, Set<Integer>> chosen) {
        var withdrawn = new ArrayList<Waiting>();
        var stay = withdraw(chosen, ready, withdrawn);
        ready.clear();
        ready.addAll(stay);
        var wait = withdraw(chosen, later, withdrawn);
        later.clear();
        later.addAll(wait);
        return withdrawn;
    }

    /// Puts the chosen recipients to `withdrawn`, and returns the rest.
    static List<Waiting> withdraw(Map<Long, Set<Integer>> chosen, Collection<Waiting> from, List<Waiting> withdrawn) {
        var rest = new ArrayList<Waiting>(from.size());
        for (var waiting : from) {
            var rids = chosen.getOrDefault(waiting.mid(), Set.of());
            var out = waiting.rids().stream().filter(rids::contains).toList();
            if (!out.isEmpty()) {
                withdrawn.add(waiting.only(out));
            }
            var stay =
                    waiting.rids().stream().filter(rid -> !rids.contains(rid)).toList();
            if (!stay.isEmpty()) {
                rest.add(waiting.only(stay));
            }
        }
        return rest;
    }

    /// Whether nothing is kept here: no mail, no session, no pause.
    boolean isIdle(Instant now) {
        return ready.isEmpty()
                && later.isEmpty()
                && sessions == 0
                && downUntil.filter(until -> until.isAfter(now)).isEmpty();
    }

    LaneState state(Instant now) {
        var down = downUntil.filter(until -> until.isAfter(now));
        var retry = Stream.of(nextDue(), ready.isEmpty() ? Optional.<Instant>empty() : down)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        return new LaneState(lane, ready.size(), later.size(), sessions, standing.state, retry);
    }
}
