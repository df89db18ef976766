package org.danelaw.admin;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.danelaw.events.Level;
import org.danelaw.events.LogFormat;
import org.danelaw.events.LogSubscription;
import org.danelaw.events.RollOver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That `grep` and `tail` leave out no line and show none twice when the log is rolled over under them.
class LogTrailTest {
    @TempDir
    private Path folder;

    private final List<String> shown = new ArrayList<>();
    private LogSubscription log;

    @BeforeEach
    void write() throws IOException {
        log = new LogSubscription(
                "mail_logs",
                Level.INFO,
                folder.resolve("mail_logs"),
                LogFormat.TEXT,
                new LogSubscription.Keeping(1_000, RollOver.BY_SIZE, 5));
        append("1");
        rollOver();
        append("2");
        rollOver();
        append("3");
    }

    @Test
    void aSearchShowsEachLineOnceHoweverTheFilesAreCalledWhenTheirTurnComes() throws IOException {
        var search = new GrepCommand.Search(Pattern.compile("[0-9n]"), true, noting(() -> {
            rollOver();
            append("new");
        }));
        search.in(new LogTrail(log));
        assertThat(shown).containsExactly("1", "2", "3");
    }

    @Test
    void whoFollowsALogSeesWhatWasWrittenBeforeAndBetweenRollOvers() throws IOException {
        try (var follower = new TailCommand.Follower(new LogTrail(log), noting(() -> {}))) {
            follower.begin(10);
            append("4");
            rollOver();
            append("5");
            rollOver();
            append("6");
            follower.goOn();
            assertThat(shown).containsExactly("3", "4", "5", "6");

            rollOver();
            follower.goOn();
            append("7");
            follower.goOn();
            Files.writeString(log.file(), "");
            follower.goOn();
            append("8");
            follower.goOn();
        }
        assertThat(shown).containsExactly("3", "4", "5", "6", "7", "8");
    }

    /// What happens when a line is shown.
    @FunctionalInterface
    private interface Meanwhile {
        void happen() throws IOException;
    }

    private Output noting(Meanwhile meanwhile) {
        return new Output() {
            @Override
            public void show(Answer answer) {}

            @Override
            public void line(String text) {}

            @Override
            public void result(Answer answer) throws IOException {
                if (answer.parts().getFirst() instanceof Answer.Part.Line(var text)) {
                    shown.add(text);
                    meanwhile.happen();
                }
            }

            @Override
            public void complain(String sentence) {}

            @Override
            public Optional<String> ask(String prompt) {
                return Optional.empty();
            }

            @Override
            public boolean isJson() {
                return false;
            }
        };
    }

    private void append(String line) throws IOException {
        Files.writeString(log.file(), line + "\n", CREATE, APPEND);
    }

    private void rollOver() throws IOException {
        for (int age = log.keeping().files() - 2; age >= 0; age--) {
            if (Files.exists(log.file(age))) {
                Files.move(log.file(age), log.file(age + 1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
