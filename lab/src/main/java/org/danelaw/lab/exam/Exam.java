package org.danelaw.lab.exam;

import java.util.Optional;

/// Whether the long forms of the tests are due, and the seed of what is random in them.
public final class Exam {
    private static final boolean RUNNING = Boolean.getBoolean("danelaw.exam");

    private Exam() {}

    /// Whether this is the exam: `./mvnw verify -Pexam`.
    public static boolean running() {
        return RUNNING;
    }

    /// How much of something a test takes: a little each day, much in the exam.
    public static int takes(int daily, int exam) {
        return RUNNING ? exam : daily;
    }

    /// The seed of this run: another each time, or the one of an earlier run, by `-Ddanelaw.seed=`.
    public static long seed() {
        return Optional.ofNullable(Long.getLong("danelaw.seed")).orElseGet(System::nanoTime);
    }
}
