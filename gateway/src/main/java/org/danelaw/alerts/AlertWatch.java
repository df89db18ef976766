package org.danelaw.alerts;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.danelaw.events.Event;
import org.danelaw.events.Events;

/// Listens for what counts for an alert, and keeps the [AlertBook], under its own monitor, which nobody holds while
/// waiting.
public final class AlertWatch implements Events {
    private final AlertBook book = new AlertBook();
    private final LongSupplier nanos;
    private final long start;

    public AlertWatch() {
        this(System::nanoTime);
    }

    AlertWatch(LongSupplier nanos) {
        this.nanos = nanos;
        start = nanos.getAsLong();
    }

    @Override
    public void accept(Event event) {
        Fact.of(event).forEach(this::note);
    }

    synchronized void note(Fact fact) {
        book.note(fact, elapsed());
    }

    synchronized List<Matter.Destination> failing() {
        return book.failing();
    }

    synchronized List<Notice> due(AlertSettings settings) {
        return book.due(elapsed(), settings);
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }
}
