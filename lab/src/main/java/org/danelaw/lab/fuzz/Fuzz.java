package org.danelaw.lab.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.danelaw.lab.exam.Exam;
import org.danelaw.lab.exam.ExamResult;

/// One target, tried for 5 seconds, or in the exam for a minute, and no longer than for a million inputs. It fails
/// where an input makes it
/// throw what it does not declare, allocate more than its bound, or not come back.
///
/// @param name the target's name in the exam's report
/// @param mostAllocatedOctets what one input may make the target allocate: a bound on its memory, and on its work
public record Fuzz(String name, long mostAllocatedOctets) {
    private static final int MOST_INPUTS = 1_000_000;

    /// No input of any target means so much work: who is not back by then is in a loop.
    private static final Duration HANG = Duration.ofMinutes(1);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// What is tried.
    @FunctionalInterface
    public interface Target {
        /// Makes one input from nothing but `random`, and tries it.
        ///
        /// @return in a word, what became of the input; the words are counted
        String tried(RandomGenerator random) throws Exception;
    }

    /// Tries the target and reports how often each word came.
    ///
    /// @param due words that have to come before it ends, for a run that only scratches the surface shows nothing
    /// @throws AssertionError for the first input that fails, with the seed that begins with it
    public void run(Target target, String... due) throws InterruptedException {
        var run = new Run(target, Set.of(due), Exam.seed());
        // A loop without end cannot be stopped: its thread must not keep the program from ending.
        var thread = Thread.ofPlatform().daemon().name(name).start(run);
        long before = -1;
        while (!thread.join(HANG)) {
            if (run.index.get() == before) {
                var hung = new AssertionError(run.described("does not come back"));
                hung.setStackTrace(thread.getStackTrace());
                throw hung;
            }
            before = run.index.get();
        }
        run.failure.ifPresent(failure -> {
            throw failure;
        });
        ExamResult.seeded(
                        name,
                        run.index.get(),
                        "inputs",
                        run.seed,
                        run.words.toString().replaceAll("[{}]", ""))
                .report();
    }

    private final class Run implements Runnable {
        private final Target target;
        private final Set<String> due;
        private final long seed;
        private final Map<String, Integer> words = new TreeMap<>();
        private final AtomicLong index = new AtomicLong();
        private Optional<AssertionError> failure = Optional.empty();

        Run(Target target, Set<String> due, long seed) {
            this.target = target;
            this.due = due;
            this.seed = seed;
        }

        @Override
        public void run() {
            long end = System.nanoTime() + Duration.ofSeconds(Exam.takes(5, 60)).toNanos();
            while (index.get() < MOST_INPUTS && (System.nanoTime() < end || !hasAllDue())) {
                failure = failureOfNext();
                if (failure.isPresent()) {
                    return;
                }
                index.incrementAndGet();
            }
            if (!hasAllDue()) {
                failure = Optional.of(new AssertionError(name + ": of " + due + " only came " + words));
            }
        }

        private boolean hasAllDue() {
            return words.keySet().containsAll(due);
        }

        private Optional<AssertionError> failureOfNext() {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                words.merge(target.tried(new SplittableRandom(seed + index.get())), 1, Integer::sum);
            } catch (Exception | Error thrown) {
                return Optional.of(new AssertionError(described("threw " + thrown), thrown));
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            return allocated <= mostAllocatedOctets
                    ? Optional.empty()
                    : Optional.of(new AssertionError(described("made it allocate " + allocated + " octets")));
        }

        private String described(String what) {
            return name + ": input " + index + " " + what + "; again with -Ddanelaw.seed=" + (seed + index.get());
        }
    }
}
