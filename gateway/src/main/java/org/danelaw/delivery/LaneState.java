package org.danelaw.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.danelaw.queue.Lane;

/// One lane at a moment, for showing.
///
/// @param ready messages that are due
/// @param later messages that wait for their time
/// @param sessions how many are under way
/// @param nextRetry when the first of those that wait is due, or an attempt where the destination is down
record LaneState(Lane lane, int ready, int later, int sessions, HostState state, Optional<Instant> nextRetry) {
    /// What is known of a destination by all its lanes: it counts as down if it is for some of its mail.
    static Optional<HostState> together(List<LaneState> lanes) {
        return Stream.of(HostState.DOWN, HostState.UP)
                .filter(state -> lanes.stream().anyMatch(lane -> lane.state() == state))
                .findFirst();
    }
}
