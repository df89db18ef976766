package org.danelaw.delivery;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.danelaw.delivery.DestinationControl.LimitBy;

/// What is used of all limits: on connections, over all destinations and for each, and on recipients. Guarded
/// by the lock of its [ReadyQueues].
///
/// A destination's limits count for its domain, or for each address of its hosts: such an address is shared
/// by all domains that are counted so. The domain is known when a session begins, the address only when it
/// dials.
final class Quotas {
    /// A lane that found an address full looks again after this, though no connection there has ended for it.
    private static final Duration FULL_RECHECK = Duration.ofSeconds(10);

    private final Map<String, Usage> domains = new HashMap<>();
    private final Map<InetAddress, Usage> addresses = new HashMap<>();
    private int connections;

    /// Whether an address may be dialled.
    sealed interface Leave {
        /// It may; to be given back when the connection is over.
        ///
        /// @param counted the address, where connections to it are counted
        record Granted(Optional<InetAddress> counted) implements Leave {}

        /// Its limits are reached; it is no use to ask before that time, unless a connection there ends.
        record NotBefore(Instant at) implements Leave {}
    }

    void add(LaneQueue queue) {
        domain(queue).lanes().add(queue);
    }

    void remove(LaneQueue queue, Instant now) {
        domain(queue).lanes().remove(queue);
        domains.computeIfPresent(queue.lane().domain(), (domain, usage) -> usage.isIdle(now) ? null : usage);
    }

    /// Forgets what has become idle by itself.
    void sweep(Instant now) {
        domains.values().removeIf(usage -> usage.isIdle(now));
        addresses.values().removeIf(usage -> {
            usage.lanes().removeIf(queue -> !queue.hasReady());
            return usage.isIdle(now);
        });
    }

    private Usage domain(LaneQueue queue) {
        return domains.computeIfAbsent(queue.lane().domain(), domain -> new Usage());
    }

    private Usage address(InetAddress address) {
        return addresses.computeIfAbsent(address, key -> new Usage());
    }

    Collection<LaneQueue> lanes(String domain) {
        return Optional.ofNullable(domains.get(domain))
                .map(usage -> List.copyOf(usage.lanes()))
                .orElse(List.of());
    }

    /// Whether another connection is left over all destinations.
    boolean isRoom(DeliverySettings settings) {
        return connections < settings.maxConnections();
    }

    /// Whether a session of this lane may begin; it has mail.
    boolean mayBegin(LaneQueue queue, DestinationControl control, Instant now) {
        if (control.limitBy() == LimitBy.MX_ADDRESS) {
            return true;
        }
        var usage = domain(queue);
        return usage.connections() < control.concurrentConnections() && maySend(queue, usage, control, now);
    }

    /// Whether recipients may be sent now, to more than those sessions that there are; if not, the lane
    /// pauses.
    private static boolean maySend(LaneQueue queue, Usage usage, DestinationControl control, Instant now) {
        if (control.rate().isEmpty()) {
            return true;
        }
        var allowance = usage.allowance(control.rate().get());
        var recipients = queue.first().rids().size();
        if (allowance.granted(recipients, now) == 0) {
            queue.pause(allowance.grantedAgain(recipients, now));
            return false;
        }
        return usage.connections() < allowance.left(now);
    }

    void begun(LaneQueue queue) {
        domain(queue).opened();
        connections++;
    }

    /// Whether a session of this lane may have a connection more than its own for a while; it counts until
    /// [#ended].
    boolean oneMore(LaneQueue queue, DestinationControl control, DeliverySettings settings) {
        var isFull =
                control.limitBy() == LimitBy.DOMAIN && domain(queue).connections() >= control.concurrentConnections();
        if (isFull || !isRoom(settings)) {
            return false;
        }
        begun(queue);
        return true;
    }

    /// Returns the lanes that this may concern.
    Collection<LaneQueue> ended(LaneQueue queue) {
        domain(queue).closed();
        connections--;
        return lanes(queue.lane().domain());
    }

    /// Leave for a session of this lane to dial this address for a message to so many recipients.
    Leave dial(LaneQueue queue, InetAddress address, DestinationControl control, int recipients, Instant now) {
        if (control.limitBy() == LimitBy.DOMAIN) {
            return new Leave.Granted(Optional.empty());
        }
        var usage = address(address);
        if (usage.connections() >= control.concurrentConnections()) {
            usage.lanes().add(queue);
            return new Leave.NotBefore(now.plus(FULL_RECHECK));
        }
        var again = control.rate()
                .map(usage::allowance)
                .filter(allowance -> allowance.granted(recipients, now) == 0)
                .map(allowance -> allowance.grantedAgain(recipients, now));
        if (again.isPresent()) {
            return new Leave.NotBefore(again.get());
        }
        usage.opened();
        return new Leave.Granted(Optional.of(address));
    }

    /// Returns the lane that has waited longest for that, if any has.
    Optional<LaneQueue> release(Leave.Granted leave) {
        return leave.counted().map(this::address).flatMap(usage -> {
            usage.closed();
            return firstWithMail(usage.lanes());
        });
    }

    private static Optional<LaneQueue> firstWithMail(SequencedSet<LaneQueue> waiting) {
        while (!waiting.isEmpty()) {
            var queue = waiting.removeFirst();
            if (queue.hasReady()) {
                return Optional.of(queue);
            }
        }
        return Optional.empty();
    }

    /// How many of a message's recipients may be sent to this address now; they count as sent.
    int grant(LaneQueue queue, InetAddress address, DestinationControl control, int recipients, Instant now) {
        if (control.rate().isEmpty()) {
            return recipients;
        }
        var usage = control.limitBy() == LimitBy.DOMAIN ? domain(queue) : address(address);
        var granted = usage.allowance(control.rate().get()).granted(recipients, now);
        if (granted > 0) {
            usage.sent(granted, now);
        }
        return granted;
    }
}
