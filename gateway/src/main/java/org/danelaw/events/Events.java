package org.danelaw.events;

import java.util.List;

/// Takes events; never blocks and never throws, so that telling costs the teller nothing.
@FunctionalInterface
public interface Events {
    void accept(Event event);

    /// Whether somebody listens to events that matter as little as `level`. Who has much to tell below
    /// Info, and has to make it first, asks before.
    default boolean wants(Level level) {
        return Level.INFO.wants(level);
    }

    /// Tells every one of `listeners`, in their order.
    static Events all(List<Events> listeners) {
        return new Listeners(listeners);
    }
}
