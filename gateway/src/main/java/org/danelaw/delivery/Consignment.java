package org.danelaw.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.queue.Waiting;
import org.danelaw.queue.Why;

/// Mail in the hands of one attempt: recipients are open until their outcome is settled. Used by the
/// attempt's thread only.
final class Consignment {
    private final Waiting waiting;
    private final List<Integer> open;
    private final Map<Integer, Setback> setbacks = new HashMap<>();

    Consignment(Waiting waiting) {
        this.waiting = waiting;
        open = new ArrayList<>(waiting.rids());
    }

    Waiting waiting() {
        return waiting;
    }

    long mid() {
        return waiting.mid();
    }

    String domain() {
        return waiting.lane().domain();
    }

    /// The recipients without an outcome.
    List<Integer> open() {
        return List.copyOf(open);
    }

    boolean isOpen() {
        return !open.isEmpty();
    }

    void settled(List<Integer> rids) {
        open.removeAll(rids);
    }

    /// Gives these recipients out of hand.
    Waiting handOver(List<Integer> rids) {
        open.removeAll(rids);
        return waiting.only(rids);
    }

    /// A host did not take this recipient, and another one may.
    void setBack(int rid, Setback setback) {
        setbacks.put(rid, setback);
    }

    Optional<Setback> setback(int rid) {
        return Optional.ofNullable(setbacks.get(rid));
    }

    /// What is left when no other host is to be tried.
    sealed interface Setback {
        long dcid();

        Why why();

        /// Another attempt may help.
        record ForNow(long dcid, Why why) implements Setback {}

        /// Nothing will: the hosts cannot carry this message.
        record ForGood(long dcid, Why why) implements Setback {}
    }
}
