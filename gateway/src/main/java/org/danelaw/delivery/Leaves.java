package org.danelaw.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.delivery.Quotas.Leave;
import org.danelaw.policy.Candidate;
import org.danelaw.queue.Lane;

/// The leave that an attempt has to dial addresses of one host. Each that is dialled beside another counts as a
/// connection more, by all limits, until only one is left.
final class Leaves implements AutoCloseable {
    private final ReadyQueues queues;
    private final Lane lane;
    private final int recipients;
    private final List<Granted> granted = new ArrayList<>();
    private int more;

    private record Granted(Candidate candidate, Leave.Granted leave) {}

    /// @param recipients how many the message in hand has
    Leaves(ReadyQueues queues, Lane lane, int recipients) {
        this.queues = queues;
        this.lane = lane;
        this.recipients = recipients;
    }

    /// Asks for leave to dial an address, as the only one.
    Leave first(Candidate candidate) {
        var leave = queues.dial(lane, candidate.address(), recipients);
        note(candidate, leave);
        return leave;
    }

    /// Whether an address may be dialled beside the others.
    boolean another(Candidate candidate) {
        if (!queues.oneMore(lane)) {
            return false;
        }
        if (!note(candidate, queues.dial(lane, candidate.address(), recipients))) {
            queues.oneLess(lane);
            return false;
        }
        more++;
        return true;
    }

    private boolean note(Candidate candidate, Leave leave) {
        return leave instanceof Leave.Granted now && granted.add(new Granted(candidate, now));
    }

    /// Gives back all but what the one address needs that answered, if one did.
    void keepOnly(Optional<Candidate> answered) {
        var rest = granted.stream()
                .filter(other -> !answered.equals(Optional.of(other.candidate())))
                .toList();
        granted.removeAll(rest);
        rest.forEach(other -> queues.release(other.leave()));
        for (; more > 0; more--) {
            queues.oneLess(lane);
        }
    }

    @Override
    public void close() {
        keepOnly(Optional.empty());
    }
}
