package org.danelaw.events;

/// Takes events; never blocks and never throws, so that telling costs the teller nothing.
@FunctionalInterface
public interface Events {
    void accept(Event event);
}
