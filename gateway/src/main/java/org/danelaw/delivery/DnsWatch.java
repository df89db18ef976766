package org.danelaw.delivery;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.queue.Lane;

/// Looks in the background at the DNS of destinations whose mail waits for what stands there, and brings their mail
/// forward when it is something else: a repaired zone gets its mail when that is seen, and not when a retry is due.
final class DnsWatch implements Closeable {
    /// Look-ups that fail take their time; more of them would not make the DNS any better.
    private static final int LOOKS_AT_A_TIME = 4;

    /// The clock may be set: so it is looked at now and then, however far away the next look is.
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    private final MailHosts hosts;
    private final Supplier<DeliverySettings> settings;
    private final ReadyQueues queues;
    private final Tallies tallies;
    private final Events events;
    private final SteadyClock clock;
    private final ThreadPoolExecutor looks = new ThreadPoolExecutor(
            LOOKS_AT_A_TIME,
            LOOKS_AT_A_TIME,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofVirtual().name("dns-watch-", 0).factory());
    private final Thread thread = Thread.ofVirtual().name("dns-watch").unstarted(this::watch);

    // Guarded by this.
    private final WatchList list = new WatchList();
    private boolean closed;

    DnsWatch(
            MailHosts hosts,
            Supplier<DeliverySettings> settings,
            ReadyQueues queues,
            Tallies tallies,
            Events events,
            SteadyClock clock) {
        this.hosts = hosts;
        this.settings = settings;
        this.queues = queues;
        this.tallies = tallies;
        this.events = events;
        this.clock = clock;
    }

    void start() {
        thread.start();
    }

    /// Mail of this lane waits for what the DNS says.
    synchronized void add(Lane lane) {
        list.add(lane, clock.instant());
        notifyAll();
    }

    /// The clock was changed.
    synchronized void lookAgain() {
        notifyAll();
    }

    private synchronized void watch() {
        try {
            while (!closed) {
                var now = clock.instant();
                for (var due = list.pollDue(now); due.isPresent(); due = list.pollDue(now)) {
                    var lane = due.get();
                    looks.execute(() -> lookSafely(lane, now));
                }
                wait(Math.max(1, sleep(now).toMillis()));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration sleep(Instant now) {
        return list.next()
                .map(next -> Duration.between(now, next))
                .filter(left -> left.compareTo(LONGEST_SLEEP) < 0)
                .orElse(LONGEST_SLEEP);
    }

    /// A fault of our own is told, and the destination can be watched again after its next attempt.
    private void lookSafely(Lane lane, Instant began) {
        try {
            look(lane, began);
        } catch (RuntimeException wrong) {
            drop(lane);
            events.accept(new SystemEvent.Impaired("mail for " + lane.domain()
                    + " waits for its next retry, whatever the DNS says, after a fault of our own: " + wrong));
        }
    }

    private void look(Lane lane, Instant began) {
        if (tallies.count(lane.domain()).filter(count -> count.active() > 0).isEmpty()) {
            drop(lane);
            return;
        }
        var sight = Sight.of(Footing.of(hosts, settings.get(), lane), clock.wall());
        if (isNew(lane, sight, began)) {
            var brought = queues.bringForward(lane.domain()::equals);
            if (brought > 0) {
                events.accept(new DeliveryEvent.BroughtForward(lane.domain(), brought));
            }
        }
    }

    private synchronized boolean isNew(Lane lane, Sight sight, Instant began) {
        notifyAll();
        return list.seen(lane, sight, began);
    }

    private synchronized void drop(Lane lane) {
        list.drop(lane);
    }

    /// Ends all looks; what they would have found is not needed any more.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        thread.interrupt();
        looks.shutdownNow();
    }
}
