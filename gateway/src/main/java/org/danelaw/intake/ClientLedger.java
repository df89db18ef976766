package org.danelaw.intake;

import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// Counts, by client address, the connections that are open and the messages of the last minute. Shared by all
/// listeners; its own lock is the only one.
final class ClientLedger {
    private static final long MINUTE_MILLIS = 60_000;

    private final Clock clock;
    private final Map<InetAddress, Integer> connections = new HashMap<>();
    private final Map<InetAddress, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Allowance> eldest) {
            return size() > IntakeLimits.RATES_REMEMBERED;
        }
    };

    /// What a client may still send: it fills up evenly over the minute, up to a minute's worth.
    private record Allowance(double messages, long atMillis) {}

    ClientLedger(Clock clock) {
        this.clock = clock;
    }

    /// Counts a connection, which must be given back with [#disconnected]; returns how many the client now has.
    synchronized int connected(InetAddress client) {
        return connections.merge(client, 1, Integer::sum);
    }

    synchronized void disconnected(InetAddress client) {
        connections.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Counts a message, unless the client has sent too many in the last minute.
    synchronized boolean admitMessage(InetAddress client, OptionalInt perMinute) {
        if (perMinute.isEmpty()) {
            return true;
        }
        long now = clock.millis();
        double left = left(allowances.get(client), perMinute.getAsInt(), now);
        boolean admitted = left >= 1;
        allowances.put(client, new Allowance(admitted ? left - 1 : left, now));
        return admitted;
    }

    private static double left(@org.jspecify.annotations.Nullable Allowance last, int perMinute, long now) {
        if (last == null) {
            return perMinute;
        }
        // A clock that was set back gives nothing and takes nothing.
        double passed = Math.max(0, now - last.atMillis()) / (double) MINUTE_MILLIS;
        return Math.min(perMinute, last.messages() + passed * perMinute);
    }
}
