package org.danelaw.queue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The spool as those see it who empty it: delivery, and the operator's commands and pages.
public interface MailQueue extends Spool {
    @Override
    ReportingDraft draft() throws IOException;

    /// Hands over all mail that waits, oldest first, and from then on every new message after its
    /// commit, each once. For one follower; it must not block.
    void follow(Consumer<Waiting> follower) throws IOException;

    /// A message, if any of its recipients still waits.
    Optional<Queued> read(long mid) throws IOException;

    /// Up to `limit` messages with numbers above `after`, in their order: for showing.
    List<Queued> page(long after, int limit) throws IOException;

    /// The waiting recipients that an operator means, by MID.
    Map<Long, Set<Integer>> chosen(Selection selection) throws IOException;

    Counts counts() throws IOException;

    /// Takes note of outcomes: returns at once, and the disk has them at most 50 ms later. Where the
    /// disk refuses, they are kept and tried again until it takes them; a crash before that repeats the
    /// attempt.
    void settle(List<Settlement> settlements);

    /// Waits while the disk is late with outcomes that were settled. Whoever is about to give mail to a
    /// host asks first: what is delivered while nothing can be written down, a crash would repeat.
    ///
    /// @throws IOException where the spool was closed before it could write them
    void awaitOutcomes() throws IOException, InterruptedException;

    /// Waits until the disk has all that was settled before.
    ///
    /// @throws IOException where it refuses
    void sync() throws IOException;

    /// A draft of own mail that reports what became of other mail.
    interface ReportingDraft extends Draft {
        @Override
        default void commit(NewMessage message) throws IOException {
            commit(message, List.of());
        }

        /// Makes the message durable in one step with the settlements that it reports: after a crash
        /// there are both or neither.
        void commit(NewMessage message, List<Settlement> reported) throws IOException;
    }

    /// What the spool holds.
    record Counts(long messages, long recipients, long octets) {}
}
