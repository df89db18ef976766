package org.danelaw.oracles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.danelaw.lab.exam.Exam;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.lab.world.RandomWorld;
import org.danelaw.lab.world.RandomWorld.Asked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/// Danelaw, dnsjava and Unbound asked the same questions over random zones, most of them damaged.
class OraclesTest {
    private static final int ZONES = Exam.takes(250, 2_000);

    @Tag("peers")
    @Test
    void whereThreeValidatorsDisagreeItIsKnownWhy(@TempDir Path directory) throws Exception {
        var seed = Exam.seed();
        System.out.println("oracles: seed " + seed);
        var now = Instant.now();
        var world = RandomWorld.of(seed, ZONES, now);
        var scenery = new Scenery(world.internet(), damages(world));
        try (var panel = Panel.before(world.internet(), now, directory)) {
            var differences = world.cases().parallelStream()
                    .flatMap(each -> each.questions().stream())
                    .flatMap(asked -> differences(asked, panel, scenery))
                    .toList();
            report(world, differences);
            assertThat(differences)
                    .as("-Ddanelaw.seed=" + seed + " repeats this")
                    .filteredOn(difference -> Explanation.of(difference).isEmpty())
                    .isEmpty();
        }
    }

    private static Map<Name, String> damages(RandomWorld world) {
        return world.cases().stream()
                .filter(each -> each.damage().isPresent())
                .collect(Collectors.toMap(
                        RandomWorld.Case::zone,
                        each -> each.damage().orElseThrow().toString()));
    }

    private static Stream<Difference> differences(Asked asked, Panel panel, Scenery scenery) {
        var ours = panel.ours(asked.name(), asked.type());
        return panel.theirs(asked.name(), asked.type()).entrySet().stream()
                .filter(opinion -> !opinion.getValue().equals(ours))
                .map(opinion -> new Difference(
                        scenery.scene(asked.name(), asked.type()), opinion.getKey(), ours, opinion.getValue()));
    }

    private static void report(RandomWorld world, List<Difference> differences) {
        var questions =
                world.cases().stream().mapToInt(each -> each.questions().size()).sum();
        var counts = OracleCounts.of(world, questions, differences);
        System.out.print(counts.text());
        var unexplained = differences.stream()
                .map(Explanation::of)
                .filter(Optional::isEmpty)
                .count();
        ExamResult.seeded(
                        "oracles",
                        world.cases().size(),
                        "random zones",
                        world.seed(),
                        "%,d questions, %d answers of dnsjava and Unbound differ from Danelaw's, %d of them unexplained"
                                .formatted(questions, differences.size(), unexplained))
                .report();
        if (Exam.running() && unexplained == 0) {
            counts.keep();
        }
    }

    @Test
    void theDocumentSaysWhatTheExplanationsSay() {
        assertThat(OraclesPage.document(OracleCounts.kept()).complaint()).isEmpty();
    }
}
