package org.danelaw.loglines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.danelaw.events.LineForm;
import org.danelaw.lab.rules.GeneratedDocument;
import org.junit.jupiter.api.Test;

/// Every form of a log line has a test that saw it.
class LogLinesDocumentTest {
    private final LogLinesDocument document = LogLinesDocument.read();

    @Test
    void everyFormIsShownByATest() {
        assertThat(Arrays.stream(LineForm.values())
                        .filter(form -> document.testsOf(form).isEmpty()))
                .as("forms without a test marked @Shows")
                .isEmpty();
    }

    @Test
    void theDocumentIsWhatTheMarksSay() {
        assertThat(GeneratedDocument.in("log-lines.md", document.text()).complaint())
                .isEmpty();
    }
}
