package org.danelaw.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.danelaw.events.LogSubscription.Keeping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MailLogsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T09:04:05Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void whatIsToldGoesToEachLogThatWantsIt() throws IOException {
        try (var logs = MailLogs.open(List.of(log("mail_logs", Level.INFO), log("warnings", Level.WARNING)), CLOCK)) {
            logs.accept(new DeliveryEvent.Closed(1));
            logs.accept(new SystemEvent.SpoolRecovered());
        }
        assertThat(texts("mail_logs")).containsExactly("Info: DCID 1 close", "Warning: Spool works again");
        assertThat(texts("warnings")).containsExactly("Warning: Spool works again");
    }

    @Test
    void aLogCanBeSwitchedOnAndOffWhileOthersGoOn() throws IOException {
        var always = log("mail_logs", Level.INFO);
        var sometimes = log("mail_logs_d", Level.DEBUG);
        try (var logs = MailLogs.open(List.of(always), CLOCK)) {
            logs.accept(new DeliveryEvent.Closed(1));
            assertThat(logs.wants(Level.DEBUG)).isFalse();

            logs.change(List.of(always, sometimes));
            logs.accept(new DeliveryEvent.Closed(2));
            assertThat(logs.wants(Level.DEBUG)).isTrue();
            assertThat(logs.subscriptions()).containsExactly(always, sometimes);

            logs.change(List.of(always));
            logs.accept(new DeliveryEvent.Closed(3));
            assertThat(logs.wants(Level.DEBUG)).isFalse();
        }
        assertThat(texts("mail_logs"))
                .containsExactly("Info: DCID 1 close", "Info: DCID 2 close", "Info: DCID 3 close");
        assertThat(texts("mail_logs_d")).containsExactly("Info: DCID 2 close");
    }

    @Test
    void aLogThatIsClosedHasBeenWritten() throws IOException {
        try (var logs = MailLogs.open(List.of(log("mail_logs", Level.INFO)), CLOCK)) {
            for (var dcid = 1; dcid <= 1_000; dcid++) {
                logs.accept(new DeliveryEvent.Closed(dcid));
            }
            logs.change(List.of());
            assertThat(texts("mail_logs")).hasSize(1_000);
        }
    }

    @Test
    void aLogCanGetAnotherNameLevelAndFormatWithoutALineBeingLost() throws IOException {
        var file = folder.resolve("mail_logs");
        var before = log("mail_logs", Level.INFO);
        var after = new LogSubscription("mail", Level.WARNING, file, LogFormat.JSON, before.keeping());
        try (var logs = MailLogs.open(List.of(before), CLOCK)) {
            logs.accept(new DeliveryEvent.Closed(1));
            awaitLine("mail_logs");
            logs.change(List.of(after));
            logs.accept(new DeliveryEvent.Closed(2));
            logs.accept(new SystemEvent.SpoolRecovered());
        }
        assertThat(file).hasContent("""
                Tue Feb  3 09:04:05 2026 Info: DCID 1 close
                {"time":"2026-02-03T09:04:05.000+00:00","level":"warning","event":"system.spool-recovered",\
                "text":"Spool works again"}
                """);
    }

    @Test
    void aFileThatCannotBeWrittenChangesNothing() throws IOException {
        Files.createDirectory(folder.resolve("a_folder"));
        var good = log("mail_logs", Level.INFO);
        var another = log("another", Level.INFO);
        var bad = log("a_folder", Level.INFO);
        try (var logs = MailLogs.open(List.of(good), CLOCK)) {
            assertThatThrownBy(() -> logs.change(List.of(another, bad)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a_folder");
            logs.accept(new DeliveryEvent.Closed(1));
            assertThat(logs.subscriptions()).containsExactly(good);
        }
        assertThat(texts("mail_logs")).containsExactly("Info: DCID 1 close");
        assertThat(texts("another")).isEmpty();
    }

    @Test
    void twoLogsCannotHaveOneFile() throws IOException {
        var one = log("one", Level.INFO);
        var other = new LogSubscription("other", Level.DEBUG, folder.resolve("x/../one"), one.format(), one.keeping());
        try (var logs = MailLogs.open(List.of(one), CLOCK)) {
            assertThatThrownBy(() -> logs.change(List.of(one, other)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the logs one and other have one file");
            assertThat(logs.subscriptions()).containsExactly(one);
        }
    }

    @Test
    void aPreparedChangeThatIsAbandonedLeavesTheLogsAsTheyWere() throws IOException {
        var before = log("mail_logs", Level.INFO);
        try (var logs = MailLogs.open(List.of(before), CLOCK)) {
            var change = logs.prepare(List.of(log("mail_logs", Level.DEBUG), log("another", Level.INFO)));
            logs.accept(new DeliveryEvent.Closed(1));
            assertThat(logs.subscriptions()).containsExactly(before);
            change.abandon();
            logs.accept(new DeliveryEvent.Closed(2));
        }
        assertThat(texts("mail_logs")).containsExactly("Info: DCID 1 close", "Info: DCID 2 close");
        assertThat(texts("another")).isEmpty();
    }

    @Test
    void aLogThatCannotBeClosedIsSaidAndTheOthersAreInForce() throws IOException {
        var after = log("another", Level.INFO);
        try (var logs = MailLogs.open(List.of(log("mail_logs", Level.INFO)), CLOCK)) {
            var change = logs.prepare(List.of(after));
            Thread.currentThread().interrupt();
            try {
                assertThat(change.takeEffect()).containsExactly("interrupted while the log mail_logs was closing");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(logs.subscriptions()).containsExactly(after);
        }
    }

    @Test
    void severalListenersWantWhatOneOfThemWants() throws IOException {
        Events modest = event -> {};
        try (var logs = MailLogs.open(List.of(log("mail_logs_d", Level.DEBUG)), CLOCK)) {
            assertThat(Events.all(List.of(modest)).wants(Level.INFO)).isTrue();
            assertThat(Events.all(List.of(modest)).wants(Level.DEBUG)).isFalse();
            assertThat(Events.all(List.of(modest, logs)).wants(Level.DEBUG)).isTrue();
            assertThat(Events.all(List.of(modest, logs)).wants(Level.TRACE)).isFalse();
        }
    }

    private LogSubscription log(String name, Level level) {
        return new LogSubscription(
                name, level, folder.resolve(name), LogFormat.TEXT, new Keeping(1_000_000, RollOver.BY_SIZE, 2));
    }

    private List<String> texts(String log) throws IOException {
        return Files.readAllLines(folder.resolve(log)).stream()
                .map(line -> line.replaceFirst("Tue Feb  3 09:04:05 2026 ", ""))
                .toList();
    }

    private void awaitLine(String log) throws IOException {
        while (texts(log).isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
