package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.delivery.DestinationControl.RecipientRate;
import org.danelaw.delivery.Quotas.Leave;
import org.danelaw.delivery.ReadyQueues.Order;
import org.danelaw.delivery.ReadyQueues.Others;
import org.danelaw.queue.BounceProfile;
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
    private static final InetAddress HOST = InetAddress.ofLiteral("198.51.100.1");
    private static final InetAddress OTHER_HOST = InetAddress.ofLiteral("198.51.100.2");
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
        ready(ONE, Pace.MESSAGES_THAT_JUSTIFY_A_CONNECTION + 1);

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

        queues.ended(otherPolicy, false);
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
        queues.ended(ONE, false);
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
        queues.ended(ONE, false);
        assertNothingToDo();

        now = START.plusSeconds(60);
        assertThat(begun(1)).containsExactly(ONE);
        assertNothingToDo();

        assertThat(queues.up(ONE)).isTrue();
        assertThat(begun(1)).containsExactly(ONE);
        assertThat(queues.up(ONE)).isFalse();
    }

    @Test
    void anAttemptThatFailsWhileOthersTryIsNotTheLastWord() throws InterruptedException {
        ready(ONE, 100);
        begun(2);

        assertThat(queues.failed(ONE, true)).isEqualTo(Others.TRY);
        queues.ended(ONE, false);
        assertThat(queues.failed(ONE, true)).isEqualTo(Others.NONE);
    }

    @Test
    void anAttemptThatFailsWhileOthersCarryMailTakesNothingFromThem() throws InterruptedException {
        ready(ONE, 100);
        begun(3);
        queues.up(ONE);

        assertThat(queues.failed(ONE, true)).isEqualTo(Others.WORK);
        assertThat(queues.works(ONE)).isTrue();
        queues.ended(ONE, true);
        assertThat(queues.works(ONE)).isFalse();
    }

    @Test
    void mailThatIsHandedBackIsTheNextToGo() throws InterruptedException {
        ready(ONE, 3);
        begun(1);
        var first = queues.take(ONE, Duration.ZERO).orElseThrow();
        queues.handBack(first);

        assertThat(queues.take(ONE, Duration.ZERO)).contains(first);
    }

    @Test
    void sendersTakeTurns() throws InterruptedException {
        for (var i = 0; i < 10; i++) {
            queues.add(waiting(ONE, new Next.Attempt(now)));
        }
        var other = from("other@example.org");
        queues.add(other);
        begun(1);

        queues.take(ONE, Duration.ZERO);
        assertThat(queues.take(ONE, Duration.ZERO)).contains(other);
    }

    @Test
    void whereEachAddressHasItsLimitASessionDialsAnother() throws InterruptedException {
        control = by(LimitBy.MX_ADDRESS, 1, Optional.empty());
        ready(ONE, 50);
        ready(TWO, 50);
        assertThat(begun(2)).containsExactly(ONE, TWO);

        var leave = granted(queues.dial(ONE, HOST, 1));
        assertThat(queues.dial(TWO, HOST, 1)).isInstanceOf(Leave.NotBefore.class);
        assertThat(queues.dial(TWO, OTHER_HOST, 1)).isInstanceOf(Leave.Granted.class);

        queues.release(leave);
        assertThat(queues.dial(TWO, HOST, 1)).isInstanceOf(Leave.Granted.class);
    }

    @Test
    void aLaneThatFoundAnAddressFullGetsATurnWhenAConnectionThereEnds() throws InterruptedException {
        control = by(LimitBy.MX_ADDRESS, 1, Optional.empty());
        ready(ONE, 1);
        ready(TWO, 1);
        begun(2);
        queues.take(ONE, Duration.ZERO);
        var leave = granted(queues.dial(ONE, HOST, 1));
        var mail = queues.take(TWO, Duration.ZERO).orElseThrow();
        var full = (Leave.NotBefore) queues.dial(TWO, HOST, 1);
        queues.handBack(mail);
        queues.pause(TWO, full.at());
        queues.ended(TWO, false);
        assertNothingToDo();

        queues.release(leave);
        assertThat(begun(1)).containsExactly(TWO);
    }

    @Test
    void anAddressGetsNoMoreRecipientsInASpanThanItsLimit() {
        control = by(LimitBy.MX_ADDRESS, 10, Optional.of(new RecipientRate(3, Duration.ofMinutes(1))));

        assertThat(queues.grant(ONE, HOST, 2)).isEqualTo(2);
        assertThat(queues.grant(TWO, HOST, 2)).isZero();
        assertThat(queues.grant(TWO, OTHER_HOST, 2)).isEqualTo(2);
        assertThat(queues.dial(TWO, HOST, 2)).isEqualTo(new Leave.NotBefore(START.plusSeconds(60)));
        assertThat(queues.dial(TWO, HOST, 1)).isInstanceOf(Leave.Granted.class);
    }

    private static Leave.Granted granted(Leave leave) {
        assertThat(leave).isInstanceOf(Leave.Granted.class);
        return (Leave.Granted) leave;
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
        control = by(LimitBy.DOMAIN, 10, Optional.of(new RecipientRate(3, Duration.ofMinutes(1))));
        ready(ONE, 5);
        begun(1);
        assertThat(queues.grant(ONE, HOST, 1)).isEqualTo(1);
        assertThat(queues.grant(ONE, OTHER_HOST, 2)).isEqualTo(2);
        assertThat(queues.grant(ONE, HOST, 1)).isZero();
        queues.ended(ONE, false);
        assertNothingToDo();

        now = START.plusSeconds(60);
        assertThat(begun(1)).containsExactly(ONE);
        assertThat(queues.grant(ONE, HOST, 1)).isEqualTo(1);
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

        assertThat(queues.drain(ONE)).hasSize(3);
        assertThat(queues.take(ONE, Duration.ZERO)).isEmpty();
    }

    @Test
    void aDestinationWithoutMailAndStateIsForgotten() throws InterruptedException {
        ready(ONE, 1);
        begun(1);
        queues.take(ONE, Duration.ZERO);
        queues.ended(ONE, false);

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
        return Altered.defaults()
                .maxConnections(maxConnections)
                .controls(new DestinationControls(control, Map.of()))
                .settings();
    }

    @Test
    void mailThatALimitHoldsIsToldOfAndBouncesInTime() throws InterruptedException {
        control = with(1, Optional.empty());
        ready(ONE, 20);
        assertThat(begun(1)).containsExactly(ONE);

        now = START.plus(BounceProfile.DEFAULT.delayNotice()).minusMillis(1);
        assertNothingToDo();
        now = now.plus(ReadyQueues.HELD);
        for (var mail = 1L; mail <= 20; mail++) {
            var number = mail;
            assertThat(queues.next()).isInstanceOfSatisfying(Order.TellDelay.class, order -> {
                assertThat(order.waiting().mid()).isEqualTo(number);
                queues.handBack(order.waiting().told());
            });
        }
        now = now.plus(ReadyQueues.HELD);
        assertNothingToDo();

        now = START.plus(BounceProfile.DEFAULT.maxQueue()).minusMillis(1);
        assertNothingToDo();
        now = now.plus(ReadyQueues.HELD);
        for (var mail = 1; mail <= 20; mail++) {
            assertThat(queues.next()).isInstanceOf(Order.GiveUp.class);
        }
        assertNothingToDo();
    }

    @Test
    void mailThatItsRateOrTheLimitOverAllHoldsBouncesInTime() throws InterruptedException {
        maxConnections = 1;
        ready(ONE, 1);
        ready(TWO, 1);
        assertThat(begun(1)).containsExactly(ONE);
        assertNothingToDo();

        now = START.plus(BounceProfile.DEFAULT.maxQueue());
        assertThat(queues.next())
                .isInstanceOfSatisfying(
                        Order.GiveUp.class,
                        order -> assertThat(order.waiting().lane()).isIn(ONE, TWO));
    }

    @Test
    void oldMailThatNothingHoldsGetsItsAttempt() throws InterruptedException {
        now = START.plus(BounceProfile.DEFAULT.maxQueue()).plus(ReadyQueues.HELD);
        queues.add(waiting(ONE, new Next.Attempt(START)));
        assertThat(begun(1)).containsExactly(ONE);

        // What came from the disk just now was held by nobody.
        maxConnections = 1;
        queues.add(waiting(TWO, new Next.Attempt(START)));
        assertNothingToDo();
    }

    private static DestinationControl with(int connections, Optional<RecipientRate> rate) {
        return by(LimitBy.DOMAIN, connections, rate);
    }

    private static DestinationControl by(LimitBy limitBy, int connections, Optional<RecipientRate> rate) {
        var defaults = DestinationControl.DEFAULT;
        return new DestinationControl(
                defaults.tls(),
                defaults.dane(),
                defaults.ipPreference(),
                connections,
                defaults.messagesPerConnection(),
                rate,
                limitBy,
                defaults.bounceProfile());
    }

    private void ready(Lane lane, int messages) {
        for (var i = 0; i < messages; i++) {
            queues.add(waiting(lane, new Next.Attempt(now)));
        }
    }

    private Waiting waiting(Lane lane, Next next) {
        return new Waiting(++mid, lane, "bulk@example.org", List.of(0), START, "default", 0, false, next);
    }

    private Waiting from(String sender) {
        return new Waiting(++mid, ONE, sender, List.of(0), START, "default", 0, false, new Next.Attempt(now));
    }

    private List<Lane> begun(int sessions) throws InterruptedException {
        var lanes = new ArrayList<Lane>();
        for (var i = 0; i < sessions; i++) {
            assertThat(queues.next()).isInstanceOfSatisfying(Order.Begin.class, begin -> lanes.add(begin.lane()));
        }
        return lanes;
    }

    private void assertNothingToDo() {
        assertThat(queues.poll()).isEmpty();
    }
}
