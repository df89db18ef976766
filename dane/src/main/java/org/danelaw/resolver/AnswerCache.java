package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;

/// Answers from memory, and asks `source` what it does not know: once for all who ask the same meanwhile.
///
/// Shared by all threads.
final class AnswerCache implements Resolver {
    private final Resolver source;
    private final Memory<Question, Validated<Answer>> answers;
    private final Flights<Question, Validated<Answer>> flights;
    private final InstantSource clock;
    private final ResolverEvents events;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    AnswerCache(Resolver source, long mostBytes, Duration longestWait, InstantSource clock, ResolverEvents events) {
        this.source = source;
        this.answers = new Memory<>(mostBytes, Weight::of, clock);
        this.flights =
                new Flights<>(longestWait, why -> new Validated.Unavailable<>(new Reason(why, ExtendedError.OTHER)));
        this.clock = clock;
        this.events = events;
    }

    @Override
    public Validated<Answer> resolve(Question question) {
        events.begun(question);
        Optional<Validated<Answer>> kept = answers.recall(question);
        (kept.isPresent() ? hits : misses).increment();
        Validated<Answer> answer = kept.orElseGet(() -> flights.join(question, () -> find(question)));
        events.answered(question, answer);
        return answer;
    }

    /// Looks once more into the memory first: another look-up may have ended since.
    private Validated<Answer> find(Question question) {
        return answers.recall(question).orElseGet(() -> {
            Validated<Answer> answer = source.resolve(question);
            Instant expiry = Lifetime.end(answer, clock);
            events.resolved(question, answer, expiry);
            keep(question, answer, expiry);
            return answer;
        });
    }

    private void keep(Question question, Validated<Answer> answer, Instant expiry) {
        if (Thread.currentThread().isInterrupted()) {
            // A look-up that was stopped half way failed for no fault of the name.
            return;
        }
        if (expiry.isAfter(clock.instant())) {
            answers.keep(question, answer, expiry);
            events.cached(question, answer, expiry);
        }
    }

    void clear() {
        answers.clear();
    }

    long hits() {
        return hits.sum();
    }

    long misses() {
        return misses.sum();
    }

    long bytes() {
        return answers.bytes();
    }

    int size() {
        return answers.size();
    }
}
