package org.danelaw.app;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.danelaw.app.DeliveryCase.Fate;
import org.danelaw.app.DeliveryCase.Kind;
import org.danelaw.json.Word;
import org.danelaw.lab.rules.GeneratedDocument;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;

/// `docs/delivery-table.md`: what becomes of mail under every TLS Support and DANE Support value.
final class DeliveryTable {
    private static final String HEAD = """
            # What becomes of mail under every TLS Support and DANE Support value

            Printed by `DeliveryTableTest`; do not edit. In the peers suite (`./mvnw verify -Ppeers`) the gateway sends a message
            for each cell to a real Postfix, then to a real Exim (GnuTLS), with NSD and Unbound as the DNS. Both take the same mail
            in the same way, their own logs say which came over TLS, and the cells say how the first attempt ends. Of the three
            DANE values, none looks at no TLSA record.
            """;

    private DeliveryTable() {}

    static GeneratedDocument document(Map<DeliveryCase, Fate> fates) {
        return GeneratedDocument.in(
                "delivery-table.md",
                HEAD
                        + Arrays.stream(Kind.values())
                                .map(kind -> section(kind, fates))
                                .collect(Collectors.joining()));
    }

    private static String section(Kind kind, Map<DeliveryCase, Fate> fates) {
        return "\n## " + kind.meaning() + "\n\n| TLS Support | DANE none | DANE opportunistic | DANE mandatory |\n"
                + "|---|---|---|---|\n"
                + Arrays.stream(TlsSupport.values())
                        .map(tls -> row(kind, tls, fates))
                        .collect(Collectors.joining());
    }

    private static String row(Kind kind, TlsSupport tls, Map<DeliveryCase, Fate> fates) {
        return Arrays.stream(DaneSupport.values())
                .map(dane -> cell(new DeliveryCase(kind, tls, dane), fates))
                .collect(Collectors.joining(" | ", "| " + Word.of(tls) + " | ", " |\n"));
    }

    private static String cell(DeliveryCase each, Map<DeliveryCase, Fate> fates) {
        return each.isAllowed() ? Objects.requireNonNull(fates.get(each)).words() : "refused by the configuration";
    }
}
