package org.danelaw.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.danelaw.admin.Arguments.Reading;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Option PORT = Option.with("--port", "N", "a port");
    private static final Option JSON = Option.flag("--json", "as JSON");

    @Test
    void optionsAndOperandsComeInAnyOrder() {
        assertThat(read("a", "--port", "25", "b", "--json", "--port=26"))
                .isEqualTo(new Reading.Read(new Arguments(
                        Map.of("--port", List.of("25", "26"), "--json", List.of("")), List.of("a", "b"))));
    }

    @Test
    void theLastValueOfAnOptionCounts() {
        assertThat(read("--port", "25", "--port", "26"))
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read -> assertThat(read.arguments().last(PORT)).contains("26"));
    }

    @Test
    void behindTwoHyphensEverythingIsAnOperand() {
        assertThat(read("--", "--json", "-"))
                .isEqualTo(new Reading.Read(new Arguments(Map.of(), List.of("--json", "-"))));
    }

    @Test
    void whatIsNotUnderstoodIsSaidInOneLine() {
        assertThat(read("--jsn"))
                .isEqualTo(new Reading.Misunderstood("there is no option --jsn: did you mean --json?"));
        assertThat(read("-x")).isEqualTo(new Reading.Misunderstood("there is no option -x"));
        assertThat(read("--port")).isEqualTo(new Reading.Misunderstood("--port needs a value: N"));
        assertThat(read("--json=yes")).isEqualTo(new Reading.Misunderstood("--json takes no value"));
    }

    @Test
    void whatIsPassedOnIsReadOnlyUpToItsFirstWord() {
        assertThat(Arguments.leading(
                        List.of("--port", "1", "grep", "-i", "--port"), List.of(Option.with("--port", "N", "a port"))))
                .isEqualTo(new Reading.Read(
                        new Arguments(Map.of("--port", List.of("1")), List.of("grep", "-i", "--port"))));
    }

    private static Reading read(String... words) {
        return Arguments.read(List.of(words), List.of(PORT, JSON));
    }
}
