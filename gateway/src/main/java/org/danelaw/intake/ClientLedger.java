package org.danelaw.intake;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.danelaw.intake.MailFlowPolicy.Rates;
import org.danelaw.smtp.Address;
import org.jspecify.annotations.Nullable;

/// Counts, by client, the connections that are open, and by client and by sender the messages of the last minute.
/// Shared by all listeners; its own lock is the only one.
final class ClientLedger {
    private static final long MINUTE_MILLIS = 60_000;

    private final Clock clock;
    private final Map<Network, Integer> connections = new HashMap<>();
    private final Allowances<Network> ofClients = new Allowances<>();
    private final Allowances<String> ofSenders = new Allowances<>();

    ClientLedger(Clock clock) {
        this.clock = clock;
    }

    /// Whether a message may come now.
    enum Pace {
        FINE,
        CLIENT_TOO_FAST,
        SENDER_TOO_FAST
    }

    /// The addresses that count as one client with this one.
    static Network client(InetAddress address, Rates rates) {
        return Network.around(address, address instanceof Inet6Address ? rates.ipv6Prefix() : rates.ipv4Prefix());
    }

    /// Counts a connection, which must be given back with [#disconnected]; returns how many the client now has.
    synchronized int connected(Network client) {
        return connections.merge(client, 1, Integer::sum);
    }

    synchronized void disconnected(Network client) {
        connections.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
    }

    /// Counts a message for its client and its sender, unless one of them has sent too many in the last minute. The
    /// null
    /// sender is nobody.
    synchronized Pace pace(Network client, Optional<Address> sender, Rates rates) {
        long now = clock.millis();
        Optional<String> name = sender.map(address -> address.toString().toLowerCase(Locale.ROOT));
        if (!ofClients.has(client, rates.ofClient(), now)) {
            return Pace.CLIENT_TOO_FAST;
        }
        if (name.isPresent() && !ofSenders.has(name.get(), rates.ofSender(), now)) {
            return Pace.SENDER_TOO_FAST;
        }
        ofClients.take(client, rates.ofClient());
        name.ifPresent(who -> ofSenders.take(who, rates.ofSender()));
        return Pace.FINE;
    }

    /// What each may still send: it fills up evenly over the minute, up to a minute's worth. The longest unused is
    /// forgotten first.
    private static final class Allowances<K> {
        private final Map<K, Allowance> left = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Allowance> eldest) {
                return size() > IntakeLimits.RATES_REMEMBERED;
            }
        };

        private record Allowance(double messages, long atMillis) {}

        /// Whether one more may come. What is left is noted in any case: a clock that was set back starts anew from
        /// here.
        boolean has(K who, OptionalInt perMinute, long now) {
            if (perMinute.isEmpty()) {
                return true;
            }
            double messages = left(left.get(who), perMinute.getAsInt(), now);
            left.put(who, new Allowance(messages, now));
            return messages >= 1;
        }

        /// Takes one of what there was a moment ago.
        void take(K who, OptionalInt perMinute) {
            if (perMinute.isPresent()) {
                left.computeIfPresent(who, (_, last) -> new Allowance(last.messages() - 1, last.atMillis()));
            }
        }

        private static double left(@Nullable Allowance last, int perMinute, long now) {
            if (last == null) {
                return perMinute;
            }
            // A clock that was set back gives nothing and takes nothing.
            double passed = Math.max(0, now - last.atMillis()) / (double) MINUTE_MILLIS;
            return Math.min(perMinute, last.messages() + passed * perMinute);
        }
    }
}
