package org.danelaw.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.danelaw.delivery.ReadyQueues.Order;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Events;
import org.danelaw.events.Numbering;
import org.danelaw.queue.Lane;
import org.danelaw.queue.MailQueue;
import org.danelaw.queue.Waiting;

/// Delivers all mail of a spool: begins sessions for lanes whose mail is due, as the limits allow, one
/// virtual thread for each, and ends the wait of mail whose lifetime is over.
public final class Dispatcher implements Closeable {
    /// How long an orderly stop waits for messages that are being sent.
    private static final Duration GRACE = Duration.ofSeconds(30);

    /// How much mail whose lifetime is over is reported at a time: after an outage much of it may come
    /// at once.
    private static final int MOST_GIVING_UP = 16;

    private final Workplace place;
    private final Phaser running = new Phaser(1);
    private final Semaphore givingUp = new Semaphore(MOST_GIVING_UP);
    private final Thread thread;

    private Dispatcher(Workplace place) {
        this.place = place;
        thread = Thread.ofPlatform().name("dispatcher").unstarted(this::dispatch);
    }

    /// Loads what waits in the spool, and delivers it and all that comes.
    ///
    /// @param settings asked anew for every attempt (rule E14)
    public static Dispatcher start(
            MailQueue spool, Network network, Numbering dcids, Events events, Supplier<DeliverySettings> settings)
            throws IOException {
        return start(spool, network, dcids, events, settings, InstantSource.system());
    }

    static Dispatcher start(
            MailQueue spool,
            Network network,
            Numbering dcids,
            Events events,
            Supplier<DeliverySettings> settings,
            InstantSource clock)
            throws IOException {
        var queues = new ReadyQueues(settings, clock);
        var place = new Workplace(
                spool,
                network,
                queues,
                new ClearTextNext(clock),
                dcids,
                events,
                settings,
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
        var dispatcher = new Dispatcher(place);
        spool.follow(queues::add);
        dispatcher.thread.start();
        return dispatcher;
    }

    private void dispatch() {
        try {
            while (true) {
                switch (place.queues().next()) {
                    case Order.Begin(var lane) -> begin("session-" + lane.domain(), () -> attempt(lane));
                    case Order.GiveUp(var waiting) -> begin("give-up-" + waiting.mid(), () -> giveUp(waiting));
                    case Order.Stop() -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void begin(String name, Runnable work) {
        running.register();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } finally {
                running.arriveAndDeregister();
            }
        });
    }

    private void attempt(Lane lane) {
        try {
            var first = place.queues().take(lane, Duration.ZERO);
            if (first.isPresent()) {
                new Attempt(place, lane).run(first.get());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            place.queues().ended(lane);
        }
    }

    private void giveUp(Waiting waiting) {
        var settings = place.settings().get();
        var settler = new Settler(
                place, settings, settings.controls().of(waiting.lane().domain()));
        givingUp.acquireUninterruptibly();
        try {
            settler.giveUp(waiting);
        } catch (RuntimeException | Error wrong) {
            settler.putBack(waiting);
            place.events()
                    .accept(new DeliveryEvent.PutBack(
                            waiting.lane().domain(), List.of(waiting.mid()), wrong.toString()));
            throw wrong;
        } finally {
            givingUp.release();
        }
    }

    /// What each lane is doing, for showing.
    public List<LaneState> lanes() {
        return place.queues().states();
    }

    /// Looks at the clock and the settings again, because one of them was changed.
    public void lookAgain() {
        place.queues().lookAgain();
    }

    /// Begins nothing more, lets messages that are being sent end, for a while, and then returns; what
    /// is left is in the spool.
    @Override
    public void close() throws IOException {
        place.queues().close();
        try {
            thread.join();
            running.awaitAdvanceInterruptibly(running.arriveAndDeregister(), GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillSending) {
            place.events().accept(new DeliveryEvent.StoppedWhileSending(running.getRegisteredParties()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while deliveries were ending", interrupted);
        }
    }
}
