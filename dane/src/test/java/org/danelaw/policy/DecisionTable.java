package org.danelaw.policy;

import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.MX;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.TlsRequirement.Check;
import org.danelaw.policy.TlsRequirement.Withheld;

/// Prints `docs/decision-table.md` from the decision itself.
final class DecisionTable {
    private final StringBuilder page = new StringBuilder();

    private DecisionTable() {}

    static String text() {
        return new DecisionTable().print();
    }

    /// The result of a row, in the words of the decision tables.
    static String result(DestinationRule rule, Row row) {
        return switch (row.destination()) {
            case Destination.Hosts hosts ->
                result(Decision.require(rule, DOMAIN, hosts, row.host()), row.certificate());
            case Destination other ->
                fail(Decision.conclude(DOMAIN, other).orElseThrow().why());
        };
    }

    private static String result(TlsRequirement requirement, Certificate certificate) {
        return switch (requirement) {
            case TlsRequirement.Dane dane ->
                switch (certificate) {
                    case OK, NONE -> dane.mx() == MxTrust.INSECURE ? "success (insecure MX)" : "success";
                    case MISMATCH -> fail(Refusal.mismatch(MX, new Verdict.Mismatched(List.of("no record matches"))));
                };
            case TlsRequirement.IfOffered(var check, var sni) -> "fall back";
            case TlsRequirement.Encrypted(var check, var sni) -> "encrypted at least";
            case Withheld(var why) -> fail(why);
            case TlsRequirement.Never never -> "clear text";
            case TlsRequirement.Pkix pkix -> "CA check";
        };
    }

    private static String fail(Refusal why) {
        return "fail: " + why.reason();
    }

    private String print() {
        page.append("# The decision\n\n")
                .append("Printed by `org.danelaw.policy.DecisionTable` from the code that decides; do not edit.\n\n")
                .append("What a mail host must prove before it is given mail, from what the DNS says (RFC 7672) and"
                        + " the destination control. `bogus`\nstands for every failed look-up, `nxdomain` for every"
                        + " absence. Fall back: TLS Support alone decides. Fail: the host is\nskipped, and if no other"
                        + " takes the message, it stays in the queue.\n");
        mandatory();
        opportunistic();
        fallBack();
        refusals();
        return page.toString();
    }

    private void mandatory() {
        page.append("\n## DANE mandatory\n\n");
        header("#", "MX", "A", "TLSA", "certificate", "result");
        var rule = Facts.mandatory();
        for (var row : Row.MANDATORY) {
            line(row.number(), row.mx(), row.a(), row.tlsa(), row.certificate().text, result(rule, row));
        }
    }

    private void opportunistic() {
        page.append("\n## DANE opportunistic\n\nThe columns are the settings of `[delivery] insecure-mx`.\n\n");
        header("#", "MX", "A", "TLSA", "certificate", "`dane`", "`encrypt`", "`may`");
        for (var row : Row.OPPORTUNISTIC) {
            line(
                    row.number(),
                    row.mx(),
                    row.a(),
                    row.tlsa(),
                    row.certificate().text,
                    result(Facts.opportunistic(InsecureMx.DANE), row),
                    result(Facts.opportunistic(InsecureMx.ENCRYPT), row),
                    result(Facts.opportunistic(InsecureMx.MAY), row));
        }
    }

    private void fallBack() {
        page.append("\n## TLS Support\n\nWhat a host with secure MX and address records must prove.\n\n");
        header("`tls`", "no DANE, or fall back", "usable TLSA records", "unusable TLSA records only");
        for (var tls : TlsSupport.values()) {
            line(
                    "`" + tls.name().toLowerCase(Locale.ROOT).replace('_', '-') + "`",
                    inWords(tls, DaneSupport.NONE, Facts.ABSENT),
                    inWords(tls, DaneSupport.OPPORTUNISTIC, Facts.TLSA),
                    inWords(tls, DaneSupport.OPPORTUNISTIC, Facts.ALL_UNUSABLE));
        }
    }

    private static String inWords(TlsSupport tls, DaneSupport dane, TlsaFinding tlsa) {
        if (tls == TlsSupport.NONE && dane != DaneSupport.NONE) {
            return "not allowed";
        }
        var rule = new DestinationRule(tls, dane, InsecureMx.DANE);
        return switch (Facts.require(rule, MxTrust.SECURE, Facts.host(Facts.secure(Facts.V4), tlsa))) {
            case TlsRequirement.Never() -> "clear text";
            case TlsRequirement.IfOffered(var check, var sni) -> "TLS if offered" + inWords(check);
            case TlsRequirement.Encrypted(var check, var sni) -> "TLS" + inWords(check);
            case TlsRequirement.Pkix(var names, var sni) -> "TLS, a trusted CA and a matching name";
            case TlsRequirement.Dane requirement -> "TLS, a certificate that a record admits";
            case Withheld(var why) -> fail(why);
        };
    }

    private static String inWords(Check check) {
        return switch (check) {
            case Check.Nothing() -> "";
            case Check.ReportOnly(var names) -> ", the certificate checked for the report";
        };
    }

    private void refusals() {
        page.append("\n## Reasons\n\nThe first that applies to one of the hosts becomes the message's. Behind an SMTP"
                + " route nothing bounces for `no address` or a\nloop: our own operator can mend both while the mail"
                + " waits.\n\n");
        header("reason", "enhanced status", "what becomes of the message");
        for (var ground : Refusal.Ground.values()) {
            line(ground.reason(), ground.status(), ground.status().startsWith("5") ? "bounced" : "deferred");
        }
    }

    private void header(String... cells) {
        line(cells);
        var dashes = new ArrayList<String>();
        for (var cell : cells) {
            dashes.add("-".repeat(Math.max(3, cell.length())));
        }
        line(dashes.toArray(String[]::new));
    }

    private void line(String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /// What the peer's certificate is, where a row comes to that.
    enum Certificate {
        OK("ok"),
        MISMATCH("fail"),
        NONE("-");

        private final String text;

        Certificate(String text) {
            this.text = text;
        }
    }

    /// One row of a decision table: the facts, in the table's words and as values.
    record Row(
            String number,
            String mx,
            String a,
            String tlsa,
            Certificate certificate,
            Destination destination,
            HostFinding host) {
        static final List<Row> MANDATORY = rows('M');
        static final List<Row> OPPORTUNISTIC = rows('O');

        private static List<Row> rows(char table) {
            var rows = new ArrayList<Row>();
            for (var mx : List.of("secure", "insecure")) {
                rows.add(row(table, rows, mx, "secure", "secure", Certificate.OK));
                rows.add(row(table, rows, mx, "secure", "secure", Certificate.MISMATCH));
                rows.add(row(table, rows, mx, "secure", "insecure", Certificate.NONE));
                rows.add(row(table, rows, mx, "secure", "nxdomain", Certificate.NONE));
                rows.add(row(table, rows, mx, "secure", "bogus", Certificate.NONE));
                rows.add(row(table, rows, mx, "insecure", "-", Certificate.NONE));
                rows.add(row(table, rows, mx, "bogus", "-", Certificate.NONE));
            }
            rows.add(row(table, rows, "bogus", "-", "-", Certificate.NONE));
            // The tables number their rows in this order; what they leave out follows without a number.
            for (var mx : List.of("secure", "insecure")) {
                rows.add(row("", mx, "secure", "unusable", Certificate.NONE));
                rows.add(row("", mx, "nxdomain", "-", Certificate.NONE));
            }
            return List.copyOf(rows);
        }

        private static Row row(
                char table, List<Row> before, String mx, String a, String tlsa, Certificate certificate) {
            return row(table + Integer.toString(before.size() + 1), mx, a, tlsa, certificate);
        }

        private static Row row(String number, String mx, String a, String tlsa, Certificate certificate) {
            return new Row(number, mx, a, tlsa, certificate, destination(mx), Facts.host(address(a), tlsa(tlsa)));
        }

        private static Destination destination(String status) {
            return switch (status) {
                case "secure" -> Facts.destination(MxTrust.SECURE);
                case "insecure" -> Facts.destination(MxTrust.INSECURE);
                case "bogus" -> new Destination.Unresolved(Destination.Trouble.BOGUS, Facts.EXPIRED);
                default -> throw new IllegalArgumentException(status);
            };
        }

        private static AddressFinding address(String status) {
            return switch (status) {
                case "secure" -> Facts.secure(Facts.V4);
                case "insecure" -> Facts.insecure(Facts.V4);
                case "bogus" -> Facts.A_BOGUS;
                case "nxdomain", "-" -> Facts.NONE;
                default -> throw new IllegalArgumentException(status);
            };
        }

        private static TlsaFinding tlsa(String status) {
            return switch (status) {
                case "secure" -> Facts.TLSA;
                case "insecure" -> Facts.INSECURE_TLSA;
                case "nxdomain" -> Facts.ABSENT;
                case "bogus" -> Facts.TLSA_BOGUS;
                case "unusable" -> Facts.ALL_UNUSABLE;
                case "-" -> Facts.NOT_ASKED;
                default -> throw new IllegalArgumentException(status);
            };
        }
    }
}
