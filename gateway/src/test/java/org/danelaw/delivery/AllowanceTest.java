package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.danelaw.delivery.DestinationControl.RecipientRate;
import org.junit.jupiter.api.Test;

/// How many recipients may still be sent.
final class AllowanceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Allowance three = new Allowance(new RecipientRate(3, MINUTE));

    @Test
    void whatWasUsedIsBackAfterTheSpan() {
        three.use(2, START);
        three.use(1, START.plusSeconds(30));

        assertThat(three.granted(1, START.plusSeconds(59))).isZero();
        assertThat(three.grantedAgain(1, START.plusSeconds(59))).isEqualTo(START.plusSeconds(60));
        assertThat(three.granted(2, START.plusSeconds(60))).isEqualTo(2);
        assertThat(three.granted(3, START.plusSeconds(60))).isZero();
        assertThat(three.grantedAgain(3, START.plusSeconds(60))).isEqualTo(START.plusSeconds(90));
        assertThat(three.isWhole(START.plusSeconds(89))).isFalse();
        assertThat(three.isWhole(START.plusSeconds(90))).isTrue();
    }

    @Test
    void aMessageGoesToAllItsRecipientsOrWaits() {
        three.use(2, START);

        assertThat(three.granted(2, START)).isZero();
        assertThat(three.granted(1, START)).isEqualTo(1);
    }

    @Test
    void aMessageWithMoreThanTheLimitGoesInPartsOfTheLimit() {
        assertThat(three.granted(10, START)).isEqualTo(3);
        three.use(1, START);
        assertThat(three.granted(10, START)).isZero();
        assertThat(three.grantedAgain(10, START)).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void noSpanWhereverItBeginsHasMoreThanTheLimit() {
        var seed = System.nanoTime();
        System.out.println("AllowanceTest seed " + seed);
        var random = new Random(seed);
        for (var round = 0; round < 50; round++) {
            var limit = 1 + random.nextInt(100);
            var sent = sentInAnHour(random, limit);
            for (var first = 0; first < sent.size(); first++) {
                var begin = sent.get(first).at();
                var inSpan = sent.stream()
                        .filter(each -> !each.at().isBefore(begin) && each.at().isBefore(begin.plus(MINUTE)))
                        .mapToInt(Sent::recipients)
                        .sum();
                assertThat(inSpan).isLessThanOrEqualTo(limit);
            }
        }
    }

    private record Sent(Instant at, int recipients) {}

    private static List<Sent> sentInAnHour(Random random, int limit) {
        var allowance = new Allowance(new RecipientRate(limit, MINUTE));
        var sent = new ArrayList<Sent>();
        for (var now = START; now.isBefore(START.plusSeconds(3_600)); now = now.plusMillis(random.nextInt(6_000))) {
            var granted = allowance.granted(1 + random.nextInt(2 * limit), now);
            if (granted > 0) {
                allowance.use(granted, now);
                sent.add(new Sent(now, granted));
            }
        }
        return sent;
    }

    @Test
    void askedAgainWhenItSaysItIsGrantedAlmostAtOnceAndNeverEarlierThanPromised() {
        var random = new Random(1);
        for (var round = 0; round < 1_000; round++) {
            var allowance = new Allowance(new RecipientRate(10, MINUTE));
            var now = START;
            for (var i = 0; i < 20; i++) {
                now = now.plusMillis(random.nextInt(10_000));
                allowance.use(Math.min(allowance.left(now), random.nextInt(4)), now);
            }
            var wanted = 1 + random.nextInt(20);
            if (allowance.granted(wanted, now) == 0) {
                var again = allowance.grantedAgain(wanted, now);
                assertThat(again).isAfter(now).isBeforeOrEqualTo(now.plus(MINUTE));
                assertThat(allowance.granted(wanted, again)).isPositive();
            }
        }
    }
}
