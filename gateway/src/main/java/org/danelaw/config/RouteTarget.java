package org.danelaw.config;

import org.danelaw.policy.MxHost;

/// One element of an SMTP route's `to`.
sealed interface RouteTarget {
    record Host(MxHost host) implements RouteTarget {}

    /// As the MX records say.
    record UseDns() implements RouteTarget {}

    /// Taken and thrown away.
    record Discard() implements RouteTarget {}

    /// Whether it makes the whole route, and so cannot stand beside others.
    default boolean standsAlone() {
        return switch (this) {
            case Host host -> false;
            case UseDns() -> true;
            case Discard() -> true;
        };
    }

    /// As the file writes it.
    default String written() {
        return switch (this) {
            case Host(var host) -> host.name().toString(true);
            case UseDns() -> "USEDNS";
            case Discard() -> "/dev/null";
        };
    }
}
