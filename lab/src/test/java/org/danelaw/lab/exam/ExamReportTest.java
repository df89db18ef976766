package org.danelaw.lab.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The report of the long tests: one line a test, the last run's.
class ExamReportTest {
    @TempDir
    Path folder;

    @Test
    void theReportHoldsTheLastRunOfEachTestByName() throws IOException {
        var report = new ExamReport(folder);
        report.enter(ExamResult.unseeded("mutations-tlsa", 400, "mutants", "352 killed (88 %)"));
        report.enter(ExamResult.seeded("fuzz-tlsa", 999, "inputs", 7, "stopped"));
        report.enter(ExamResult.seeded("fuzz-tlsa", 1_000_000, "inputs", 8, "no surprise"));

        assertThat(Files.readString(report.file()).lines().filter(line -> line.contains("tlsa")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("| fuzz-tlsa | 1,000,000 inputs | 8 | no surprise | 2"),
                        line -> assertThat(line)
                                .startsWith("| mutations-tlsa | 400 mutants |  | 352 killed (88 %) | 2"));
    }

    @Test
    void theCommittedReportIsTheOneThatItsResultsMake() throws IOException {
        var report = ExamReport.inTheCheckout();
        assertThat(report.file()).content().isEqualTo(report.assembled());
    }

    @Test
    void aResultThatWouldBreakTheTableIsRefused() {
        assertThatThrownBy(() -> ExamResult.unseeded("a", 1, "inputs", "one | two"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExamResult.unseeded("a", 1, "inputs", "one\ntwo"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExamResult.unseeded("Not a name", 1, "inputs", "ended"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
