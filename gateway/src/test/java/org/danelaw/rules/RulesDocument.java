package org.danelaw.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.danelaw.lab.rules.Rule;
import org.danelaw.rules.RuleMarks.Mark;

/// `docs/rules.md`: each rule, what it says, and the tests that show it.
record RulesDocument(Map<String, String> rules, SortedMap<String, List<String>> tests) {
    private static final List<String> MODULES = List.of("lab", "dane", "gateway");

    static RulesDocument read() {
        var tests = MODULES.stream()
                .flatMap(module -> RuleMarks.of(module).stream())
                .collect(Collectors.groupingBy(
                        Mark::rule,
                        TreeMap::new,
                        Collectors.mapping(RulesDocument::shown, Collectors.toUnmodifiableList())));
        return new RulesDocument(table(), tests);
    }

    private static String shown(Mark mark) {
        return mark.module() + ": " + mark.test();
    }

    private static Map<String, String> table() {
        try (var resource = Rule.class.getResourceAsStream("rules.tsv")) {
            if (resource == null) {
                throw new IllegalStateException("no rules.tsv beside " + Rule.class);
            }
            var rules = new LinkedHashMap<String, String>();
            new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", 2))
                    .forEach(columns -> rules.put(columns[0], columns[1]));
            return rules;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<String> testsOf(String rule) {
        return tests.getOrDefault(rule, List.of());
    }

    String text(List<String> dueLater) {
        var page = new StringBuilder("""
                # The rules

                Printed by `org.danelaw.rules.RulesDocument` from the marks on the tests; do not edit.

                What Danelaw holds itself to, from RFC 7672 and its neighbours ("s" is a section of RFC 7672), and the tests that
                show it.

                | rule | what it says | shown by |
                | ---- | ------------ | -------- |
                """);
        rules.forEach((rule, says) -> page.append(line(rule, says, shownBy(rule, dueLater))));
        return page.toString();
    }

    private String shownBy(String rule, List<String> dueLater) {
        if (testsOf(rule).isEmpty()) {
            return dueLater.contains(rule) ? "due later" : "**not yet shown**";
        }
        return testsOf(rule).stream()
                .sorted(Comparator.naturalOrder())
                .map(test -> "`" + test + "`")
                .collect(Collectors.joining("<br>"));
    }

    private static String line(String rule, String says, String shownBy) {
        return "| " + rule + " | " + says.replace("|", "\\|") + " | " + shownBy + " |\n";
    }
}
