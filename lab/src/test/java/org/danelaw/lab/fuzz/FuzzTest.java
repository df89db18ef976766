package org.danelaw.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The harness itself: what it must not let pass.
class FuzzTest {
    private static final Fuzz SMALL = new Fuzz("fuzz-of-the-harness", 1 << 20);

    @Test
    void whatATargetThrowsIsToldWithTheSeedOfTheVeryInput() {
        assertThatThrownBy(() -> SMALL.run(random -> failingIn(random, 100)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("fuzz-of-the-harness: input \\d+ threw .*; again with -Ddanelaw.seed=-?\\d+")
                .hasCauseInstanceOf(IllegalStateException.class)
                .satisfies(failure -> assertThatThrownBy(() -> failingIn(seedIn(failure), 100))
                        .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void anInputThatMakesTheTargetAllocateTooMuchFails() {
        assertThatThrownBy(() -> SMALL.run(_ -> Arrays.toString(new byte[2 << 20])))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("octets; again with -Ddanelaw.seed=");
    }

    @Test
    void anErrorIsNoLessAFailureThanAnException() {
        assertThatThrownBy(() -> SMALL.run(_ -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void whatIsDueAndNeverComesFails() {
        assertThatThrownBy(() -> SMALL.run(_ -> "shallow", "shallow", "deep"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("only came {shallow=1000000}");
    }

    @Test
    void damageIsTheSameForTheSameSeedAndOtherForOthers() {
        byte[] good = "a reasonably long input\nof two lines".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var octets = new HashSet<String>();
        var texts = new HashSet<String>();
        for (int seed = 0; seed < 1_000; seed++) {
            octets.add(Arrays.toString(Damaged.octets(good, new SplittableRandom(seed))));
            texts.add(Damaged.text("two\nlines\n", List.of("[", "]"), new SplittableRandom(seed)));
            assertThat(Damaged.octets(good, new SplittableRandom(seed)))
                    .isEqualTo(Damaged.octets(good, new SplittableRandom(seed)));
        }
        assertThat(octets).hasSizeGreaterThan(700);
        assertThat(texts).hasSizeGreaterThan(700);
    }

    private static String failingIn(RandomGenerator random, int one) {
        if (random.nextInt(one) == 0) {
            throw new IllegalStateException("found");
        }
        return "passed";
    }

    private static RandomGenerator seedIn(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return new SplittableRandom(Long.parseLong(message.substring(message.lastIndexOf('=') + 1)));
    }
}
