package org.danelaw.loglines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.danelaw.events.Level;
import org.danelaw.events.LineForm;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Holds a mark [Shows] against the lines that its test saw.
final class ShownLines implements AfterTestExecutionCallback {
    @Override
    public void afterTestExecution(ExtensionContext context) throws InterruptedException {
        if (context.getExecutionException().isPresent()) {
            return;
        }
        var wanted = EnumSet.copyOf(List.of(
                context.getRequiredTestMethod().getAnnotation(Shows.class).value()));
        var test = (Logged) context.getRequiredTestInstance();
        test.awaitLogged(wanted);
        var seen = EnumSet.noneOf(LineForm.class);
        for (var line : test.logged()) {
            var forms = LineForm.of(line);
            if (Set.of(Level.INFO, Level.DEBUG).contains(line.level())) {
                assertThat(forms).as("the form of \"%s\"", line.text()).hasSize(1);
            }
            seen.addAll(forms);
        }
        assertThat(seen).as("the forms of the lines that were seen").containsAll(wanted);
    }
}
