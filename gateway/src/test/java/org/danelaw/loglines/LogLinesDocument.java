package org.danelaw.loglines;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.danelaw.events.LineForm;

/// `docs/log-lines.md`: each form of a log line, when it is written, and the tests in whose log it was.
record LogLinesDocument(Map<LineForm, Set<String>> tests) {
    static LogLinesDocument read() {
        var tests = new EnumMap<LineForm, Set<String>>(LineForm.class);
        for (var form : LineForm.values()) {
            tests.put(form, new TreeSet<>());
        }
        new ClassFileImporter()
                .importPath(Path.of("target", "test-classes")).stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(Shows.class))
                        .forEach(method -> forms(method)
                                .forEach(form -> tests.getOrDefault(form, Set.of())
                                        .add(method.getOwner().getSimpleName() + "." + method.getName())));
        return new LogLinesDocument(tests);
    }

    private static List<LineForm> forms(JavaMethod method) {
        return List.of(method.getAnnotationOfType(Shows.class).value());
    }

    Set<String> testsOf(LineForm form) {
        return tests.getOrDefault(form, Set.of());
    }

    String text() {
        return """
                # The lines of the mail log

                Printed by `org.danelaw.loglines.LogLinesDocument` from the marks on the tests; do not edit.

                Every form of a line at Info and Debug, and the tests that saw it to the letter. `<a|b>` is one of these words,
                another `<name>` is what it says. A subscription writes the time and the level before it; what is louder than
                Info (Warning, Critical) is a sentence, but for the two warnings below.

                ## Forms that the appliance has

                Each was seen in the log of a real path: a client, a look-up, or a mail host of the lab.

                """ + table(LineForm.Origin.APPLIANCE) + """

                ## Forms of our own

                """ + table(LineForm.Origin.OURS);
    }

    private String table(LineForm.Origin origin) {
        return "| level | form | when | shown by |\n| ----- | ---- | ---- | -------- |\n"
                + Arrays.stream(LineForm.values())
                        .filter(form -> form.origin() == origin)
                        .map(this::row)
                        .collect(Collectors.joining());
    }

    private String row(LineForm form) {
        return "| " + form.level().word() + " | `" + form.form().replace("|", "\\|") + "` | " + form.when() + " | "
                + testsOf(form).stream().map(test -> "`" + test + "`").collect(Collectors.joining("<br>")) + " |\n";
    }
}
