package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;

/// How much each kind of work is allowed, and what proofs keep of their parts.
class BudgetTest {
    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("signature checks", Budget::allowsSignatureCheck, Budget.SIGNATURE_CHECKS_A_QUESTION),
                kind("DS digests", Budget::allowsDsDigest, Budget.DS_DIGESTS_A_QUESTION),
                kind("NSEC3 hashes", Budget::allowsNsec3Hash, Budget.NSEC3_HASHES_A_QUESTION),
                kind("queries", Budget::allowsQuery, Budget.QUERIES_A_QUESTION));
    }

    private static Arguments kind(String name, Predicate<Budget> one, int most) {
        return Arguments.of(name, one, most);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void justSoMuchIsAllowedAndTheNextSpendsTheBudget(String name, Predicate<Budget> one, int most) {
        var budget = new Budget();
        for (int i = 0; i < most; i++) {
            assertThat(one.test(budget)).isTrue();
        }
        assertThat(budget.isSpent()).isFalse();
        assertThat(one.test(budget)).isFalse();
        assertThat(budget.isSpent()).isTrue();
        assertThat(one.test(budget)).as("it stays so").isFalse();
    }

    @Test
    void aProofLivesAsLongAsTheShortestLivedOfItsParts() {
        var soon = Instant.parse("2026-01-01T00:00:00Z");
        var late = soon.plusSeconds(1);
        var one = new Proof.Step.Unsigned(Name.root, "one");
        var two = new Proof.Step.Unsigned(Name.root, "two");
        var proof = new Proof(List.of(one), soon);
        assertThat(proof.then(List.of(two), late)).isEqualTo(new Proof(List.of(one, two), soon));
        assertThat(new Proof(List.of(one), late).then(List.of(), soon)).isEqualTo(proof);
        assertThat(proof.and(new Proof(List.of(one, two), late)))
                .as("what both share stands once")
                .isEqualTo(new Proof(List.of(one, two), soon));
    }
}
