package org.danelaw.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OpenOutcomesTest {
    private final AtomicLong nanos = new AtomicLong();
    private final OpenOutcomes open = new OpenOutcomes(Duration.ofMillis(50), nanos::get);

    @Test
    void nobodyWaitsForOutcomesThatAreOnTime() throws Exception {
        open.awaitOnTime();
        open.add("one");
        pass(50);
        open.awaitOnTime();
        assertThat(nanos.get()).isEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void deliveriesWaitUntilTheDiskHasTheOutcomeThatIsLate() throws Exception {
        open.add("one");
        pass(51);
        open.add("two");
        try (var threads = Executors.newSingleThreadExecutor()) {
            var waiting = waiter(threads);

            open.remove("two");
            assertThat(waiting.isDone()).isFalse();
            open.remove("one");
            assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aSpoolThatClosesWithLateOutcomesLetsNothingMoreBeDelivered() throws Exception {
        open.add("one");
        pass(51);
        try (var threads = Executors.newSingleThreadExecutor()) {
            var waiting = waiter(threads);

            open.close();
            assertThatThrownBy(() -> waiting.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        }
    }

    /// Somebody who waits, and really does by the time this returns.
    private Future<Boolean> waiter(java.util.concurrent.ExecutorService threads) {
        var thread = new AtomicReference<Thread>();
        var waiting = threads.submit(() -> {
            thread.set(Thread.currentThread());
            open.awaitOnTime();
            return true;
        });
        while (thread.get() == null || thread.get().getState() != Thread.State.WAITING) {
            assertThat(waiting.isDone()).isFalse();
            Thread.onSpinWait();
        }
        return waiting;
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
