package org.danelaw.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.danelaw.lab.rules.GeneratedDocument;
import org.junit.jupiter.api.Test;

/// Every rule that is due has a test that shows it, in whichever module.
class RulesTest {
    /// Rules that no part of the program keeps so far.
    private static final List<String> DUE_LATER = List.of(
            "D16", "D19", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E13", "E14");

    /// Rules that are due and that no test shows yet: may only shrink, and the document is held to be fresh
    /// from when it is empty.
    private static final Set<String> NOT_YET = Set.of(
            "A11", "A12", "A15", "A17", "A18", "A19", "A20", "A21", "A22", "A23", "A25", "A26", "A27", "A28", "A29",
            "C1", "C2", "C3", "C5", "C6", "C7", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D11", "D15",
            "D17", "D18");

    private final RulesDocument document = RulesDocument.read();

    @Test
    void everyRuleThatIsDueIsShownByATest() {
        assertThat(due().filter(rule -> document.testsOf(rule).isEmpty()))
                .as("rules without a test marked @Rule")
                .isSubsetOf(NOT_YET);
    }

    @Test
    void everyMarkNamesARule() {
        assertThat(document.rules().keySet()).containsAll(document.tests().keySet());
    }

    @Test
    void theDocumentIsWhatTheMarksSay() {
        assumeTrue(NOT_YET.isEmpty(), "rules are still to be shown");
        assertThat(GeneratedDocument.in("rules.md", document.text(DUE_LATER)).complaint())
                .isEmpty();
    }

    private Stream<String> due() {
        return document.rules().keySet().stream().filter(rule -> !DUE_LATER.contains(rule));
    }
}
