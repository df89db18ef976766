package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.policy.Facts.mandatory;
import static org.danelaw.policy.Facts.opportunistic;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.danelaw.lab.rules.GeneratedDocument;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.DecisionTable.Row;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.junit.jupiter.api.Test;

class DecisionTableTest {
    private static final String WITHOUT = "fail: destination without DNSSEC";

    /// The rows of the mandatory table, written down by hand from the specification.
    private static final Map<String, String> MANDATORY = Map.ofEntries(
            Map.entry("M1", "success"),
            Map.entry("M2", "fail: server certificate not trusted"),
            Map.entry("M3", WITHOUT),
            Map.entry("M4", "fail: no TLSA record"),
            Map.entry("M5", "fail: TLSA lookup error"),
            Map.entry("M6", WITHOUT),
            Map.entry("M7", "fail: host lookup error"),
            Map.entry("M8", WITHOUT),
            Map.entry("M9", WITHOUT),
            Map.entry("M10", WITHOUT),
            Map.entry("M11", WITHOUT),
            Map.entry("M12", WITHOUT),
            Map.entry("M13", WITHOUT),
            Map.entry("M14", "fail: host lookup error"),
            Map.entry("M15", "fail: domain lookup error"));

    private static final Map<String, String> OPPORTUNISTIC = Map.ofEntries(
            Map.entry("O1", "success"),
            Map.entry("O2", "fail: server certificate not trusted"),
            Map.entry("O3", "fall back"),
            Map.entry("O4", "fall back"),
            Map.entry("O5", "fail: TLSA lookup error"),
            Map.entry("O6", "fall back"),
            Map.entry("O7", "fail: host lookup error"),
            Map.entry("O8", "success (insecure MX)"),
            Map.entry("O9", "fail: server certificate not trusted"),
            Map.entry("O10", "fall back"),
            Map.entry("O11", "fall back"),
            Map.entry("O12", "fail: TLSA lookup error"),
            Map.entry("O13", "fall back"),
            Map.entry("O14", "fail: host lookup error"),
            Map.entry("O15", "fail: domain lookup error"));

    @Test
    @Rule({"A8", "A9", "A10"})
    void mandatoryDaneDecidesAsItsTableSays() {
        assertThat(results(mandatory(), Row.MANDATORY)).isEqualTo(new TreeMap<>(MANDATORY));
    }

    @Test
    @Rule({"A8", "A9", "A10", "B14"})
    void opportunisticDaneDecidesAsItsTableSays() {
        assertThat(results(opportunistic(), Row.OPPORTUNISTIC)).isEqualTo(new TreeMap<>(OPPORTUNISTIC));
    }

    @Test
    @Rule("B14")
    void encryptAndMayChangeOnlyTheRowsWithAnInsecureMxAndRecordsBehindIt() {
        var encrypt = new TreeMap<>(OPPORTUNISTIC);
        encrypt.putAll(Map.of("O8", "encrypted at least", "O9", "encrypted at least", "O12", "fall back"));
        var may = new TreeMap<>(OPPORTUNISTIC);
        may.putAll(Map.of("O8", "fall back", "O9", "fall back", "O12", "fall back"));
        assertThat(results(opportunistic(InsecureMx.ENCRYPT), Row.OPPORTUNISTIC))
                .isEqualTo(encrypt);
        assertThat(results(opportunistic(InsecureMx.MAY), Row.OPPORTUNISTIC)).isEqualTo(may);
    }

    @Test
    void theDocumentIsWhatTheCodeSays() {
        assertThat(GeneratedDocument.in("decision-table.md", DecisionTable.text())
                        .complaint())
                .isEmpty();
    }

    private static Map<String, String> results(DestinationRule rule, List<Row> rows) {
        return rows.stream()
                .filter(row -> !row.number().isEmpty())
                .collect(Collectors.toMap(
                        Row::number, row -> DecisionTable.result(rule, row), (one, other) -> one, TreeMap::new));
    }
}
