package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.lab.realm.Domain;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The same mail to the same domains through Danelaw and through a real Postfix, both behind one Unbound.
class PostfixComparisonTest {
    /// How a message to a domain ended both ways.
    private record Row(Domain domain, DemoMode mode, Fate danelaw, Fate postfix, String said) {
        boolean isDifferent() {
            return danelaw != postfix;
        }

        boolean isExplained() {
            return PostfixDifference.ALL.stream()
                    .anyMatch(known -> known.domain().equals(domain.mailName())
                            && known.modes().contains(mode)
                            && known.danelaw() == danelaw
                            && known.postfix() == postfix);
        }

        @Override
        public String toString() {
            return "%-40s %-13s Danelaw: %-24s Postfix: %-24s %s"
                    .formatted(domain.mailName(), mode.word(), danelaw, postfix, isDifferent() ? said : "");
        }
    }

    @Tag("peers")
    @Test
    @Timeout(1200)
    void mailEndsAsThroughPostfixButWhereItIsKnownWhyNot(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var rows = new ArrayList<Row>();
        try (var world = ComparisonWorld.start(folder)) {
            for (var mode : DemoMode.values()) {
                rows.addAll(compared(world, mode, folder.resolve("postfix-" + mode.word())));
            }
            assertThat(world.domains()).hasSizeGreaterThanOrEqualTo(60);
        }
        rows.forEach(System.out::println);
        var different = rows.stream().filter(Row::isDifferent).toList();
        ExamResult.unseeded(
                        "postfix-comparison",
                        rows.size(),
                        "messages through Danelaw and Postfix",
                        different.size() + " ended otherwise, "
                                + different.stream()
                                        .filter(row -> !row.isExplained())
                                        .count() + " of them unexplained")
                .report();
        assertThat(different).allMatch(Row::isExplained);
        assertThat(PostfixDifference.ALL)
                .as("each known difference shows itself")
                .allMatch(known -> known.modes().stream()
                        .allMatch(mode -> different.stream()
                                .anyMatch(row -> row.mode() == mode
                                        && row.domain().mailName().equals(known.domain()))));
    }

    private static List<Row> compared(ComparisonWorld world, DemoMode mode, Path directory) throws Exception {
        var domains = world.domains();
        var ours = world.send(mode);
        Map<String, PostfixLog.Ended> theirs;
        try (var postfix = PostfixRelay.running(mode, directory, ComparisonWorld.UNBOUND)) {
            theirs = postfix.send(domains);
        }
        assertThat(ours).as("ended through Danelaw").hasSameSizeAs(domains);
        assertThat(theirs.keySet())
                .as("ended through Postfix")
                .containsAll(domains.stream().map(mode::recipient).toList());
        return domains.stream()
                .map(domain -> row(domain, mode, at(mode.recipient(domain), ours), at(mode.recipient(domain), theirs)))
                .toList();
    }

    private static <E> E at(String recipient, Map<String, E> ended) {
        return Objects.requireNonNull(ended.get(recipient), recipient);
    }

    private static Row row(Domain domain, DemoMode mode, Ended ours, PostfixLog.Ended theirs) {
        return new Row(
                domain,
                mode,
                Fate.of(ours.ending().outcome()),
                theirs.fate(),
                "[" + ours.reason() + "] [" + theirs.said() + "]");
    }

    @Test
    void theDocumentSaysWhatTheListSays() {
        assertThat(ComparisonPage.document().complaint()).isEmpty();
    }

    @Test
    void noDifferenceIsListedTwice() {
        assertThat(PostfixDifference.ALL.stream()
                        .flatMap(known -> known.modes().stream().map(mode -> known.domain() + " " + mode)))
                .doesNotHaveDuplicates();
    }
}
