package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final Memory<Integer, String> memory = new Memory<>(64_000, String::length, clock);

    @Test
    void whatIsKeptIsRecalledUntilItExpires() {
        memory.keep(1, "one", clock.instant().plusSeconds(10));

        assertThat(memory.recall(1)).contains("one");
        assertThat(memory.recall(2)).isEmpty();
        clock.advanceSeconds(9);
        assertThat(memory.recall(1)).contains("one");
        clock.advanceSeconds(1);
        assertThat(memory.recall(1)).isEmpty();
        assertThat(memory.bytes()).as("and its bytes are free").isZero();
    }

    @Test
    void whatHasExpiredAlreadyIsNotKept() {
        memory.keep(1, "one", clock.instant());

        assertThat(memory.size()).isZero();
    }

    @Test
    void theNewestValueOfAKeyCounts() {
        memory.keep(1, "a".repeat(1000), clock.instant().plusSeconds(10));
        memory.keep(1, "b", clock.instant().plusSeconds(10));

        assertThat(memory.recall(1)).contains("b");
        assertThat(memory.size()).isEqualTo(1);
        assertThat(memory.bytes()).isLessThan(1000);
    }

    @Test
    void itNeverTakesMoreThanItMay() {
        long seed = System.nanoTime();
        System.out.println("MemoryTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(2000);
            memory.keep(key, "x".repeat(random.nextInt(500)), clock.instant().plusSeconds(random.nextInt(100)));
            memory.recall(random.nextInt(2000));
            if (random.nextInt(50) == 0) {
                clock.advanceSeconds(1);
            }
            assertThat(memory.bytes()).isBetween(0L, 64_000L);
        }
        assertThat(memory.size()).isPositive();
        memory.clear();
        assertThat(memory.bytes()).isZero();
        assertThat(memory.size()).isZero();
    }

    @Test
    void whatIsUsedStaysAndWhatIsNotGoes() {
        memory.keep(-1, "popular", clock.instant().plusSeconds(1000));
        for (int i = 0; i < 5000; i++) {
            memory.keep(i, "once", clock.instant().plusSeconds(1000));
            assertThat(memory.recall(-1)).contains("popular");
        }
        assertThat(memory.recall(0)).isEmpty();
        assertThat(memory.recall(4999)).isPresent();
    }

    @Test
    void whatIsLargerThanItsShareIsNotKeptAndHarmsNothingAfterIt() {
        memory.keep(1, "x".repeat(100_000), clock.instant().plusSeconds(10));
        assertThat(memory.recall(1)).isEmpty();
        memory.keep(1, "small", clock.instant().plusSeconds(10));
        assertThat(memory.recall(1)).contains("small");
    }
}
