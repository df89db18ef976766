package org.danelaw.oracles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.danelaw.lab.world.RandomWorld;

/// How often each explanation was needed in a run, as Markdown.
record OracleCounts(String text) {
    private static final Path FILE = Path.of("..", "docs", "exam", "oracle-counts.md");

    static OracleCounts of(RandomWorld world, int questions, List<Difference> differences) {
        var rows = Explanation.ALL.stream()
                .map(each -> "| %s | %d | %d |\n"
                        .formatted(
                                each.difference(),
                                count(each, Oracle.DNSJAVA, differences),
                                count(each, Oracle.UNBOUND, differences)))
                .collect(Collectors.joining());
        return new OracleCounts("""
                %,d zones, %,d of them damaged, %,d questions, seed %d:

                | difference | dnsjava | Unbound |
                |---|---|---|
                """.formatted(
                                world.cases().size(),
                                world.cases().stream()
                                        .filter(each -> each.damage().isPresent())
                                        .count(),
                                questions,
                                world.seed())
                + rows);
    }

    private static long count(Explanation why, Oracle oracle, List<Difference> differences) {
        return differences.stream()
                .filter(difference -> difference.oracle() == oracle)
                .filter(difference ->
                        Explanation.of(difference).filter(why::equals).isPresent())
                .count();
    }

    void keep() {
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Those of the last exam.
    static OracleCounts kept() {
        try {
            return new OracleCounts(Files.readString(FILE));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
