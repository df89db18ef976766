package org.danelaw.alerts;

import java.time.Duration;
import java.util.Optional;

/// That an alert is to be told now.
///
/// @param age since when it is so
/// @param times how often it was met with since it was last told
/// @param over why it is over; empty where it is not
record Notice(State state, Alert alert, Duration age, long times, Optional<String> over) {
    enum State {
        RAISED,
        UPDATED,
        OVER,
        /// It has no end that could be told.
        HAPPENED
    }
}
