package org.danelaw.delivery;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.danelaw.events.Events;
import org.danelaw.events.Numbering;
import org.danelaw.queue.MailQueue;

/// What all attempts share.
///
/// @param tallies what became of mail, counted
/// @param clock by which mail ages
/// @param watch looks at the DNS of destinations whose mail waits for it
/// @param chance numbers from 0 to 1, evenly spread, for the jitter
record Workplace(
        MailQueue spool,
        Network network,
        ReadyQueues queues,
        Tallies tallies,
        DnsWatch watch,
        ClearTextNext clearTextNext,
        Numbering dcids,
        Events events,
        Supplier<DeliverySettings> settings,
        SteadyClock clock,
        DoubleSupplier chance) {}
