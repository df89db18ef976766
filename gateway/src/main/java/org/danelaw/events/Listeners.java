package org.danelaw.events;

import java.util.List;

/// Several who listen, as one.
record Listeners(List<Events> all) implements Events {
    Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void accept(Event event) {
        for (var listener : all) {
            listener.accept(event);
        }
    }

    @Override
    public boolean wants(Level level) {
        for (var listener : all) {
            if (listener.wants(level)) {
                return true;
            }
        }
        return false;
    }
}
