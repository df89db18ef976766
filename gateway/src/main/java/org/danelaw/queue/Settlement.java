package org.danelaw.queue;

import java.time.Instant;
import java.util.List;

/// What an attempt's outcome changes in the spool.
public sealed interface Settlement {
    long mid();

    List<Integer> rids();

    /// These recipients are delivered or bounced; with the last of them the message leaves the spool.
    record Done(long mid, List<Integer> rids) implements Settlement {
        public Done {
            rids = List.copyOf(rids);
        }
    }

    /// These recipients wait for `next`, after `attempts` in all.
    record Again(long mid, List<Integer> rids, int attempts, Next next, Why why) implements Settlement {
        public Again {
            rids = List.copyOf(rids);
        }
    }

    /// The sender was told at `at` that these recipients wait.
    record DelayTold(long mid, List<Integer> rids, Instant at) implements Settlement {
        public DelayTold {
            rids = List.copyOf(rids);
        }
    }
}
