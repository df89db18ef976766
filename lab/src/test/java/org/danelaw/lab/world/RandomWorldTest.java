package org.danelaw.lab.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.regex.Pattern;
import org.danelaw.lab.judges.DnsjavaJudge;
import org.danelaw.lab.judges.Ruling;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

class RandomWorldTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final int ZONES = Boolean.getBoolean("danelaw.exam") ? 500 : 12;
    private static final Pattern ITERATIONS = Pattern.compile("with (\\d+) iterations");

    @Test
    void aSeedAlwaysGivesTheSameWorld() {
        var once = RandomWorld.of(42, 10, NOW);
        var again = RandomWorld.of(42, 10, NOW);
        assertThat(once.cases()).hasToString(again.cases().toString());
        assertThat(once.internet().zones())
                .extracting(SignedZone::masterFile)
                .isEqualTo(again.internet().zones().stream()
                        .map(SignedZone::masterFile)
                        .toList());
        assertThat(RandomWorld.of(43, 10, NOW).cases())
                .doesNotHaveToString(once.cases().toString());
    }

    @Test
    void soundZonesAreNeverBogus() {
        judge(new Random().nextLong());
    }

    @Test
    void manyDamagedZonesAreBogus() {
        var tally = judge(7);
        assertThat(tally.bogus()).isGreaterThan(tally.damaged() / 4);
    }

    private record Tally(int damaged, int bogus) {}

    private static Tally judge(long seed) {
        var world = RandomWorld.of(seed, ZONES, NOW);
        var judge = new DnsjavaJudge(world.internet(), NOW);
        var damaged = 0;
        var foundBogus = 0;
        for (var each : world.cases()) {
            var bogus = each.questions().stream()
                    // Leads into another zone, which may be damaged.
                    .filter(asked -> !asked.name().toString().startsWith("away."))
                    .filter(asked ->
                            judge.on(asked.name().toString(), org.xbill.DNS.Type.string(asked.type())) == Ruling.BOGUS)
                    .toList();
            if (each.damage().isPresent()) {
                damaged++;
                foundBogus += bogus.isEmpty() ? 0 : 1;
            } else if (!each.zone().toString().startsWith("child.") && !asksForTooManyIterations(each)) {
                assertThat(bogus).as("seed " + seed + ": " + each).isEmpty();
            }
        }
        return new Tally(damaged, foundBogus);
    }

    /// More than 100 NSEC3 iterations: nothing can be denied then (RFC 9276 section 3.2), and dnsjava finds some of
    /// what it
    /// sees there bogus and not insecure.
    private static boolean asksForTooManyIterations(RandomWorld.Case zone) {
        var words = ITERATIONS.matcher(zone.signedAs());
        return words.find() && Integer.parseInt(words.group(1)) > 100;
    }

    @Test
    void everyQuestionIsAnswered() {
        var world = RandomWorld.of(7, ZONES, NOW);
        for (var each : world.cases()) {
            assertThat(each.questions()).hasSize(8);
            for (var asked : each.questions()) {
                assertThat(world.internet().answer(asked.query()).getRcode())
                        .as(each + ": " + asked)
                        .isIn(Rcode.NOERROR, Rcode.NXDOMAIN);
            }
        }
    }
}
