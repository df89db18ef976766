package org.danelaw.delivery;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.danelaw.delivery.DestinationControl.RecipientRate;

/// What is used of the limits of one domain, or of one address that several domains share. Guarded by the
/// lock of its [ReadyQueues].
final class Usage {
    /// The lanes that are concerned when a connection ends here.
    private final SequencedSet<LaneQueue> lanes = new LinkedHashSet<>(2);

    private final Map<RecipientRate, Allowance> allowances = new HashMap<>(1);
    private int connections;

    SequencedSet<LaneQueue> lanes() {
        return lanes;
    }

    int connections() {
        return connections;
    }

    void opened() {
        connections++;
    }

    void closed() {
        connections--;
    }

    Allowance allowance(RecipientRate rate) {
        return allowances.computeIfAbsent(rate, Allowance::new);
    }

    /// So many recipients were sent, whichever limits count them.
    void sent(int recipients, Instant now) {
        allowances.values().forEach(allowance -> allowance.use(recipients, now));
    }

    /// Whether it is as if there had never been anything here.
    boolean isIdle(Instant now) {
        return connections == 0
                && lanes.isEmpty()
                && allowances.values().stream().allMatch(allowance -> allowance.isWhole(now));
    }
}
