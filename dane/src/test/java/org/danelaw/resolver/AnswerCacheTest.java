package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.Validated.Bogus;
import org.danelaw.dnssec.Validated.Insecure;
import org.danelaw.dnssec.Validated.Secure;
import org.danelaw.dnssec.Validated.Unavailable;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class AnswerCacheTest {
    private static final Question QUESTION = new Question(Name.fromConstantString("danelaw.example."), Type.MX);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Instant> told = new ArrayList<>();
    private volatile Validated<Answer> next = secure(300);
    private final AnswerCache cache = new AnswerCache(
            question -> {
                asked.incrementAndGet();
                return next;
            },
            1 << 20,
            Duration.ofSeconds(60),
            clock,
            new ResolverEvents() {
                @Override
                public void cached(Question question, Validated<Answer> answer, Instant expiry) {
                    told.add(expiry);
                }
            });

    @Test
    @Rule("A22")
    void anAnswerIsKeptAsLongAsItsProofHoldsAndThenAskedForAgain() {
        keptFor(secure(300), 300);
        keptFor(insecure(42), 42);
    }

    @Test
    @Rule("A22")
    void bogusAnswersAreKeptForAMinute() {
        keptFor(new Bogus<>(new Reason("forged", ExtendedError.DNSSEC_BOGUS)), 60);
    }

    @Test
    void failuresAreKeptForFiveSeconds() {
        keptFor(new Unavailable<>(new Reason("SERVFAIL", ExtendedError.NETWORK_ERROR)), 5);
    }

    @Test
    @Rule("A16")
    void thatNoServerIsCapableIsNotKeptAtAll() {
        notKept(new Unavailable<>(new Reason("no DNSSEC-capable resolver", ExtendedError.NOT_READY)));
    }

    @Test
    @Rule("A23")
    void whatHoldsOnlyByGraceForAWrongClockIsNotKept() {
        // The validator says so by an end that is now.
        notKept(secure(0));
    }

    @Test
    void theExpiryIsTold() {
        cache.resolve(QUESTION);
        cache.resolve(QUESTION);

        assertThat(told).containsExactly(clock.instant().plusSeconds(300));
    }

    @Test
    void otherTypesAndNamesAreOtherQuestions() {
        cache.resolve(QUESTION);
        cache.resolve(new Question(QUESTION.name(), Type.A));
        cache.resolve(new Question(Name.fromConstantString("example."), Type.MX));

        assertThat(asked.get()).isEqualTo(3);
    }

    @Test
    void namesDoNotDifferByCase() {
        cache.resolve(QUESTION);
        cache.resolve(new Question(Name.fromConstantString("DANELAW.Example."), Type.MX));

        assertThat(asked.get()).isEqualTo(1);
    }

    @Test
    void hitsAndMissesAreCounted() {
        cache.resolve(QUESTION);
        cache.resolve(QUESTION);
        cache.resolve(QUESTION);

        assertThat(cache.hits()).isEqualTo(2);
        assertThat(cache.misses()).isEqualTo(1);
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.bytes()).isPositive();
    }

    @Test
    void aFlushForgetsEverything() {
        cache.resolve(QUESTION);
        cache.clear();
        cache.resolve(QUESTION);

        assertThat(asked.get()).isEqualTo(2);
    }

    @Test
    void whatAStoppedLookupSaysIsNotKept() {
        next = new Unavailable<>(new Reason("stopped", ExtendedError.OTHER));
        Thread.currentThread().interrupt();
        cache.resolve(QUESTION);
        assertThat(Thread.interrupted()).isTrue();

        next = secure(300);
        assertThat(cache.resolve(QUESTION)).isEqualTo(next);
    }

    private void keptFor(Validated<Answer> answer, int seconds) {
        cache.clear();
        next = answer;
        int before = asked.get();
        assertThat(cache.resolve(QUESTION)).isEqualTo(answer);
        clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(cache.resolve(QUESTION)).isEqualTo(answer);
        assertThat(asked.get()).as("asked").isEqualTo(before + 1);
        clock.advance(Duration.ofMillis(1));
        cache.resolve(QUESTION);
        assertThat(asked.get()).as("asked after " + seconds + " s").isEqualTo(before + 2);
    }

    private void notKept(Validated<Answer> answer) {
        next = answer;
        cache.resolve(QUESTION);
        cache.resolve(QUESTION);

        assertThat(asked.get()).isEqualTo(2);
        assertThat(told).isEmpty();
    }

    private Validated<Answer> secure(long seconds) {
        return new Secure<>(new Answer.NoData(List.of()), proof(seconds));
    }

    private Validated<Answer> insecure(long seconds) {
        return new Insecure<>(new Answer.NoSuchName(List.of()), proof(seconds));
    }

    private Proof proof(long seconds) {
        return new Proof(List.of(), clock.instant().plusSeconds(seconds));
    }
}
