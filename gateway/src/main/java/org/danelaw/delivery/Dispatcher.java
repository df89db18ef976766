package org.danelaw.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.danelaw.delivery.ReadyQueues.Order;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Events;
import org.danelaw.events.SystemEvent;
import org.danelaw.queue.Lane;
import org.danelaw.queue.MailQueue;
import org.danelaw.queue.Selection;
import org.danelaw.queue.Waiting;

/// Delivers all mail of a spool: begins sessions for lanes whose mail is due, as the limits allow, one
/// virtual thread for each, and ends the wait of mail whose lifetime is over.
public final class Dispatcher implements Deliveries, Closeable {
    /// How long an orderly stop waits for messages that are being sent.
    private static final Duration GRACE = Duration.ofSeconds(30);

    /// How much mail bounces at a time because its lifetime is over or an operator wants it so: much of it
    /// may come at once.
    private static final int MOST_ENDING = 16;

    private final Workplace place;
    private final Suspensions suspensions;
    private final ExecutorService sessions = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("session-", 0).factory());
    private final ThreadPoolExecutor endings = new ThreadPoolExecutor(
            MOST_ENDING,
            MOST_ENDING,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofVirtual().name("ending-", 0).factory());
    private final AtomicInteger sending = new AtomicInteger();
    private final Thread thread;

    private Dispatcher(Workplace place, Suspensions suspensions) {
        this.place = place;
        this.suspensions = suspensions;
        thread = Thread.ofPlatform().name("dispatcher").unstarted(this::dispatch);
    }

    /// Loads what waits in the spool, and delivers it and all that comes.
    ///
    /// @param settings asked anew for every attempt (rule E14)
    public static Dispatcher start(
            MailQueue spool, Network network, Remembered remembered, Events events, Supplier<DeliverySettings> settings)
            throws IOException {
        return start(spool, network, remembered, events, settings, SteadyClock.Reading::ofThisMachine);
    }

    static Dispatcher start(
            MailQueue spool,
            Network network,
            Remembered remembered,
            Events events,
            Supplier<DeliverySettings> settings,
            Supplier<SteadyClock.Reading> time)
            throws IOException {
        // On a thread of its own: whoever asks for the time may have a lock.
        var clock = new SteadyClock(
                time, by -> Thread.startVirtualThread(() -> events.accept(new SystemEvent.ClockSet(by))));
        var queues = new ReadyQueues(settings, remembered.suspensions().current(), clock);
        var tallies = new Tallies();
        var place = new Workplace(
                spool,
                network,
                queues,
                tallies,
                new DnsWatch(network.hosts(), settings, queues, tallies, events, clock),
                new ClearTextNext(clock),
                remembered.dcids(),
                events,
                settings,
                clock,
                () -> ThreadLocalRandom.current().nextDouble());
        var dispatcher = new Dispatcher(place, remembered.suspensions());
        var arrivals = new Arrivals(clock, settings);
        spool.follow(waiting -> {
            place.tallies().arrived(waiting.lane().domain(), waiting.rids().size());
            queues.add(arrivals.dated(waiting));
        });
        dispatcher.thread.start();
        place.watch().start();
        return dispatcher;
    }

    private void dispatch() {
        try {
            while (true) {
                switch (place.queues().next()) {
                    case Order.Begin(var lane) -> sessions.execute(() -> attempt(lane));
                    case Order.GiveUp(var waiting) -> endings.execute(() -> end(waiting, Settler::giveUp));
                    case Order.TellDelay(var waiting) -> endings.execute(() -> end(waiting, Settler::tellHeld));
                    case Order.Stop() -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Lane lane) {
        var wasUp = false;
        sending.incrementAndGet();
        try {
            // Before anything is taken: mail in hand belongs to an attempt that ends with it, whatever happens.
            var attempt = new Attempt(place, lane);
            var first = place.queues().take(lane, Duration.ZERO);
            if (first.isPresent()) {
                try {
                    attempt.run(first.get());
                } finally {
                    wasUp = attempt.wasUp();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            sending.decrementAndGet();
            place.queues().ended(lane, wasUp);
        }
    }

    /// Ends the wait of mail that is in nobody else's hands; where that cannot be done it waits on.
    private void end(Waiting waiting, BiConsumer<Settler, Waiting> how) {
        var settings = place.settings().get();
        var settler = new Settler(
                place, settings, settings.controls().of(waiting.lane().domain()));
        try {
            how.accept(settler, waiting);
        } catch (RuntimeException | Error wrong) {
            settler.putBack(waiting);
            place.events()
                    .accept(new DeliveryEvent.PutBack(
                            waiting.lane().domain(), List.of(waiting.mid()), wrong.toString()));
            throw wrong;
        }
    }

    @Override
    public List<DestinationStatus> destinations() {
        var lanes = place.queues().states().stream()
                .collect(Collectors.groupingBy(state -> state.lane().domain()));
        return place.tallies().counts().stream()
                .map(count -> status(count, lanes.getOrDefault(count.domain(), List.of())))
                .toList();
    }

    @Override
    public Optional<DestinationStatus> destination(String domain) {
        return place.tallies()
                .count(domain)
                .map(count -> status(count, place.queues().states(domain)));
    }

    private DestinationStatus status(Tallies.Count count, List<LaneState> lanes) {
        return new DestinationStatus(
                count.domain(),
                LaneState.together(lanes).orElse(count.state()),
                suspensions.current().holds(count.domain()),
                count.active(),
                lanes.stream().mapToInt(LaneState::sessions).sum(),
                count.delivered(),
                count.softBounced(),
                count.hardBounced(),
                count.lastError(),
                lanes.stream()
                        .flatMap(lane -> lane.nextRetry().stream())
                        .min(Comparator.naturalOrder())
                        .map(place.clock()::onTheWall));
    }

    @Override
    public int deliverNow() {
        return place.queues().bringForward(domain -> true);
    }

    @Override
    public int deliverNow(String domain) {
        return place.queues().bringForward(domain::equals);
    }

    @Override
    public Suspension suspension() {
        return suspensions.current();
    }

    @Override
    public void suspend() throws IOException {
        change(suspension -> suspension.everywhere(true));
    }

    @Override
    public void resume() throws IOException {
        change(suspension -> suspension.everywhere(false));
    }

    @Override
    public void suspend(String domain) throws IOException {
        change(suspension -> suspension.with(domain));
    }

    @Override
    public void resume(String domain) throws IOException {
        change(suspension -> suspension.without(domain));
    }

    private synchronized void change(UnaryOperator<Suspension> change) throws IOException {
        suspensions
                .change(change)
                .ifPresent(doubt -> place.events().accept(new SystemEvent.Impaired("suspended deliveries: " + doubt)));
        place.queues().suspend(suspensions.current());
    }

    @Override
    public Removal remove(Selection selection, Fate fate) throws IOException {
        // What was just delivered is not in anybody's hands any more.
        place.spool().sync();
        var chosen = place.spool().chosen(selection);
        var withdrawn = place.queues().withdraw(chosen);
        BiConsumer<Settler, Waiting> ending = switch (fate) {
            case DELETED -> Settler::delete;
            case BOUNCED -> Settler::returnByOperator;
        };
        var removals = withdrawn.stream()
                .collect(Collectors.toMap(waiting -> waiting, waiting -> endings.submit(() -> end(waiting, ending))));
        var removed = 0;
        for (var removal : removals.entrySet()) {
            removed += isDone(removal.getValue()) ? recipients(Set.of(removal.getKey())) : 0;
        }
        place.spool().sync();
        return new Removal(removed, chosen.values().stream().mapToInt(Set::size).sum() - recipients(withdrawn));
    }

    private static int recipients(Collection<Waiting> mail) {
        return mail.stream().mapToInt(waiting -> waiting.rids().size()).sum();
    }

    /// Whoever stops waiting here stops nothing: what was withdrawn is ended, or waits on.
    private static boolean isDone(Future<?> removal) throws IOException {
        try {
            removal.get();
            return true;
        } catch (ExecutionException | CancellationException waitsOn) {
            return false;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the rest is being removed");
        }
    }

    /// Looks at the clock and the settings again, because one of them was changed.
    public void lookAgain() {
        place.queues().lookAgain();
        place.watch().lookAgain();
    }

    /// Begins nothing more, lets messages that are being sent end, for a while, and then returns; what
    /// is left is in the spool.
    @Override
    public void close() throws IOException {
        place.watch().close();
        place.queues().close();
        try {
            thread.join();
            // What has not begun to end waits in the spool.
            endings.getQueue().removeIf(waiting -> !(waiting instanceof Future<?> asked) || asked.cancel(false));
            endings.shutdown();
            sessions.shutdown();
            var end = System.nanoTime() + GRACE.toNanos();
            if (!sessions.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS)
                    || !endings.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                place.events().accept(new DeliveryEvent.StoppedWhileSending(sending.get()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while deliveries were ending", interrupted);
        }
    }
}
