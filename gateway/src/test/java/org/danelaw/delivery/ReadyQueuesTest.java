package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.delivery.DestinationControl.RecipientRate;
import org.danelaw.delivery.ReadyQueues.Order;
import org.danelaw.queue.Lane;
import org.danelaw.queue.Next;
import org.danelaw.queue.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who may go next.
@Timeout(60)
final class ReadyQueuesTest {
    private static final Lane ONE = new Lane("one.example", "RELAYED", true);
    private static final Lane TWO = new Lane("two.example", "RELAYED", true);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private DestinationControl control = DestinationControl.DEFAULT;
    private int maxConnections = 1_000;
    private Instant now = START;
    private long mid;

    private final ReadyQueues queues = new ReadyQueues(this::settings, Suspension.NONE, () -> now);

    @Test
    void lanesTakeTurns() throws InterruptedException {
        ready(ONE, 20);
        ready(TWO, 20);

        assertThat(begun(4)).containsExactly(ONE, TWO, ONE, TWO);
    }

    @Test
    void oneMessageIsOneSession() throws InterruptedException {
        ready(ONE, 1);
        ready(TWO, 1);

        assertThat(begun(2)).containsExactly(ONE, TWO);
        assertNothingToDo();
    }

    @Test
    void aFurtherConnectionNeedsMoreThanAFewMessages() throws InterruptedException {
        ready(ONE, ReadyQueues.MESSAGES_THAT_JUSTIFY_A_CONNECTION + 1);

        assertThat(begun(2)).containsExactly(ONE, ONE);
        assertNothingToDo();
    }

    @Test
    void aDestinationHasNoMoreConnectionsThanItsLimitOverAllPolicies() throws InterruptedException {
        control = with(2, Optional.empty());
        var otherPolicy = new Lane(ONE.domain(), "ACCEPTED", false);
        ready(ONE, 50);
        ready(otherPolicy, 50);

        assertThat(begun(2)).containsExactly(ONE, otherPolicy);
        assertNothingToDo();

        queues.ended(otherPolicy);
        assertThat(begun(1)).hasSize(1);
        assertNothingToDo();
    }

    @Test
    void allDestinationsTogetherHaveNoMoreConnectionsThanTheGlobalLimit() throws InterruptedException {
        maxConnections = 3;
        ready(ONE, 50);
        ready(TWO, 50);

        begun(3);
        assertNothingToDo();
        queues.ended(ONE);
        begun(1);
        assertNothingToDo();
    }

    @Test
    void mailWaitsForItsTime() throws InterruptedException {
        queues.add(waiting(ONE, new Next.Attempt(START.plusSeconds(60))));
        assertNothingToDo();

        now = START.plusSeconds(60);
        assertThat(begun(1)).containsExactly(ONE);
    }

    @Test
    void mailWhoseLifetimeIsOverIsGivenUpAndGetsNoSession() throws InterruptedException {
        var over = waiting(ONE, new Next.GiveUp(START));
        queues.add(over);

        assertThat(queues.next()).isEqualTo(new Order.GiveUp(over));
        assertNothingToDo();
    }

    @Test
    void aLaneThatIsDownPausesAndThenIsTriedByOneSessionUntilItIsUp() throws InterruptedException {
        ready(ONE, 50);
        begun(1);
        assertThat(queues.down(ONE, START.plusSeconds(60))).isTrue();
        assertThat(queues.down(ONE, START.plusSeconds(60))).isFalse();
        queues.ended(ONE);
        assertNothingToDo();

        now = START.plusSeconds(60);
        assertThat(begun(1)).containsExactly(ONE);
        assertNothingToDo();

        assertThat(queues.up(ONE)).isTrue();
        assertThat(queues.up(ONE)).isFalse();
        assertThat(begun(5)).containsOnly(ONE);
    }

    @Test
    void anUnknownDestinationGetsAFewConnectionsAndAProvenOneMore() throws InterruptedException {
        ready(ONE, 100);
        begun(ReadyQueues.FIRST_CONNECTIONS);
        assertNothingToDo();

        queues.up(ONE);
        begun(20);
        assertNothingToDo();
    }

    @Test
    void aFailedSessionMeansOneAtATimeUntilOneIsHad() throws InterruptedException {
        ready(ONE, 100);
        begun(3);
        assertThat(queues.failed(ONE)).isFalse();
        queues.ended(ONE);
        queues.ended(ONE);
        assertNothingToDo();
        assertThat(queues.failed(ONE)).isTrue();
        queues.ended(ONE);
        begun(1);
        assertNothingToDo();

        queues.up(ONE);
        assertThat(begun(5)).containsOnly(ONE);
    }

    @Test
    void oneLaneDownDoesNotHoldUpAnother() throws InterruptedException {
        ready(ONE, 5);
        queues.down(ONE, START.plusSeconds(60));
        ready(TWO, 5);

        assertThat(begun(1)).containsExactly(TWO);
    }

    @Test
    void aDestinationGetsNoMoreRecipientsInASpanThanItsLimit() throws InterruptedException {
        control = with(10, Optional.of(new RecipientRate(3, Duration.ofMinutes(1))));
        ready(ONE, 5);
        begun(1);

        assertThat(taken(ONE, 5)).isEqualTo(3);
        queues.ended(ONE);
        assertNothingToDo();

        now = START.plusSeconds(60);
        assertThat(begun(1)).containsExactly(ONE);
        assertThat(taken(ONE, 5)).isEqualTo(2);
    }

    @Test
    void everythingComesOutOnceInOrder() throws InterruptedException {
        ready(ONE, 3);
        begun(1);
        var mids = new ArrayList<Long>();
        for (var i = 0; i < 3; i++) {
            mids.add(queues.take(ONE, Duration.ZERO).orElseThrow().mid());
        }
        assertThat(mids).containsExactly(1L, 2L, 3L);
        assertThat(queues.take(ONE, Duration.ZERO)).isEmpty();
    }

    @Test
    void whatIsDrainedIsGone() throws InterruptedException {
        ready(ONE, 3);
        begun(1);

        assertThat(queues.failed(ONE)).isTrue();
        assertThat(queues.drain(ONE)).hasSize(3);
        assertThat(queues.take(ONE, Duration.ZERO)).isEmpty();
    }

    @Test
    void aDestinationWithoutMailAndStateIsForgotten() throws InterruptedException {
        ready(ONE, 1);
        begun(1);
        queues.take(ONE, Duration.ZERO);
        queues.ended(ONE);

        assertThat(queues.states()).isEmpty();
    }

    @Test
    void aStopEndsAllWaiting() throws InterruptedException {
        ready(ONE, 1);
        begun(1);
        queues.take(ONE, Duration.ZERO);
        var waiter = Thread.ofVirtual().start(() -> {
            try {
                assertThat(queues.take(ONE, Duration.ofHours(1))).isEmpty();
            } catch (InterruptedException unexpected) {
                throw new IllegalStateException(unexpected);
            }
        });
        queues.close();
        waiter.join();

        assertThat(queues.next()).isEqualTo(new Order.Stop());
    }

    private DeliverySettings settings() {
        var defaults = DeliverySettings.defaults("gw.example");
        return new DeliverySettings(
                defaults.hostname(),
                defaults.ownListeners(),
                defaults.port(),
                defaults.sourceAddresses(),
                defaults.insecureMx(),
                defaults.whenUnavailable(),
                maxConnections,
                defaults.connectTimeout(),
                defaults.timeouts(),
                true,
                0,
                defaults.routes(),
                new DestinationControls(control, Map.of()),
                Map.of());
    }

    private static DestinationControl with(int connections, Optional<RecipientRate> rate) {
        var defaults = DestinationControl.DEFAULT;
        return new DestinationControl(
                defaults.tls(),
                defaults.dane(),
                defaults.ipPreference(),
                connections,
                defaults.messagesPerConnection(),
                rate,
                defaults.limitBy(),
                defaults.bounceProfile());
    }

    private void ready(Lane lane, int messages) {
        for (var i = 0; i < messages; i++) {
            queues.add(waiting(lane, new Next.Attempt(now)));
        }
    }

    private Waiting waiting(Lane lane, Next next) {
        return new Waiting(++mid, lane, List.of(0), START, "default", 0, false, next);
    }

    private List<Lane> begun(int sessions) throws InterruptedException {
        var lanes = new ArrayList<Lane>();
        for (var i = 0; i < sessions; i++) {
            assertThat(queues.next()).isInstanceOfSatisfying(Order.Begin.class, begin -> lanes.add(begin.lane()));
        }
        return lanes;
    }

    private int taken(Lane lane, int most) throws InterruptedException {
        var taken = 0;
        while (taken < most && queues.take(lane, Duration.ZERO).isPresent()) {
            taken++;
        }
        return taken;
    }

    private void assertNothingToDo() {
        assertThat(queues.poll()).isEmpty();
    }
}
