package org.danelaw.app;

import java.time.Instant;
import java.util.stream.Collectors;
import org.danelaw.lab.realm.Realm;
import org.danelaw.lab.rules.GeneratedDocument;

/// `docs/postfix-comparison.md`: where Postfix sends otherwise than Danelaw, and why.
final class ComparisonPage {
    private ComparisonPage() {}

    static GeneratedDocument document() {
        var domains = Realm.danelaw(Instant.EPOCH, 25).domains().size();
        return GeneratedDocument.in(
                "postfix-comparison.md",
                head(domains)
                        + PostfixDifference.ALL.stream()
                                .map(ComparisonPage::row)
                                .collect(Collectors.joining()));
    }

    private static String head(int domains) {
        return """
            # Mail through Danelaw and through Postfix

            Printed by `PostfixComparisonTest`; do not edit. It sends a message to each of the %d domains of the lab's realm
            through Danelaw's gateway and through a real Postfix, both behind the same Unbound, which asks the lab's name
            servers, with the same mail hosts at port 25: under opportunistic DANE and `smtp_tls_security_level = dane`, then
            under mandatory DANE and `dane-only`. What is compared is how the first attempt ends: delivered to a host that proved
            itself, delivered encrypted, delivered in clear text, deferred, bounced. All end the same way but these:

            | domain | DANE | Danelaw | Postfix 3.7 | RFC | why |
            |---|---|---|---|---|---|
            """.formatted(domains);
    }

    private static String row(PostfixDifference each) {
        return "| %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        each.domain(),
                        each.modes().stream().map(DemoMode::word).collect(Collectors.joining(", ")),
                        each.danelaw(),
                        each.postfix(),
                        each.rfc(),
                        each.why());
    }
}
