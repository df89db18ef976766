package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private final Flights<String, String> flights = new Flights<>(Duration.ofSeconds(60), why -> "gave up: " + why);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Test
    void whatIsAskedAtTheSameTimeIsDoneOnce() throws Exception {
        var times = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<String>>();
            for (int i = 0; i < 50; i++) {
                results.add(threads.submit(() -> flights.join("key", () -> slow("result " + times.incrementAndGet()))));
            }
            begun.await();
            mayEnd.countDown();
            for (var result : results) {
                // Who comes after the first flight has landed begins another.
                assertThat(result.get()).startsWith("result ");
            }
        }
        assertThat(times.get()).isLessThan(50);
    }

    @Test
    void theWaitingGetTheSameResult() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> flights.join("key", () -> slow("only")));
            begun.await();
            var second = new AtomicReference<String>();
            Thread waiting = Thread.ofVirtual().start(() -> second.set(flights.join("key", () -> "another")));
            awaitWaiting(waiting);
            mayEnd.countDown();
            waiting.join();

            assertThat(first.get()).isEqualTo("only");
            assertThat(second.get()).isEqualTo("only");
        }
    }

    @Test
    void otherKeysDoNotWait() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> flights.join("slow", () -> slow("slow")));
            begun.await();

            assertThat(flights.join("quick", () -> "quick")).isEqualTo("quick");
            mayEnd.countDown();
        }
    }

    @Test
    void whatIsOverIsDoneAnew() {
        assertThat(flights.join("key", () -> "first")).isEqualTo("first");
        assertThat(flights.join("key", () -> "second")).isEqualTo("second");
    }

    @Test
    void nobodyWaitsForEver() throws Exception {
        var impatient = new Flights<String, String>(Duration.ofMillis(50), why -> "gave up: " + why);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> impatient.join("key", () -> slow("late")));
            begun.await();

            assertThat(impatient.join("key", () -> "never"))
                    .isEqualTo("gave up: the look-up of key took longer than 0 s");
            mayEnd.countDown();
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingGivesUp() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> flights.join("key", () -> slow("late")));
            begun.await();
            var result = new AtomicReference<String>();
            Thread waiting = Thread.ofVirtual().start(() -> result.set(flights.join("key", () -> "never")));
            waiting.interrupt();
            waiting.join();
            mayEnd.countDown();

            assertThat(result.get()).isEqualTo("gave up: the look-up of key was stopped");
        }
    }

    @Test
    void anInterruptedLeaderFailsForItselfAlone() throws Exception {
        var leader = Thread.ofVirtual().start(() -> flights.join("key", () -> slow("half a result")));
        begun.await();
        var result = new AtomicReference<String>();
        Thread waiting = Thread.ofVirtual().start(() -> result.set(flights.join("key", () -> "whole result")));
        awaitWaiting(waiting);
        leader.interrupt();
        waiting.join();

        assertThat(result.get()).isEqualTo("whole result");
    }

    @Test
    void aFaultReachesEverybodyAndIsNotKept() {
        assertThatThrownBy(() -> flights.join("key", () -> {
                    throw new IllegalArgumentException("ours");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(flights.join("key", () -> "well again")).isEqualTo("well again");
    }

    private String slow(String result) {
        begun.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
    }
}
