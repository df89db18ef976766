package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.delivery.DestinationControl.RecipientRate;
import org.danelaw.delivery.DestinationControls.Entry;
import org.danelaw.delivery.Quotas.Leave;
import org.danelaw.delivery.ReadyQueues.Order;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;
import org.junit.jupiter.api.Test;

/// Whatever happens in whatever order, no limit is ever exceeded, nothing is sent twice, and in the end all
/// is sent.
final class RandomScheduleTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final List<String> DOMAINS = List.of("a.example", "b.example", "c.example", "d.example");
    private static final List<InetAddress> ADDRESSES = IntStream.range(1, 4)
            .mapToObj(n -> InetAddress.ofLiteral("198.51.100." + n))
            .toList();

    @Test
    void noLimitIsEverExceeded() throws InterruptedException {
        var seed = System.nanoTime();
        System.out.println("RandomScheduleTest seed " + seed);
        for (var round = 0; round < 60; round++) {
            new World(new Random(seed + round)).run();
        }
    }

    /// One gateway's queues, and somebody who keeps the books independently.
    private static final class World {
        private final Random random;
        private final DeliverySettings settings;
        private final ReadyQueues queues;
        private final List<Busy> sessions = new ArrayList<>();
        private final List<Sent> sent = new ArrayList<>();
        private final Map<String, Integer> outcomes = new HashMap<>();
        private Instant now = START;
        private long mids;
        private int recipientsAdded;

        World(Random random) {
            this.random = random;
            settings = settings();
            queues = new ReadyQueues(() -> settings, Suspension.NONE, () -> now);
        }

        private DeliverySettings settings() {
            var entries = new HashMap<String, Entry>();
            DOMAINS.forEach(domain -> entries.put(domain, entry()));
            return Altered.defaults()
                    .maxConnections(1 + random.nextInt(8))
                    .controls(new DestinationControls(DestinationControl.DEFAULT, entries))
                    .settings();
        }

        private Entry entry() {
            var rate = random.nextBoolean()
                    ? Optional.of(new RecipientRate(1 + random.nextInt(6), SPAN))
                    : Optional.<RecipientRate>empty();
            return new Entry(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(1 + random.nextInt(4)),
                    Optional.empty(),
                    rate,
                    Optional.of(random.nextBoolean() ? LimitBy.DOMAIN : LimitBy.MX_ADDRESS),
                    Optional.empty());
        }

        void run() throws InterruptedException {
            for (var step = 0; step < 1_500; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> add();
                    case 1 -> now = now.plusMillis(random.nextInt(20_000));
                    case 2, 3 -> begin();
                    default -> act();
                }
                check();
            }
            for (var step = 0; !isOver(); step++) {
                assertThat(step).as("steps to the end").isLessThan(100_000);
                now = now.plusMillis(random.nextInt(20_000));
                begin();
                act();
                check();
            }
            assertThat(outcomes)
                    .hasSize(recipientsAdded)
                    .allSatisfy((recipient, times) ->
                            assertThat(times).as(recipient).isEqualTo(1));
        }

        private boolean isOver() {
            return sessions.isEmpty() && outcomes.size() == recipientsAdded;
        }

        private void add() {
            var domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
            var lane = new Lane(domain, random.nextBoolean() ? "RELAYED" : "ACCEPTED", true);
            var rids = IntStream.range(0, 1 + random.nextInt(9)).boxed().toList();
            recipientsAdded += rids.size();
            var due = now.plusMillis(random.nextInt(3) * 10_000L);
            var sender = "s" + random.nextInt(3);
            queues.add(new Waiting(++mids, lane, sender, rids, now, "default", 0, false, new Next.Attempt(due)));
        }

        private void begin() throws InterruptedException {
            var order = queues.poll();
            if (order.isPresent()) {
                switch (order.get()) {
                    case Order.Begin(var lane) -> sessions.add(new Busy(lane));
                    case Order.TellDelay(var waiting) -> {
                        assertThat(waiting.delayTold()).isFalse();
                        queues.handBack(waiting.told());
                    }
                    case Order.GiveUp(var waiting) -> waiting.rids().forEach(rid -> outcome(waiting, rid));
                    case Order.Stop() -> throw new AssertionError("nobody closed it");
                }
            }
        }

        private void outcome(Waiting waiting, int rid) {
            outcomes.merge(waiting.mid() + "/" + rid, 1, Integer::sum);
        }

        private void act() throws InterruptedException {
            if (!sessions.isEmpty()) {
                var session = sessions.get(random.nextInt(sessions.size()));
                session.act();
                if (session.over) {
                    sessions.remove(session);
                }
            }
        }

        /// A session at one of its steps.
        private final class Busy {
            private final Lane lane;
            private Optional<Waiting> inHand = Optional.empty();
            private Optional<Leave.Granted> leave = Optional.empty();
            private InetAddress address = ADDRESSES.getFirst();
            private boolean wasUp;
            private boolean over;

            Busy(Lane lane) {
                this.lane = lane;
            }

            void act() throws InterruptedException {
                if (inHand.isEmpty()) {
                    inHand = queues.take(lane, Duration.ZERO);
                    if (inHand.isEmpty() || random.nextInt(10) == 0) {
                        end();
                    }
                } else if (leave.isEmpty()) {
                    dial();
                } else {
                    send();
                }
            }

            private void dial() {
                address = ADDRESSES.get(random.nextInt(ADDRESSES.size()));
                switch (queues.dial(lane, address, inHand.orElseThrow().rids().size())) {
                    case Leave.Granted granted -> {
                        leave = Optional.of(granted);
                        if (random.nextInt(5) == 0) {
                            var others = queues.failed(lane, random.nextBoolean());
                            assertThat(others).isNotNull();
                            end();
                        } else {
                            wasUp = true;
                            queues.up(lane);
                        }
                    }
                    case Leave.NotBefore(var at) -> {
                        assertThat(at).isAfter(now);
                        queues.pause(lane, at);
                        end();
                    }
                }
            }

            private void send() {
                var waiting = inHand.orElseThrow();
                var many = queues.grant(lane, address, waiting.rids().size());
                waiting.rids().subList(0, many).forEach(rid -> outcome(waiting, rid));
                if (many > 0) {
                    sent.add(new Sent(now, lane.domain(), address, many));
                    queues.sent(lane, Duration.ofMillis(random.nextInt(100)));
                }
                inHand = Optional.empty();
                if (many < waiting.rids().size()) {
                    queues.handBack(waiting.only(
                            waiting.rids().subList(many, waiting.rids().size())));
                    end();
                }
            }

            private void end() {
                inHand.ifPresent(queues::handBack);
                leave.ifPresent(queues::release);
                queues.ended(lane, wasUp);
                over = true;
            }
        }

        private record Sent(Instant at, String domain, InetAddress address, int recipients) {}

        private void check() {
            assertThat(sessions.size()).as("connections").isLessThanOrEqualTo(settings.maxConnections());
            for (var domain : DOMAINS) {
                var control = settings.controls().of(domain);
                switch (control.limitBy()) {
                    case DOMAIN -> checkDomain(domain, control);
                    case MX_ADDRESS -> ADDRESSES.forEach(address -> checkAddress(domain, address, control));
                }
            }
        }

        private void checkDomain(String domain, DestinationControl control) {
            assertThat(sessions.stream()
                            .filter(session -> session.lane.domain().equals(domain))
                            .count())
                    .as("connections to %s", domain)
                    .isLessThanOrEqualTo(control.concurrentConnections());
            control.rate()
                    .ifPresent(rate -> assertThat(sent.stream()
                                    .filter(each -> each.domain().equals(domain))
                                    .filter(this::isInSpan)
                                    .mapToInt(Sent::recipients)
                                    .sum())
                            .as("recipients to %s", domain)
                            .isLessThanOrEqualTo(rate.recipients()));
        }

        /// Domains share an address: each keeps its own limit there, and together they keep that of the most
        /// generous.
        private void checkAddress(String domain, InetAddress address, DestinationControl control) {
            assertThat(connections(address, DOMAINS)).isLessThanOrEqualTo(mostGenerous());
            assertThat(connections(address, List.of(domain)))
                    .as("connections of %s to %s", domain, address)
                    .isLessThanOrEqualTo(control.concurrentConnections());
            control.rate()
                    .ifPresent(rate -> assertThat(sent.stream()
                                    .filter(each -> each.domain().equals(domain))
                                    .filter(each -> each.address().equals(address))
                                    .filter(this::isInSpan)
                                    .mapToInt(Sent::recipients)
                                    .sum())
                            .as("recipients of %s at %s", domain, address)
                            .isLessThanOrEqualTo(rate.recipients()));
        }

        private long connections(InetAddress address, List<String> domains) {
            return sessions.stream()
                    .filter(session -> domains.contains(session.lane.domain()))
                    .filter(session ->
                            session.leave.flatMap(Leave.Granted::counted).equals(Optional.of(address)))
                    .count();
        }

        private int mostGenerous() {
            return DOMAINS.stream()
                    .map(domain -> settings.controls().of(domain))
                    .filter(each -> each.limitBy() == LimitBy.MX_ADDRESS)
                    .mapToInt(DestinationControl::concurrentConnections)
                    .max()
                    .orElse(0);
        }

        private boolean isInSpan(Sent each) {
            return each.at().plus(SPAN).isAfter(now);
        }
    }
}
