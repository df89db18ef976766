package org.danelaw.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;

/// The mail of one lane, and how many are busy with it. Guarded by the lock of its [ReadyQueues].
final class LaneQueue {
    private final Lane lane;
    private final long number;
    private final Condition mailCame;
    private final FairQueue ready = new FairQueue();
    private final PriorityQueue<Waiting> later = new PriorityQueue<>(
            1, Comparator.comparing(waiting -> waiting.next().at()));
    private final Pace pace = new Pace();
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

    /// Mail that was taken out and not used.
    void addFirst(Waiting waiting) {
        ready.addFirst(waiting);
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
        return ready.first();
    }

    Waiting poll() {
        return ready.poll();
    }

    /// All that is ready.
    List<Waiting> drain() {
        return ready.drain();
    }

    /// Whether its next session is not to begin yet, because there was none to be had.
    boolean isDown(Instant now) {
        return downUntil.filter(until -> until.isAfter(now)).isPresent();
    }

    /// Takes those out that are ready.
    List<Waiting> takeReady(Predicate<Waiting> which) {
        if (!ready.anyMatch(which)) {
            return List.of();
        }
        var taken = new ArrayList<Waiting>();
        for (var waiting : ready.drain()) {
            if (which.test(waiting)) {
                taken.add(waiting);
            } else {
                ready.add(waiting);
            }
        }
        return taken;
    }

    /// Whether another session is worth it, and its destination takes it well.
    boolean wantsSession(Instant now) {
        return ready.size() > idle
                && Stream.of(downUntil, pausedUntil).flatMap(Optional::stream).noneMatch(until -> until.isAfter(now))
                && pace.wantsAnother(ready.size());
    }

    Pace pace() {
        return pace;
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

    /// Tells whether that is news.
    boolean down(Instant until) {
        var news = downUntil.isEmpty();
        downUntil = Optional.of(until);
        pace.down();
        return news;
    }

    /// A session was had. Tells whether that is news.
    boolean up(Instant now) {
        var news = downUntil.isPresent();
        downUntil = Optional.empty();
        pace.had(now);
        return news;
    }

    /// No session begins before that.
    void pause(Instant until) {
        pausedUntil = Optional.of(until);
    }

    void resume() {
        pausedUntil = Optional.empty();
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
        withdraw(chosen, ready.drain(), withdrawn).forEach(ready::add);
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
                && pace.sessions() == 0
                && downUntil.filter(until -> until.isAfter(now)).isEmpty();
    }

    LaneState state(Instant now) {
        var down = downUntil.filter(until -> until.isAfter(now));
        var retry = Stream.of(nextDue(), ready.isEmpty() ? Optional.<Instant>empty() : down)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        return new LaneState(lane, ready.size(), later.size(), pace.sessions(), pace.state(), retry);
    }
}
