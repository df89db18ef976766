package org.danelaw.delivery;

import org.danelaw.events.Numbering;

/// What delivery keeps over a restart besides the mail.
///
/// @param dcids the numbers of outgoing connections
public record Remembered(Numbering dcids, Suspensions suspensions) {}
