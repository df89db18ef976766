package org.danelaw.lab.realm;

import static java.util.Comparator.comparingInt;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.danelaw.lab.judges.Ruling;
import org.danelaw.lab.judges.UnboundJudge;
import org.danelaw.lab.judges.UnboundJudge.Finding;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;

/// Unbound sees in the DNS what the expected endings rest on: the MX, the hosts' addresses and the TLSA records.
@Tag("peers")
class RealmPeersTest {
    private static final int PORT = 25;

    /// RFC 5011 section 2.1 lets a revoked key serve for nothing but its own revocation; Unbound heeds that in trust
    /// anchors only.
    private static final String KEYS_REVOKED = "keys-revoked.danelaw";

    @Test
    void unboundFindsWhatTheEndingsSuppose(@TempDir Path directory) throws Exception {
        var realm = Realm.danelaw(Instant.now(), PORT);
        var judged = new SoftAssertions();
        try (var unbound = UnboundJudge.over(realm.internet(), directory)) {
            for (var domain : realm.domains()) {
                if (!domain.mailName().equals(KEYS_REVOKED)) {
                    judged.assertThat(new Sight(unbound, domain).reason())
                            .as(domain.toString())
                            .isEqualTo(reasonInTheDns(domain.mandatory()));
                }
            }
        }
        judged.assertAll();
    }

    /// What stands in the way is a matter of certificates, or nothing does: the DNS has secure TLSA records to offer.
    private static String reasonInTheDns(Ending mandatory) {
        return switch (mandatory.reason()) {
            case "", "server certificate not trusted", "STARTTLS not offered", "TLS handshake failed" -> "";
            case "no usable TLSA record" -> "";
            default -> mandatory.reason();
        };
    }

    /// A domain as Unbound shows it, judged as RFC 7672 section 2 has it, only coarser: of its hosts, the best counts.
    private record Sight(UnboundJudge unbound, Domain domain) {
        String reason() {
            var mx = unbound.ask(domain.name().toString(), "MX");
            if (mx.ruling() == Ruling.BOGUS) {
                return "domain lookup error";
            }
            if (mx.records().isEmpty()) {
                return ofItself(mx);
            }
            var hosts = mx.records().stream()
                    .map(MXRecord.class::cast)
                    .sorted(comparingInt(MXRecord::getPriority))
                    .map(MXRecord::getTarget)
                    .toList();
            if (hosts.equals(List.of(Name.root))) {
                return "destination takes no mail";
            }
            return mx.ruling() == Ruling.INSECURE ? "destination without DNSSEC" : best(hosts);
        }

        private String ofItself(Finding mx) {
            var domainItself = List.of(domain.name());
            return switch (best(domainItself)) {
                case "no address" -> exists() ? "no address" : "no such domain";
                case String reason
                when mx.ruling() == Ruling.INSECURE && !reason.contains("error") -> "destination without DNSSEC";
                case String reason -> reason;
            };
        }

        private boolean exists() {
            return !unbound.ask(domain.name().toString(), "TXT").records().isEmpty();
        }

        private String best(List<Name> hosts) {
            var reasons = hosts.stream().map(this::ofHost).toList();
            for (var good : List.of("", "no TLSA record", "destination without DNSSEC")) {
                if (reasons.contains(good)) {
                    return good;
                }
            }
            return reasons.getFirst();
        }

        private String ofHost(Name host) {
            var v4 = unbound.ask(host.toString(), "A");
            var v6 = unbound.ask(host.toString(), "AAAA");
            var found = Stream.of(v4, v6)
                    .filter(finding -> !finding.records().isEmpty())
                    .toList();
            if (found.isEmpty()) {
                var failed = v4.ruling() == Ruling.BOGUS || v6.ruling() == Ruling.BOGUS;
                return failed ? "host lookup error" : "no address";
            }
            var candidates = new ArrayList<Name>();
            if (found.stream().anyMatch(finding -> finding.ruling() == Ruling.SECURE)) {
                candidates.addAll(
                        found.getFirst().aliases().reversed().stream().limit(1).toList());
                candidates.add(host);
            } else if (unbound.ask(host.toString(), "CNAME") instanceof Finding(var ruling, var records, var aliases)
                    && ruling == Ruling.SECURE
                    && !records.isEmpty()) {
                candidates.add(host);
            }
            return ofCandidates(candidates);
        }

        private String ofCandidates(List<Name> candidates) {
            var reason = "destination without DNSSEC";
            for (var base : candidates) {
                var tlsa = unbound.ask("_" + PORT + "._tcp." + base, "TLSA");
                if (tlsa.ruling() == Ruling.BOGUS) {
                    return "TLSA lookup error";
                }
                if (tlsa.ruling() == Ruling.SECURE && !tlsa.records().isEmpty()) {
                    return "";
                }
                reason = tlsa.records().isEmpty() ? "no TLSA record" : "destination without DNSSEC";
            }
            return reason;
        }
    }

    @Test
    void everyEndingHasAReasonThatTheSightKnows() {
        assertThat(Realm.danelaw(Instant.EPOCH, PORT).domains())
                .extracting(domain -> domain.mandatory().reason())
                .contains("", "domain lookup error", "host lookup error", "TLSA lookup error", "no address");
    }
}
