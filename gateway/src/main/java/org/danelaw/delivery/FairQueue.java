package org.danelaw.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.danelaw.queue.Waiting;

/// Mail of which each sender's oldest comes out in turn, so that one who sends ten thousand messages does not
/// hold up another's single one. Guarded by the lock of its [ReadyQueues].
final class FairQueue {
    /// The senders that have mail here, the one whose turn is next first.
    private final SequencedMap<String, ArrayDeque<Waiting>> bySender = new LinkedHashMap<>(2);

    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(Waiting waiting) {
        bySender.computeIfAbsent(waiting.sender(), sender -> new ArrayDeque<>(1))
                .addLast(waiting);
        size++;
    }

    /// Takes back what was taken out and not used: it is the next to come out.
    void addFirst(Waiting waiting) {
        var own = bySender.remove(waiting.sender());
        var queue = own == null ? new ArrayDeque<Waiting>(1) : own;
        queue.addFirst(waiting);
        bySender.putFirst(waiting.sender(), queue);
        size++;
    }

    /// What [#poll] will take; there is some.
    Waiting first() {
        return bySender.firstEntry().getValue().getFirst();
    }

    Waiting poll() {
        var turn = bySender.pollFirstEntry();
        var waiting = turn.getValue().removeFirst();
        if (!turn.getValue().isEmpty()) {
            bySender.putLast(turn.getKey(), turn.getValue());
        }
        size--;
        return waiting;
    }

    boolean anyMatch(Predicate<Waiting> which) {
        return bySender.values().stream().flatMap(ArrayDeque::stream).anyMatch(which);
    }

    /// Takes out all there is.
    List<Waiting> drain() {
        var all = new ArrayList<Waiting>(size);
        bySender.values().forEach(all::addAll);
        bySender.clear();
        size = 0;
        return all;
    }
}
