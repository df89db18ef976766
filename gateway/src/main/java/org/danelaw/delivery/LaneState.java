package org.danelaw.delivery;

import java.time.Instant;
import java.util.Optional;
import org.danelaw.queue.Lane;

/// One lane at a moment, for showing.
///
/// @param ready messages that are due
/// @param sessions how many are under way
/// @param downUntil until when it pauses, where no session could be had
public record LaneState(Lane lane, int ready, int sessions, Optional<Instant> downUntil) {}
