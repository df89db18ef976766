package org.danelaw.delivery;

import java.util.Set;
import java.util.TreeSet;

/// Where nothing is delivered by the operator's order.
///
/// @param everywhere whether that is all destinations
/// @param domains single ones, which stay suspended when deliveries as a whole are resumed
public record Suspension(boolean everywhere, Set<String> domains) {
    static final Suspension NONE = new Suspension(false, Set.of());

    public Suspension {
        domains = Set.copyOf(domains);
    }

    boolean holds(String domain) {
        return everywhere || domains.contains(domain);
    }

    Suspension everywhere(boolean suspended) {
        return new Suspension(suspended, domains);
    }

    Suspension with(String domain) {
        var more = new TreeSet<>(domains);
        more.add(domain);
        return new Suspension(everywhere, more);
    }

    Suspension without(String domain) {
        var fewer = new TreeSet<>(domains);
        fewer.remove(domain);
        return new Suspension(everywhere, fewer);
    }
}
