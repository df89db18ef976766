package org.danelaw.delivery;

import java.time.Instant;
import java.util.Optional;
import org.danelaw.queue.Why;

/// A destination at one moment, for showing. The counts are of recipients, since the start of the gateway.
///
/// @param suspended whether nothing is delivered there by the operator's order
/// @param activeRecipients who waits or is being served
/// @param connectionsOut sessions under way
/// @param softBounced how often a recipient was deferred
/// @param lastError why a recipient was last not served; empty where none was refused yet
/// @param nextRetry when mail that waits for its time is due, or the next attempt where the destination is down; empty
/// where nothing waits, or what waits is due now
public record DestinationStatus(
        String domain,
        HostState state,
        boolean suspended,
        int activeRecipients,
        int connectionsOut,
        long delivered,
        long softBounced,
        HardBounces hardBounced,
        Optional<LastError> lastError,
        Optional<Instant> nextRetry) {

    /// Recipients that get no further attempt, by cause.
    ///
    /// @param dns no such domain, no address, or a null MX
    /// @param replied a host refused for good
    /// @param expired the queue lifetime ended
    /// @param other the rest: a loop, what no host can carry, the operator
    public record HardBounces(long dns, long replied, long expired, long other) {
        public static final HardBounces NONE = new HardBounces(0, 0, 0, 0);

        public long total() {
            return dns + replied + expired + other;
        }
    }

    /// Why somebody was last not served, and when.
    public record LastError(Why why, Instant at) {}
}
