package org.danelaw.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.danelaw.lab.rules.GeneratedDocument;
import org.junit.jupiter.api.Test;

/// Every rule that is due has a test that shows it, in whichever module.
class RulesTest {
    /// Rules that no part of the program keeps so far.
    private static final List<String> DUE_LATER = List.of(
            "D16", "D19", "E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E13", "E14");

    private final RulesDocument document = RulesDocument.read();

    @Test
    void everyRuleThatIsDueIsShownByATest() {
        assertThat(due().filter(rule -> document.testsOf(rule).isEmpty()))
                .as("rules without a test marked @Rule")
                .isEmpty();
    }

    @Test
    void everyMarkNamesARule() {
        assertThat(document.rules().keySet()).containsAll(document.tests().keySet());
    }

    @Test
    void theDocumentIsWhatTheMarksSay() {
        assertThat(GeneratedDocument.in("rules.md", document.text(DUE_LATER)).complaint())
                .isEmpty();
    }

    private Stream<String> due() {
        return document.rules().keySet().stream().filter(rule -> !DUE_LATER.contains(rule));
    }
}
