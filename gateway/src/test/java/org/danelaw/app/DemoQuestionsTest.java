package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoQuestionsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void whereTheInputIsAtItsEndNobodyIsAsked() throws InterruptedException {
        assertThat(asked("", Optional.empty())).isEmpty();
    }

    @Test
    void anEmptyLineEndsTheQuestions() throws InterruptedException {
        assertThat(asked("\nnot a domain\n", Optional.empty()))
                .contains("--explain wrong-key.danelaw")
                .endsWith("[]> \n")
                .doesNotContain("daneverify: ");
    }

    @Test
    void aQuestionIsReadAsTheWordsOfDaneverify() throws InterruptedException {
        assertThat(asked("--explain --json x.example\n", Optional.empty())).contains("exclude each other");
    }

    @Test
    void whereItIsToRunOnItSaysHowToAskFromElsewhere() throws InterruptedException {
        assertThat(asked("", Optional.of(Duration.ZERO))).contains("danelaw daneverify --config gw.toml DOMAIN");
    }

    private String asked(String input, Optional<Duration> afterwards) throws InterruptedException {
        var printer = new PrintStream(out, true, StandardCharsets.UTF_8);
        var console = new Console(new BufferedReader(new StringReader(input)), printer, printer);
        new DemoQuestions(Path.of("gw.toml"), console).take(afterwards);
        return out.toString(StandardCharsets.UTF_8);
    }
}
