package org.danelaw.lab.exam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Enters in the report what the mutation tests counted; the build runs it behind them.
public final class Mutations {
    private static final int STATUS = 5;

    /// A change that makes a test run for ever was noticed too.
    private static final Set<String> NOTICED = Set.of("KILLED", "TIMED_OUT", "MEMORY_ERROR", "RUN_ERROR");

    private Mutations() {}

    /// Of each package: its folder below the given one holds a `mutations.csv` of PIT's.
    public static void main(String... folder) throws IOException {
        try (var packages = Files.list(Path.of(folder[0]))) {
            for (Path each : packages.sorted().toList()) {
                result("mutations-" + each.getFileName(), Files.readAllLines(each.resolve("mutations.csv")))
                        .report();
            }
        }
    }

    static ExamResult result(String name, List<String> lines) {
        long noticed = lines.stream()
                .filter(line -> NOTICED.contains(line.split(",", -1)[STATUS]))
                .count();
        return ExamResult.unseeded(
                name,
                lines.size(),
                "mutants",
                String.format(Locale.ROOT, "%d killed (%.1f %%)", noticed, 100.0 * noticed / lines.size()));
    }
}
