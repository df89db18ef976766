package org.danelaw.lab.exam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What counts as a mutant that was noticed.
class MutationsTest {
    @Test
    void whatSurvivedAndWhatNoTestReachedWasNotNoticed() {
        assertThat(Mutations.result(
                        "mutations-tlsa",
                        List.of(
                                "A.java,org.A,Mutator,method,1,KILLED,test",
                                "A.java,org.A,Mutator,method,2,TIMED_OUT,none",
                                "A.java,org.A,Mutator,method,3,SURVIVED,none",
                                "A.java,org.A,Mutator,method,4,NO_COVERAGE,none")))
                .isEqualTo(ExamResult.unseeded("mutations-tlsa", 4, "mutants", "2 killed (50.0 %)"));
    }
}
