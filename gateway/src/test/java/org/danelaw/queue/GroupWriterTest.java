package org.danelaw.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.danelaw.events.Event;
import org.danelaw.events.SystemEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class GroupWriterTest {
    @TempDir
    private Path folder;

    private final List<Event> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aFullDiskRefusesInWordsAndTakesMailAgainWhenThereIsRoom() throws Exception {
        var database = new SpoolDatabase(folder.resolve("queue.sqlite"), Synchronous.FULL);
        try (var writer = new GroupWriter(database, Duration.ofMillis(20), told::add)) {
            writer.start();
            run(writer, to -> execute(to, "PRAGMA max_page_count = 40"));

            assertThat(outcome(writer, to -> insert(to, 1, 100_000))).isEmpty();
            var refusal = outcome(writer, to -> insert(to, 2, 400_000));
            assertThat(refusal).get().isInstanceOf(SpoolFullException.class);
            assertThat(told).contains(new SystemEvent.SpoolFailing("the spool's disk is full"));

            run(writer, to -> execute(to, "PRAGMA max_page_count = 4000"));
            assertThat(outcome(writer, to -> insert(to, 3, 400_000))).isEmpty();
            assertThat(told).endsWith(new SystemEvent.SpoolRecovered());
        }
        try (var reader = new SpoolReader(database)) {
            var heads = reader.ask(connection -> SpoolQueries.after(connection, 0, 10));
            assertThat(heads).extracting(SpoolQueries.Head::mid).containsExactly(1L, 3L);
        }
    }

    @Test
    void aFaultOfOurOwnInOneWorkDoesNotStopTheWriter() throws Exception {
        var database = new SpoolDatabase(folder.resolve("queue.sqlite"), Synchronous.FULL);
        try (var writer = new GroupWriter(database, Duration.ofMillis(20), told::add)) {
            writer.start();

            assertThat(outcome(writer, to -> {
                        throw new IllegalStateException("a bug");
                    }))
                    .get()
                    .asString()
                    .contains("a bug");
            assertThat(outcome(writer, to -> insert(to, 1, 10))).isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void whatSomebodyDoesWhenToldOfACommitDoesNotHoldUpTheNext() throws Exception {
        var database = new SpoolDatabase(folder.resolve("queue.sqlite"), Synchronous.FULL);
        try (var writer = new GroupWriter(database, Duration.ofMillis(20), told::add)) {
            writer.start();
            var goOn = new CountDownLatch(1);
            writer.submit(new OneStep(to -> insert(to, 1, 10)) {
                @Override
                public void committed() {
                    try {
                        goOn.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            });

            var written = new CountDownLatch(2);
            writer.submit(new OneStep(to -> written.countDown()));
            writer.submit(new OneStep(to -> written.countDown()));
            written.await();
            goOn.countDown();
        }
    }

    private static void insert(SpoolWriter to, long mid, int octets) throws SQLException {
        to.insert(mid, Mail.to("a@one.example"), octets, Optional.of(new byte[octets]));
    }

    private static void execute(SpoolWriter to, String sql) throws SQLException {
        try (var statement = to.connection().createStatement()) {
            statement.execute(sql);
        }
    }

    private static void run(GroupWriter writer, Step step) throws Exception {
        assertThat(outcome(writer, step)).isEmpty();
    }

    private static Optional<Throwable> outcome(GroupWriter writer, Step step) throws Exception {
        var work = new OneStep(step);
        writer.submit(work);
        try {
            work.done.get(60, TimeUnit.SECONDS);
            return Optional.empty();
        } catch (ExecutionException failed) {
            return Optional.ofNullable(failed.getCause());
        }
    }

    @FunctionalInterface
    private interface Step {
        void write(SpoolWriter to) throws SQLException;
    }

    private static class OneStep implements Work {
        private final Step step;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        OneStep(Step step) {
            this.step = step;
        }

        @Override
        public void write(SpoolWriter to) throws SQLException {
            step.write(to);
        }

        @Override
        public void committed() {
            done.complete(null);
        }

        @Override
        public void refused(IOException why) {
            done.completeExceptionally(why);
        }

        @Override
        public boolean patient() {
            return false;
        }
    }
}
