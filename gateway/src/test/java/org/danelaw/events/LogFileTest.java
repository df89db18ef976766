package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.danelaw.events.LogSubscription.Keeping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T09:04:05Z"), ZoneId.of("Europe/Paris"));
    private static final Keeping ROOMY = new Keeping(1_000_000, RollOver.BY_SIZE, 2);
    private static final int ONE_LINE = "Tue Feb  3 10:04:05 2026 Info: DCID 1 close\n".length();

    @TempDir
    private Path folder;

    @Test
    void aLineHasTheLocalTimeWithTheDayPaddedByABlankAndItsLevel() throws IOException {
        var file = folder.resolve("log/mail_logs");
        write(text(Level.INFO, file, ROOMY), new DeliveryEvent.Closed(3));
        assertThat(file).hasContent("Tue Feb  3 10:04:05 2026 Info: DCID 3 close\n");
    }

    @Test
    void aSubscriptionTakesItsLevelAndWhatIsMoreSerious() throws IOException {
        var file = folder.resolve("warnings");
        write(text(Level.WARNING, file, ROOMY), new DeliveryEvent.Closed(3), new SystemEvent.SpoolRecovered());
        assertThat(file).hasContent("Tue Feb  3 10:04:05 2026 Warning: Spool works again\n");
    }

    @Test
    void aFileThatIsFullIsRolledOverAndTheOldestIsDropped() throws IOException {
        var file = folder.resolve("mail_logs");
        var keeping = new Keeping(2L * ONE_LINE, RollOver.BY_SIZE, 3);
        try (var log = LogFile.open(text(Level.INFO, file, keeping), CLOCK)) {
            for (var dcid = 1; dcid <= 9; dcid++) {
                log.accept(CLOCK.instant(), new DeliveryEvent.Closed(dcid));
            }
        }
        assertThat(dcids(file)).containsExactly("9");
        assertThat(dcids(folder.resolve("mail_logs.1"))).containsExactly("7", "8");
        assertThat(dcids(folder.resolve("mail_logs.2"))).containsExactly("5", "6");
        assertThat(folder.resolve("mail_logs.3")).doesNotExist();
    }

    @Test
    void aFileThatIsKeptAloneBeginsAnewWhenItIsFull() throws IOException {
        var file = folder.resolve("mail_logs");
        var keeping = new Keeping(ONE_LINE, RollOver.BY_SIZE, 1);
        write(text(Level.INFO, file, keeping), new DeliveryEvent.Closed(1), new DeliveryEvent.Closed(2));
        assertThat(dcids(file)).containsExactly("2");
        assertThat(folder.resolve("mail_logs.1")).doesNotExist();
    }

    @Test
    void aNewDayBeginsANewFile() throws IOException {
        var file = folder.resolve("mail_logs");
        var keeping = new Keeping(1_000_000, RollOver.DAILY, 3);
        try (var log = LogFile.open(text(Level.INFO, file, keeping), CLOCK)) {
            log.accept(Instant.parse("2026-02-03T09:00:00Z"), new DeliveryEvent.Closed(1));
            log.accept(Instant.parse("2026-02-03T22:59:59Z"), new DeliveryEvent.Closed(2));
            // It is midnight in Paris.
            log.accept(Instant.parse("2026-02-03T23:00:00Z"), new DeliveryEvent.Closed(3));
            log.accept(Instant.parse("2026-02-05T09:00:00Z"), new DeliveryEvent.Closed(4));
        }
        assertThat(dcids(file)).containsExactly("4");
        assertThat(dcids(folder.resolve("mail_logs.1"))).containsExactly("3");
        assertThat(dcids(folder.resolve("mail_logs.2"))).containsExactly("1", "2");
    }

    @Test
    void aRestartGoesOnWithTheFile() throws IOException {
        var subscription = text(Level.INFO, folder.resolve("mail_logs"), ROOMY);
        for (var dcid = 1; dcid <= 2; dcid++) {
            write(subscription, new DeliveryEvent.Closed(dcid));
        }
        assertThat(dcids(subscription.file())).containsExactly("1", "2");
    }

    @Test
    void aRestartOnAnotherDayBeginsANewFile() throws IOException {
        var file = folder.resolve("mail_logs");
        Files.writeString(file, "Mon Feb  2 10:04:05 2026 Info: DCID 1 close\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-02-02T09:04:05Z")));
        write(text(Level.INFO, file, new Keeping(1_000_000, RollOver.DAILY, 3)), new DeliveryEvent.Closed(2));
        assertThat(dcids(file)).containsExactly("2");
        assertThat(dcids(folder.resolve("mail_logs.1"))).containsExactly("1");
    }

    @Test
    void halfALineThatACrashLeftIsEndedBeforeTheNext() throws IOException {
        var file = folder.resolve("mail_logs");
        Files.writeString(file, "Mon Feb  2 10:04:05 2026 Info: DCI");
        write(text(Level.INFO, file, ROOMY), new DeliveryEvent.Closed(2));
        assertThat(file).hasContent("""
                Mon Feb  2 10:04:05 2026 Info: DCI
                Tue Feb  3 10:04:05 2026 Info: DCID 2 close
                """);
    }

    @Test
    void aFileThatSomebodyMovedAwayIsLeftToHimWithTheNextSecond() throws IOException {
        var file = folder.resolve("mail_logs");
        var log = LogFile.open(text(Level.INFO, file, ROOMY), CLOCK);
        try (log) {
            log.accept(CLOCK.instant(), new DeliveryEvent.Closed(1));
            awaitLines(file, 1);
            Files.move(file, folder.resolve("mail_logs-20260203"));
            log.accept(CLOCK.instant().plusSeconds(1), new DeliveryEvent.Closed(2));
        }
        assertThat(dcids(folder.resolve("mail_logs-20260203"))).containsExactly("1");
        assertThat(dcids(file)).containsExactly("2");
    }

    @Test
    @Timeout(60)
    void onCommandAFileIsBegunAnewEvenIfThereIsNothingToWrite() throws Exception {
        var file = folder.resolve("mail_logs");
        try (var log = LogFile.open(text(Level.INFO, file, ROOMY), CLOCK)) {
            Files.move(file, folder.resolve("mail_logs-20260203"));
            log.reopen();
            while (!Files.exists(file)) {
                Thread.onSpinWait();
            }
            log.accept(CLOCK.instant(), new DeliveryEvent.Closed(2));
        }
        assertThat(dcids(file)).containsExactly("2");
        assertThat(folder.resolve("mail_logs-20260203")).isEmptyFile();
    }

    @Test
    void aFileThatIsCutShortFromOutsideHasRoomAgain() throws IOException {
        var file = folder.resolve("mail_logs");
        var keeping = new Keeping(2L * ONE_LINE, RollOver.BY_SIZE, 3);
        try (var log = LogFile.open(text(Level.INFO, file, keeping), CLOCK)) {
            log.accept(CLOCK.instant(), new DeliveryEvent.Closed(1));
            log.accept(CLOCK.instant(), new DeliveryEvent.Closed(2));
            awaitLines(file, 2);
            Files.writeString(file, "");
            log.accept(CLOCK.instant().plusSeconds(1), new DeliveryEvent.Closed(3));
        }
        assertThat(dcids(file)).containsExactly("3");
        assertThat(folder.resolve("mail_logs.1")).doesNotExist();
    }

    @Test
    @Timeout(120)
    void whatTheDiskDoesNotKeepUpWithIsDroppedCountedAndSaid() throws Exception {
        // A pipe that nobody reads yet is the slowest disk there is.
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var reader = new ProcessBuilder("sh", "-c", "exec 3<>'" + pipe + "'; read go; exec cat <&3").start();
        var endless = text(Level.INFO, pipe, new Keeping(Long.MAX_VALUE, RollOver.BY_SIZE, 1));
        try (var in = reader.inputReader();
                var log = LogFile.open(endless, CLOCK, 10)) {
            for (var dcid = 1; dcid <= 10_000; dcid++) {
                log.accept(CLOCK.instant(), new DeliveryEvent.Closed(dcid));
            }
            reader.outputWriter().append('\n').flush();
            var written = 0;
            var lost = 0;
            // Each event is in the log, or among those that it says it lost.
            while (written + lost < 10_000) {
                log.accept(CLOCK.instant(), new SystemEvent.SpoolRecovered());
                var line = in.readLine();
                written += line.contains("DCID") ? 1 : 0;
                lost += line.contains("lost") ? lostIn(line) : 0;
            }
            assertThat(lost).isPositive();
            assertThat(log.lost()).isGreaterThanOrEqualTo(lost);
        } finally {
            reader.destroy();
        }
    }

    @Test
    @Timeout(120)
    void aLogThatNobodyTakesDoesNotHoldUpTheEndForEver() throws Exception {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var stuck = new ProcessBuilder("sh", "-c", "exec 3<>'" + pipe + "'; read go").start();
        try {
            var log = LogFile.open(text(Level.INFO, pipe, ROOMY), CLOCK, 10);
            // More than a pipe holds.
            log.accept(CLOCK.instant(), new IntakeEvent.SubjectSeen(1, "x".repeat(1_000_000)));
            assertThatThrownBy(() -> log.close(Duration.ofMillis(100)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("mail_logs");
        } finally {
            stuck.destroy();
        }
    }

    @Test
    void whatAFullDiskRefusesIsCountedAndSaidWhenThereIsRoom() throws IOException {
        var file = folder.resolve("mail_logs");
        var log = LogFile.open(text(Level.INFO, file, ROOMY), CLOCK);
        try (log) {
            log.accept(CLOCK.instant(), new DeliveryEvent.Closed(1));
            awaitLines(file, 1);
            // Nobody can write a folder: as good as a disk without room.
            Files.move(file, folder.resolve("full"));
            Files.createDirectory(file);
            for (var second = 1; second <= 5; second++) {
                log.accept(CLOCK.instant().plusSeconds(second), new DeliveryEvent.Closed(1 + second));
                awaitLost(log, second);
            }
            Files.delete(file);
            log.accept(CLOCK.instant().plusSeconds(9), new DeliveryEvent.Closed(9));
        }
        var lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).contains("Warning: Log subscription mail_logs lost ");
        assertThat(lostIn(lines.getFirst()) + lines.size() - 1).isEqualTo(6);
        assertThat(lines.getLast()).endsWith("DCID 9 close");
    }

    private static int lostIn(String line) {
        return Integer.parseInt(line.replaceAll(".*lost (\\d+) events.*", "$1"));
    }

    private static void write(LogSubscription subscription, Event... events) throws IOException {
        try (var log = LogFile.open(subscription, CLOCK)) {
            for (var event : events) {
                log.accept(CLOCK.instant(), event);
            }
        }
    }

    private static LogSubscription text(Level level, Path file, Keeping keeping) {
        return new LogSubscription("mail_logs", level, file, LogFormat.TEXT, keeping);
    }

    private static void awaitLines(Path file, int count) throws IOException {
        while (Files.readAllLines(file).size() < count) {
            Thread.onSpinWait();
        }
    }

    private static void awaitLost(LogFile log, int events) {
        while (log.lost() < events) {
            Thread.onSpinWait();
        }
    }

    private static List<String> dcids(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll(".*DCID (\\d+) close", "$1"))
                .toList();
    }
}
