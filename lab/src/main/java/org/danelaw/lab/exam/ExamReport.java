package org.danelaw.lab.exam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/// The exam's report: a table assembled from one file for each test, so that a test can be run again by itself.
record ExamReport(Path folder) {
    private static final String HEAD = """
            # The exam

            What the long forms of the tests did and found, each at its last run: assembled by them from `results/` when
            `./mvnw verify -Pexam` runs. `-Ddanelaw.seed=<seed>` repeats a run.

            | test | did | seed | result | day |
            |---|---|---|---|---|
            """;

    /// In the folder `docs` at the top of the checkout, seen from a module's folder.
    static ExamReport inTheCheckout() {
        return new ExamReport(Path.of("..", "docs", "exam"));
    }

    void enter(ExamResult result) {
        try {
            Files.createDirectories(results());
            Files.writeString(
                    results().resolve(result.name() + ".md"), result.row(LocalDate.now(ZoneOffset.UTC)) + "\n");
            Files.writeString(file(), assembled());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Path file() {
        return folder.resolve("report.md");
    }

    /// The report as the results have it now, in the order of their names.
    String assembled() throws IOException {
        if (Files.notExists(results())) {
            return HEAD;
        }
        try (var files = Files.list(results())) {
            return files.sorted().map(ExamReport::text).collect(Collectors.joining("", HEAD, ""));
        }
    }

    private Path results() {
        return folder.resolve("results");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
