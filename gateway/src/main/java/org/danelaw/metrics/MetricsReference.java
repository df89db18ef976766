package org.danelaw.metrics;

import java.util.Arrays;
import java.util.Locale;

/// The page of all metrics, printed from their table.
final class MetricsReference {
    private static final String OPENING = """
            # Metrics

            With `[metrics] address` in the configuration, the gateway serves `http://ADDRESS/metrics` in the form that
            Prometheus reads. It asks nobody who they are, so the address is best one on loopback. Counters begin anew with
            each start of the gateway. No label has a value that comes from mail or from the DNS: which destination is
            meant, `tophosts`, `hoststatus` and the log say.

            *Printed from the code.*

            | metric | type | label | meaning | when to worry |
            |---|---|---|---|---|
            """;

    private MetricsReference() {}

    static String markdown() {
        var page = new StringBuilder(OPENING);
        Arrays.stream(Metric.values()).map(MetricsReference::row).forEach(page::append);
        return page.toString();
    }

    private static String row(Metric metric) {
        var label = metric.label()
                .map(those -> "`" + those.name() + "`: " + String.join(", ", those.values()))
                .orElse("");
        return "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                        metric.title(),
                        metric.type().name().toLowerCase(Locale.ROOT),
                        label,
                        metric.meaning(),
                        metric.worry());
    }
}
