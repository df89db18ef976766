package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.rules.GeneratedDocument;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;
import org.danelaw.tlsa.CertificateCase;
import org.danelaw.tlsa.CertificateCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Which certificates JSSE carries to the decision: all of the table, but for those that the document
/// lists.
final class CarriedCertificatesTest {
    /// Those that a record pins by themselves; paths to authorities are judged in `tlsa`, all of them here
    /// in the exam.
    private static final List<CertificateCase> END_ENTITIES = CertificateCases.all().stream()
            .filter(each -> each.depth().equals(OptionalInt.of(0)))
            .toList();

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /// What came of a case, in both versions of TLS.
    private record Outcome(CertificateCase of, Map<String, Handshake> byVersion) {
        boolean isCarried() {
            return byVersion.values().stream().noneMatch(Handshake.Failed.class::isInstance);
        }
    }

    @Test
    @Rule({"D1", "D2"})
    void whatTheTableSaysHoldsThroughAHandshakeAndTheDocumentListsTheRest() throws Exception {
        var page = new StringBuilder();
        int carried = 0;
        for (var each : END_ENTITIES) {
            var outcome = shake(each);
            if (outcome.isCarried()) {
                carried++;
                holds(outcome);
            }
            page.append(row(outcome));
        }
        assertThat(carried).isGreaterThan(55).isGreaterThanOrEqualTo(END_ENTITIES.size() - 1);
        var text = CertificatesPage.of(page.toString(), carried + " of " + END_ENTITIES.size());
        assertThat(GeneratedDocument.in("certificates.md", text).complaint()).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "danelaw.exam", matches = "true")
    void pathsToAuthoritiesHoldThroughAHandshakeToo() throws Exception {
        for (var each : CertificateCases.all()) {
            holds(shake(each));
        }
    }

    private static void holds(Outcome outcome) {
        outcome.byVersion.forEach((version, handshake) -> assertThat(depth(handshake))
                .as("%s over %s: %s", outcome.of, version, handshake)
                .isEqualTo(outcome.of.depth()));
    }

    private static Outcome shake(CertificateCase each) throws Exception {
        var requirement =
                new TlsRequirement.Dane(each.records(), each.references(), CertificateCase.BASE, MxTrust.SECURE);
        var outcomes = new LinkedHashMap<String, Handshake>();
        for (var version : VERSIONS) {
            try (MailHost host = AfterThe220.host(each.identity(), version).start()) {
                var handshake = AfterThe220.shake(host, requirement);
                outcomes.put(version, handshake);
                if (handshake instanceof Handshake.Secured(var socket, var verdict, var evidence)) {
                    socket.close();
                }
            }
        }
        return new Outcome(each, outcomes);
    }

    private static OptionalInt depth(Handshake handshake) {
        return switch (handshake) {
            case Handshake.Secured(var socket, Verdict.Matched matched, var evidence) ->
                OptionalInt.of(matched.depth());
            case Handshake.Secured secured -> throw new AssertionError("not by a record: " + secured);
            case Handshake.Refused refused -> OptionalInt.empty();
            case Handshake.Failed(var why) -> throw new AssertionError(why);
        };
    }

    private static String row(Outcome outcome) {
        var row = new StringBuilder("| " + outcome.of + " | " + expected(outcome.of) + " |");
        for (var version : VERSIONS) {
            row.append(
                    switch (outcome.byVersion.get(version)) {
                        case null -> throw new AssertionError("not tried");
                        case Handshake.Failed(var why) -> " **not carried**: " + why;
                        case Handshake.Secured secured -> " carried";
                        case Handshake.Refused refused -> " carried";
                    });
            row.append(" |");
        }
        return row.append('\n').toString();
    }

    private static String expected(CertificateCase each) {
        return each.depth().isPresent() ? "matches at depth " + each.depth().getAsInt() : "no match";
    }
}
