package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {
    @Test
    void aChangeIsShownWithTheThreeLinesAroundIt() {
        var before = lines(1, 20, "");
        assertThat(LineDiff.unified(before, before.replace("10\n", "ten\nand a half\n")))
                .containsExactly(
                        "@@ -7,7 +7,8 @@", " 7", " 8", " 9", "-10", "+ten", "+and a half", " 11", " 12", " 13");
        assertThat(LineDiff.unified(before, before)).isEmpty();
    }

    @Test
    void whatItShowsMakesTheOneOfTheOther() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            var before = randomLines(random);
            var after = randomLines(random);
            var shown = LineDiff.unified(before, after);
            assertThat(side(shown, '-'))
                    .as("before, round %s", round)
                    .isSubsetOf(before.lines().toList());
            assertThat(side(shown, '+'))
                    .as("after, round %s", round)
                    .isSubsetOf(after.lines().toList());
            assertThat(side(shown, '+').size() - side(shown, '-').size())
                    .as("round %s", round)
                    .isEqualTo((int) (after.lines().count() - before.lines().count()));
        }
    }

    @Test
    void textsThatHaveLittleInCommonTakeLittleMemory() {
        var before = "same\n" + lines(1, 1_900, "before ") + "same, too\n";
        var after = "same\n" + lines(1, 1_900, "after ") + "same, too\n";
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadAllocatedBytes();
        var shown = LineDiff.unified(before, after);
        assertThat(threads.getCurrentThreadAllocatedBytes() - start).isLessThan(64 << 20);
        assertThat(shown)
                .hasSize(1 + 2 + 2 * 1_900)
                .startsWith("@@ -1,1902 +1,1902 @@", " same", "-before 1")
                .endsWith("+after 1900", " same, too");
    }

    private static String randomLines(Random random) {
        return random.ints(random.nextInt(12), 0, 4).mapToObj(i -> i + "\n").collect(Collectors.joining());
    }

    private static List<String> side(List<String> shown, char sign) {
        return shown.stream()
                .filter(line -> line.charAt(0) == sign)
                .map(line -> line.substring(1))
                .toList();
    }

    private static String lines(int first, int last, String word) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> word + i + "\n").collect(Collectors.joining());
    }
}
