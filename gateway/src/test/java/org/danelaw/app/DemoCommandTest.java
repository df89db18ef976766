package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.danelaw.lab.realm.Realm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
    private static final Pattern FOLDER = Pattern.compile("configurations in (\\S+)");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /// The whole world through two real gateways: intake, spool, discovery, DNSSEC, TLS, all as in earnest.
    @Test
    void mailToEveryDomainEndsAsItsWorldSaysAndQuestionsAreAnsweredInThatWorld() throws IOException {
        int exitStatus = danelaw("--explain wrong-key.danelaw\ndane-ee.danelaw\n\n", "demo");
        assertThat(errors()).isEmpty();
        assertThat(output())
                .contains("domains ended as they must, and the mail hosts count what the gateways count")
                .contains("DANE SUCCESS for dane-ee.danelaw")
                .contains("mx.wrong-key.danelaw")
                .doesNotContain("\033[");
        assertThat(exitStatus).isZero();
        var rows = output().lines().filter(line -> line.startsWith("    ")).toList();
        for (var domain : Realm.danelaw(Instant.EPOCH, 2525).domains()) {
            assertThat(rows)
                    .as(domain.toString())
                    .anyMatch(row -> row.startsWith("    " + domain.mailName() + " ")
                            && row.contains(DemoWords.of(domain.opportunistic().outcome()))
                            && row.contains(DemoWords.of(domain.mandatory().outcome()))
                            && row.endsWith(domain.says()));
        }
        assertThat(readmesSample()).isNotEmpty().allMatch(rows::contains);
        assertThat(folder()).doesNotExist();
    }

    private static List<String> readmesSample() throws IOException {
        return Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.matches(" {4}\\S+\\.(danelaw|frisia) .*"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds", "--seconds -1", "--seconds soon", "--seconds 100000", "now"})
    void wordsThatItDoesNotKnowAreAUsageError(String words) {
        var all = new ArrayList<>(List.of("demo"));
        all.addAll(List.of(words.split(" ")));
        assertThat(danelaw("", all.toArray(String[]::new))).isEqualTo(64);
        assertThat(errors().lines()).hasSize(1);
    }

    private Path folder() {
        var found = FOLDER.matcher(output());
        assertThat(found.find()).isTrue();
        var folder = Path.of(found.group(1));
        assertThat(folder.getParent())
                .satisfies(parent -> assertThat(Files.isDirectory(parent)).isTrue());
        return folder;
    }

    private int danelaw(String input, String... words) {
        var console = new Console(
                new BufferedReader(new StringReader(input)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Main(Commands.all()).run(List.of(words), console);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
