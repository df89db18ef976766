package org.danelaw.lab.exam;

import java.time.LocalDate;
import java.util.Locale;
import java.util.OptionalLong;

/// What a long test did and how that ended: one line of the report.
///
/// @param name lower-case words with hyphens, as `fuzz-dns-messages`: the line's place in the report
/// @param unit what `count` counts, in the plural
/// @param seed repeats the run; empty where nothing was left to chance
/// @param result a sentence without its full stop
public record ExamResult(String name, long count, String unit, OptionalLong seed, String result) {
    public ExamResult {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("not lower-case words with hyphens: " + name);
        }
        if ((unit + result).matches("(?s).*[|\\v].*")) {
            throw new IllegalArgumentException("breaks the table: " + unit + ", " + result);
        }
    }

    public static ExamResult seeded(String name, long count, String unit, long seed, String result) {
        return new ExamResult(name, count, unit, OptionalLong.of(seed), result);
    }

    public static ExamResult unseeded(String name, long count, String unit, String result) {
        return new ExamResult(name, count, unit, OptionalLong.empty(), result);
    }

    /// Prints the result; in the exam, enters it in the report too.
    public void report() {
        System.out.println(
                name + ": " + counted() + (seed.isPresent() ? ", seed " + seed.getAsLong() : "") + ": " + result);
        if (Exam.running()) {
            ExamReport.inTheCheckout().enter(this);
        }
    }

    String row(LocalDate day) {
        return "| %s | %s | %s | %s | %s |"
                .formatted(name, counted(), seed.isPresent() ? seed.getAsLong() : "", result, day);
    }

    private String counted() {
        return String.format(Locale.ROOT, "%,d %s", count, unit);
    }
}
