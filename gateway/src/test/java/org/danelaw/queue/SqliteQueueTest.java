package org.danelaw.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.danelaw.events.Event;
import org.danelaw.events.SystemEvent;
import org.danelaw.smtp.Envelope;
import org.danelaw.smtp.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class SqliteQueueTest {
    private static final byte[] SMALL = "Subject: small\r\n\r\nBody\r\n".getBytes(US_ASCII);

    @TempDir
    private Path folder;

    private final List<Event> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatWasCommittedIsThereAfterTheNextStart() throws IOException {
        var recipient = new Envelope.Recipient(
                Mail.address("b@two.example"), Optional.of("FAILURE,DELAY"), Optional.of("rfc822;b@two.example"));
        var envelope = new Envelope(
                Optional.of(Mail.address("a@one.example")),
                List.of(recipient),
                new Envelope.Needs(true, false),
                new Envelope.Dsn(Optional.of("HDRS"), Optional.of("QQ314")));
        var message = new NewMessage(envelope, "RELAYED", false, "slow", Mail.RECEIVED, "listener in");
        long mid;
        try (var spool = open()) {
            mid = Mail.put(spool, message, SMALL);
        }
        try (var spool = open()) {
            var queued = spool.read(mid).orElseThrow();
            assertThat(queued.message()).isEqualTo(message);
            assertThat(queued.states())
                    .containsExactly(new Queued.State(0, 0, new Next.Attempt(Mail.RECEIVED), Optional.empty()));
            assertThat(octets(queued)).isEqualTo(SMALL);
        }
    }

    @Test
    void aLargeBodyLiesInAFileOfItsOwnUntilTheMessageIsFinished() throws IOException {
        var large = new byte[SqliteDraft.LARGEST_INLINE_OCTETS + 1];
        new Random(1).nextBytes(large);
        long mid;
        try (var spool = open()) {
            mid = Mail.put(spool, Mail.to("a@one.example"), large);
            assertThat(bodies()).containsExactly(Long.toString(mid));
        }
        try (var spool = open()) {
            assertThat(octets(spool.read(mid).orElseThrow())).isEqualTo(large);
            spool.settle(List.of(Mail.done(mid, 0)));
        }
        assertThat(bodies()).isEmpty();
    }

    @Test
    void aBodyThatIsJustSmallEnoughLiesInTheDatabase() throws IOException {
        var body = new byte[SqliteDraft.LARGEST_INLINE_OCTETS];
        try (var spool = open()) {
            var mid = Mail.put(spool, Mail.to("a@one.example"), body);

            assertThat(bodies()).isEmpty();
            assertThat(octets(spool.read(mid).orElseThrow())).isEqualTo(body);
        }
    }

    @Test
    void aDraftThatIsDroppedLeavesNothingBehind() throws IOException {
        try (var spool = open()) {
            try (var draft = spool.draft()) {
                draft.content().write(new byte[SqliteDraft.LARGEST_INLINE_OCTETS * 2]);
                assertThat(bodies()).hasSize(1);
            }
            assertThat(bodies()).isEmpty();
            assertThat(spool.counts()).isEqualTo(new MailQueue.Counts(0, 0, 0));
        }
    }

    @Test
    void filesThatACrashLeftBehindAreSweptAndOthersAreKept() throws IOException {
        long mid;
        try (var spool = open()) {
            mid = Mail.put(spool, Mail.to("a@one.example"), new byte[SqliteDraft.LARGEST_INLINE_OCTETS * 2]);
        }
        Files.write(folder.resolve("bodies").resolve("4711"), SMALL);
        Files.write(folder.resolve("bodies").resolve("README"), SMALL);
        told.clear();
        try (var spool = open()) {
            assertThat(bodies()).containsExactlyInAnyOrder(Long.toString(mid), "README");
            assertThat(told).contains(new SystemEvent.SpoolOpened(1, 1));
            assertThat(spool.counts().messages()).isEqualTo(1);
        }
    }

    @Test
    void theMessageLeavesWithItsLastRecipientAndNotBefore() throws IOException {
        try (var spool = open()) {
            var mid = Mail.put(spool, Mail.to("a@one.example", "b@two.example"), SMALL);
            spool.settle(List.of(Mail.done(mid, 1)));
            awaitRecipients(spool, 1);
            assertThat(spool.read(mid).orElseThrow().message().envelope().recipients())
                    .extracting(recipient -> recipient.address().toString())
                    .containsExactly("a@one.example");

            spool.settle(List.of(Mail.done(mid, 0)));
            awaitRecipients(spool, 0);
            assertThat(spool.read(mid)).isEmpty();
            assertThat(spool.counts()).isEqualTo(new MailQueue.Counts(0, 0, 0));
        }
    }

    @Test
    void aDeferredRecipientKeepsItsReasonAttemptsAndTime() throws IOException {
        var why = new Why(
                "4.7.5",
                "server certificate not trusted",
                "no TLSA record admits the certificate",
                Optional.of("mx.one.example"),
                Optional.of(new Reply(451, List.of("4.7.5 first", "second"))),
                List.of("publish this", "or that"));
        var next = new Next.GiveUp(Mail.RECEIVED.plusSeconds(77));
        long mid;
        try (var spool = open()) {
            mid = Mail.put(spool, Mail.to("a@one.example", "b@one.example"), SMALL);
            spool.settle(List.of(
                    new Settlement.Again(mid, List.of(0), 3, next, why),
                    new Settlement.DelayTold(mid, List.of(0), Mail.RECEIVED)));
        }
        try (var spool = open()) {
            var lane = new Lane("one.example", "RELAYED", true);
            assertThat(spool.read(mid).orElseThrow().states().getFirst())
                    .isEqualTo(new Queued.State(0, 3, next, Optional.of(why)));
            assertThat(followed(spool))
                    .containsExactlyInAnyOrder(
                            new Waiting(
                                    mid,
                                    lane,
                                    "sender@example.org",
                                    List.of(1),
                                    Mail.RECEIVED,
                                    "default",
                                    0,
                                    false,
                                    new Next.Attempt(Mail.RECEIVED)),
                            new Waiting(
                                    mid,
                                    lane,
                                    "sender@example.org",
                                    List.of(0),
                                    Mail.RECEIVED,
                                    "default",
                                    3,
                                    true,
                                    next));
        }
    }

    @Test
    void anOperatorsSelectionFindsTheWaitingRecipientsThatItMeans() throws IOException {
        try (var spool = open()) {
            var first = Mail.put(spool, Mail.to("a@one.example", "b@two.example"), SMALL);
            var second = Mail.put(spool, Mail.from(Optional.empty(), "A@one.example"), SMALL);
            spool.settle(List.of(Mail.done(first, 1)));
            var third = Mail.put(spool, Mail.to("b@two.example"), SMALL);

            assertThat(spool.chosen(new Selection.All()))
                    .isEqualTo(Map.of(first, Set.of(0), second, Set.of(0), third, Set.of(0)));
            assertThat(spool.chosen(new Selection.Message(first))).isEqualTo(Map.of(first, Set.of(0)));
            assertThat(spool.chosen(new Selection.Recipient(Mail.address("a@one.example"))))
                    .isEqualTo(Map.of(first, Set.of(0), second, Set.of(0)));
            assertThat(spool.chosen(new Selection.Sender(Optional.empty()))).isEqualTo(Map.of(second, Set.of(0)));
            assertThat(spool.chosen(new Selection.Sender(Optional.of(Mail.address("Sender@example.org")))))
                    .isEqualTo(Map.of(first, Set.of(0), third, Set.of(0)));
            assertThat(spool.chosen(new Selection.Domain("two.example"))).isEqualTo(Map.of(third, Set.of(0)));
        }
    }

    @Test
    void recipientsGoTogetherByDomainAndAtMost100AtATime() throws IOException {
        var recipients = new ArrayList<String>();
        for (var i = 0; i < 150; i++) {
            recipients.add("r" + i + "@one.example");
        }
        recipients.add("other@two.example");
        var message = Mail.to(recipients.toArray(String[]::new));
        var arrived = Collections.synchronizedList(new ArrayList<Waiting>());
        try (var spool = open()) {
            spool.follow(arrived::add);
            Mail.put(spool, message, SMALL);
        }
        List<Waiting> loaded;
        try (var spool = open()) {
            loaded = followed(spool);
        }
        assertThat(arrived).extracting(waiting -> waiting.rids().size()).containsExactly(100, 50, 1);
        assertThat(loaded).extracting(waiting -> waiting.rids().size()).containsExactly(100, 50, 1);
    }

    @Test
    void aLongQueueIsFollowedInTheOrderOfItsMessages() throws Exception {
        var put = Collections.synchronizedList(new ArrayList<Long>());
        try (var spool = SqliteQueue.open(folder, Synchronous.OFF, told::add)) {
            for (var i = 0; i < 2_001; i++) {
                put.add(putOrFail(spool));
            }
        }
        try (var spool = open()) {
            assertThat(followed(spool)).extracting(Waiting::mid).containsExactlyElementsOf(put);
        }
    }

    @Test
    void everyMessageIsFollowedExactlyOnceWhereverTheFollowerComesIn() throws Exception {
        var followed = Collections.synchronizedList(new ArrayList<Long>());
        var put = Collections.synchronizedSet(new HashSet<Long>());
        // More than are read at a time.
        var started = new CountDownLatch(2_500);
        try (var spool = open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 4_000; i++) {
                threads.execute(() -> {
                    put.add(putOrFail(spool));
                    started.countDown();
                });
            }
            assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
            spool.follow(waiting -> followed.add(waiting.mid()));
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(put).hasSize(4_000);
        assertThat(followed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(put);
    }

    @Test
    void aReportAndWhatItReportsAreOneTransaction() throws IOException {
        try (var spool = open()) {
            var mid = Mail.put(spool, Mail.to("a@one.example"), SMALL);
            try (var draft = spool.draft()) {
                draft.content().write(SMALL);
                draft.commit(Mail.from(Optional.empty(), "sender@example.org"), List.of(Mail.done(mid, 0)));
                assertThat(spool.read(mid)).isEmpty();
                assertThat(spool.read(draft.id())).isPresent();
            }
        }
    }

    @Test
    void aMessageThatCannotBeWrittenFailsAloneAndLeavesNothing() throws Exception {
        try (var spool = open()) {
            var mid = Mail.put(spool, Mail.to("a@one.example"), SMALL);
            try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.sqlite"));
                    var statement = other.createStatement()) {
                statement.execute("CREATE TRIGGER no_more BEFORE INSERT ON recipient WHEN NEW.local_part = 'full'"
                        + " BEGIN SELECT RAISE(ROLLBACK, 'no room'); END");
            }
            var failures = new ArrayList<Throwable>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var i = 0; i < 20; i++) {
                    var recipient = i % 2 == 0 ? "full@one.example" : "ok@one.example";
                    threads.execute(() -> {
                        try {
                            Mail.put(spool, Mail.to(recipient), SMALL);
                        } catch (IOException failed) {
                            synchronized (failures) {
                                failures.add(failed);
                            }
                        }
                    });
                }
            }
            assertThat(failures)
                    .hasSize(10)
                    .allSatisfy(failed -> assertThat(failed).hasMessageContaining("no room"));
            assertThat(spool.counts()).isEqualTo(new MailQueue.Counts(11, 11, 11L * SMALL.length));
            assertThat(spool.read(mid)).isPresent();
            assertThat(told).anyMatch(event -> event instanceof SystemEvent.SpoolFailing);
        }
    }

    @Test
    void aSettlementThatTheDiskRefusesIsTriedAgainUntilItTakesIt() throws Exception {
        try (var spool = open()) {
            var mid = Mail.put(spool, Mail.to("a@one.example"), SMALL);
            execute("CREATE TRIGGER stuck BEFORE DELETE ON recipient BEGIN SELECT RAISE(ROLLBACK, 'stuck'); END");
            spool.settle(List.of(Mail.done(mid, 0)));
            awaitEvent(SystemEvent.SpoolFailing.class);
            assertThat(spool.read(mid)).isPresent();

            execute("DROP TRIGGER stuck");
            awaitRecipients(spool, 0);
            awaitEvent(SystemEvent.SpoolRecovered.class);
        }
    }

    @Test
    @Timeout(60)
    void aSettlementThatWasNotTakenIsNotWaitedFor() throws Exception {
        try (var spool = open()) {
            var mid = putOrFail(spool);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> spool.settle(List.of(Mail.done(mid, 0))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not taken");
            assertThat(Thread.interrupted()).isTrue();

            var later = System.nanoTime() + Duration.ofMillis(100).toNanos();
            while (System.nanoTime() < later) {
                Thread.onSpinWait();
            }
            spool.awaitOutcomes();
            assertThat(spool.counts().recipients()).isEqualTo(1);
        }
    }

    @Test
    void midsGoOnAfterAnOrderlyStopWithoutAGap() throws IOException {
        var given = new ArrayList<Long>();
        for (var start = 0; start < 3; start++) {
            try (var spool = open()) {
                given.add(spool.draft().id());
                given.add(spool.draft().id());
            }
        }
        assertThat(given).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aMidThatWasGivenBeforeACrashIsNotGivenAgain() throws Exception {
        var crashed = folder.resolve("crashed");
        Files.createDirectories(crashed);
        long given;
        try (var spool = open()) {
            given = spool.draft().id();
            // What a kill would leave on disk at this moment, though nothing was committed for this MID.
            for (var file : List.of("queue.sqlite", "queue.sqlite-wal")) {
                Files.copy(folder.resolve(file), crashed.resolve(file));
            }
        }
        try (var spool = SqliteQueue.open(crashed, told::add)) {
            assertThat(spool.draft().id()).isGreaterThan(given);
        }
    }

    @Test
    void aSpoolInUseIsNotOpenedTwice() throws IOException {
        try (var spool = open()) {
            assertThat(spool.counts().messages()).isZero();
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("open in this very process");
        }
    }

    @Test
    void aSpoolOfANewerVersionIsRefusedInWords() throws Exception {
        open().close();
        execute("PRAGMA user_version = 99");

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("newer Danelaw (schema 99");
    }

    @Test
    void aClosedSpoolRefusesAndDoesNotHang() throws IOException {
        var spool = open();
        var draft = spool.draft();
        draft.content().write(SMALL);
        spool.close();

        assertThatThrownBy(() -> draft.commit(Mail.to("a@one.example")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void commitsWaitForTheDiskAndOnlyATestMaySayOtherwise() throws Exception {
        try (var spool = open()) {
            assertThat(spool.counts().messages()).isZero();
        }
        assertThat(pragma(new SpoolDatabase(folder.resolve("queue.sqlite"), Synchronous.FULL)))
                .isEqualTo("wal 2");
        assertThat(pragma(new SpoolDatabase(folder.resolve("queue.sqlite"), Synchronous.OFF)))
                .isEqualTo("wal 0");
    }

    @Test
    void pagesShowAllMessagesInOrder() throws IOException {
        try (var spool = open()) {
            var first = Mail.put(spool, Mail.to("a@one.example"), SMALL);
            var second = Mail.put(spool, Mail.to("b@two.example"), SMALL);

            assertThat(spool.page(0, 1)).extracting(Queued::mid).containsExactly(first);
            assertThat(spool.page(first, 10)).extracting(Queued::mid).containsExactly(second);
            assertThat(octets(spool.page(0, 1).getFirst())).isEqualTo(SMALL);
        }
    }

    private static String pragma(SpoolDatabase database) throws SQLException, IOException {
        try (var connection = database.openForWriting();
                var statement = connection.createStatement()) {
            var mode = statement.executeQuery("PRAGMA journal_mode").getString(1);
            return mode + " " + statement.executeQuery("PRAGMA synchronous").getInt(1);
        }
    }

    private SqliteQueue open() throws IOException {
        return SqliteQueue.open(folder, told::add);
    }

    private void execute(String sql) throws SQLException {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.sqlite"));
                var statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> bodies() throws IOException {
        try (var files = Files.list(folder.resolve("bodies"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] octets(Queued queued) throws IOException {
        try (var in = queued.content().open()) {
            return in.readAllBytes();
        }
    }

    private static List<Waiting> followed(MailQueue spool) throws IOException {
        var all = new ArrayList<Waiting>();
        spool.follow(all::add);
        return all;
    }

    private static void awaitRecipients(MailQueue spool, long expected) throws IOException {
        for (var i = 0; i < 600 && spool.counts().recipients() != expected; i++) {
            pause();
        }
        assertThat(spool.counts().recipients()).isEqualTo(expected);
    }

    private void awaitEvent(Class<? extends Event> kind) {
        for (var i = 0; i < 600 && told.stream().noneMatch(kind::isInstance); i++) {
            pause();
        }
        assertThat(told).anyMatch(kind::isInstance);
    }

    private static long putOrFail(Spool spool) {
        try {
            return Mail.put(spool, Mail.to("a@one.example"), SMALL);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
