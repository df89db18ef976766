package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T09:04:05Z"), ZoneId.of("Europe/Paris"));

    @TempDir
    private Path folder;

    @Test
    void aLineHasTheLocalTimeWithTheDayPaddedByABlankAndItsLevel() throws IOException {
        var file = folder.resolve("log/mail_logs");
        try (var log = LogFile.open(new LogSubscription("mail_logs", Level.INFO, file, 1_000, 2), CLOCK)) {
            log.accept(new DeliveryEvent.Closed(3));
        }
        assertThat(file).hasContent("Tue Feb  3 10:04:05 2026 Info: DCID 3 close\n");
    }

    @Test
    void aSubscriptionTakesItsLevelAndWhatIsMoreSerious() throws IOException {
        var file = folder.resolve("warnings");
        try (var log = LogFile.open(new LogSubscription("warnings", Level.WARNING, file, 1_000, 2), CLOCK)) {
            log.accept(new DeliveryEvent.Closed(3));
            log.accept(new SystemEvent.SpoolRecovered());
        }
        assertThat(file).hasContent("Tue Feb  3 10:04:05 2026 Warning: Spool works again\n");
    }

    @Test
    void aFileThatIsFullIsRolledOverAndTheOldestIsDropped() throws IOException {
        var file = folder.resolve("mail_logs");
        var oneLine = "Tue Feb  3 10:04:05 2026 Info: DCID 1 close\n".length();
        try (var log = LogFile.open(new LogSubscription("mail_logs", Level.INFO, file, 2L * oneLine, 3), CLOCK)) {
            for (var dcid = 1; dcid <= 9; dcid++) {
                log.accept(new DeliveryEvent.Closed(dcid));
            }
        }
        assertThat(dcids(file)).containsExactly("9");
        assertThat(dcids(folder.resolve("mail_logs.1"))).containsExactly("7", "8");
        assertThat(dcids(folder.resolve("mail_logs.2"))).containsExactly("5", "6");
        assertThat(folder.resolve("mail_logs.3")).doesNotExist();
    }

    @Test
    void aRestartGoesOnWithTheFile() throws IOException {
        var subscription = new LogSubscription("mail_logs", Level.INFO, folder.resolve("mail_logs"), 1_000, 2);
        for (var dcid = 1; dcid <= 2; dcid++) {
            try (var log = LogFile.open(subscription, CLOCK)) {
                log.accept(new DeliveryEvent.Closed(dcid));
            }
        }
        assertThat(dcids(subscription.file())).containsExactly("1", "2");
    }

    @Test
    @Timeout(120)
    void whatTheDiskDoesNotKeepUpWithIsDroppedCountedAndSaid() throws Exception {
        // A pipe that nobody reads yet is the slowest disk there is.
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        var reader = new ProcessBuilder("sh", "-c", "exec 3<>'" + pipe + "'; read go; exec cat <&3").start();
        try (var log = LogFile.open(new LogSubscription("slow", Level.INFO, pipe, Long.MAX_VALUE, 1), CLOCK, 10);
                var in = reader.inputReader()) {
            for (var dcid = 1; dcid <= 10_000; dcid++) {
                log.accept(new DeliveryEvent.Closed(dcid));
            }
            reader.outputWriter().append('\n').flush();
            var written = 0;
            var lost = 0;
            // Each event is in the log, or among those that it says it lost.
            while (written + lost < 10_000) {
                log.accept(new SystemEvent.SpoolRecovered());
                var line = in.readLine();
                written += line.contains("DCID") ? 1 : 0;
                lost += line.contains("lost") ? Integer.parseInt(line.replaceAll(".*lost (\\d+) events.*", "$1")) : 0;
            }
            assertThat(lost).isPositive();
        } finally {
            reader.destroy();
        }
    }

    private static List<String> dcids(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll(".*DCID (\\d+) close", "$1"))
                .toList();
    }
}
