package org.danelaw.alerts;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.danelaw.queue.MailQueue;
import org.danelaw.queue.Selection;

/// The mail that waits for a destination.
///
/// @param oldest when the message that has waited longest came in
record Backlog(int messages, int recipients, Optional<Instant> oldest) {
    static Backlog of(MailQueue spool, String domain) throws IOException {
        var waiting = spool.chosen(new Selection.Domain(domain));
        var first = waiting.keySet().stream().min(Long::compare);
        // Numbers are given in the order of arrival.
        var oldest = first.isEmpty()
                ? Optional.<Instant>empty()
                : spool.read(first.get()).map(it -> it.message().received());
        return new Backlog(
                waiting.size(), waiting.values().stream().mapToInt(Set::size).sum(), oldest);
    }
}
