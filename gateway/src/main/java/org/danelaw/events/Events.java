package org.danelaw.events;

import java.util.List;

/// Takes events; never blocks and never throws, so that telling costs the teller nothing.
@FunctionalInterface
public interface Events {
    void accept(Event event);

    /// Tells every one of `listeners`, in their order.
    static Events all(List<Events> listeners) {
        var fixed = List.copyOf(listeners);
        return event -> fixed.forEach(listener -> listener.accept(event));
    }
}
