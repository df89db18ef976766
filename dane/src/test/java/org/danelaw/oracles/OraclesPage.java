package org.danelaw.oracles;

import java.util.stream.Collectors;
import org.danelaw.lab.rules.GeneratedDocument;

/// `docs/oracles.md`: where other validators judge otherwise.
final class OraclesPage {
    private static final String HEAD = """
            # Where other validators judge otherwise

            Printed by `OraclesTest`; do not edit. It makes random signed zones, damages more than half in a known way (signed
            data, keys, DS, denial or dates), and asks Danelaw's validator, the one of dnsjava 3.6 and Unbound 1.17 the same
            questions: is the answer secure, insecure or bogus, and is there something, nothing of the type, or no such name?
            Each difference must be one of those below, as a predicate in `Explanation` has it; any other fails the test.

            All three are told to do 100 NSEC3 iterations. Unbound runs with `harden-algo-downgrade: yes`, for without it SHA-1
            digests count beside better ones (RFC 4509 section 3), and with `aggressive-nsec: no` and `harden-below-nxdomain: no`,
            so that it judges each answer by itself. dnsjava is asked each question with nothing in its cache.

            | difference | with | RFC | who is right | why |
            |---|---|---|---|---|
            """;

    private OraclesPage() {}

    static GeneratedDocument document(OracleCounts lastExam) {
        return GeneratedDocument.in(
                "oracles.md",
                HEAD
                        + Explanation.ALL.stream().map(OraclesPage::row).collect(Collectors.joining())
                        + "\n## How often\n\nIn the last exam (`./mvnw verify -Ppeers -Ddanelaw.exam=true -Dtest=OraclesTest`), "
                        + lastExam.text());
    }

    private static String row(Explanation each) {
        var oracles = each.oracles().stream()
                .sorted()
                .map(oracle -> oracle == Oracle.DNSJAVA ? "dnsjava" : "Unbound")
                .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s | %s |\n"
                .formatted(each.difference(), oracles, each.section(), each.right(), each.what());
    }
}
