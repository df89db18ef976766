package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.policy.Facts.A_BOGUS;
import static org.danelaw.policy.Facts.A_FAILED;
import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.NONE;
import static org.danelaw.policy.Facts.V4;
import static org.danelaw.policy.Facts.V6;
import static org.danelaw.policy.Facts.insecure;
import static org.danelaw.policy.Facts.secure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.TlsRequirement.Dane;
import org.danelaw.policy.TlsRequirement.Withheld;
import org.junit.jupiter.api.Test;

/// What holds for every combination of rule and facts, each of which is tried.
class EveryDecisionTest {
    private static final List<TlsaFinding> TLSA_FINDINGS = List.of(
            Facts.NOT_ASKED,
            Facts.ABSENT,
            Facts.INSECURE_TLSA,
            Facts.TLSA,
            Facts.ALL_UNUSABLE,
            Facts.TLSA_FAILED,
            Facts.TLSA_BOGUS);

    @Test
    void everyCombinationIsTried() {
        var seen = new ArrayList<Case>();
        everyCase(seen::add);
        var rules = 3 * (TlsSupport.values().length + 2 * (TlsSupport.values().length - 1));
        assertThat(seen).hasSize(rules * MxTrust.values().length * 5 * 5 * TLSA_FINDINGS.size());
    }

    @Test
    void mandatoryDaneGivesMailOnlyOverProvenRecordsBehindATrustedMx() {
        everyCase(each -> {
            if (each.rule.dane() == DaneSupport.MANDATORY) {
                each.requirements()
                        .forEach(requirement -> assertThat(requirement)
                                .as("%s", each)
                                .satisfiesAnyOf(
                                        withheld -> assertThat(withheld).isInstanceOf(Withheld.class),
                                        dane -> assertThat(dane)
                                                .isInstanceOfSatisfying(
                                                        Dane.class,
                                                        proven -> assertThat(proven.mx())
                                                                .isNotEqualTo(MxTrust.INSECURE))));
            }
        });
    }

    @Test
    @Rule({"B5", "C4"})
    void secureRecordsThatCountAreNeverFollowedByClearText() {
        everyCase(each -> {
            var counts = each.trust != MxTrust.INSECURE || each.rule.insecureMx() != InsecureMx.MAY;
            if (each.rule.dane() != DaneSupport.NONE && counts && each.hasSecureRecords()) {
                each.requirements()
                        .forEach(requirement -> assertThat(requirement.allowsClearText())
                                .as("%s", each)
                                .isFalse());
            }
        });
    }

    @Test
    @Rule("A8")
    void aFailedTlsaLookupNeverTurnsDaneOff() {
        everyCase(each -> {
            if (each.rule.dane() != DaneSupport.NONE
                    && each.trust != MxTrust.INSECURE
                    && each.host.tlsa() instanceof TlsaFinding.Failed) {
                assertThat(each.requirement()).as("%s", each).isInstanceOf(Withheld.class);
            }
        });
    }

    @Test
    void aDaneRequirementRestsOnUsableRecordsAndOnTheOperatorsWish() {
        everyCase(each -> each.requirements().forEach(requirement -> {
            if (requirement instanceof Dane) {
                assertThat(each.host.tlsa()).as("%s", each).isInstanceOf(TlsaFinding.Usable.class);
                assertThat(each.rule.dane()).as("%s", each).isNotEqualTo(DaneSupport.NONE);
            }
        }));
    }

    @Test
    void mandatoryDaneIsNeverLaxerThanOpportunistic() {
        everyCase(each -> {
            if (each.rule.dane() == DaneSupport.MANDATORY) {
                var lax = each.under(DaneSupport.OPPORTUNISTIC);
                for (var family : AddressFamily.values()) {
                    var strict = each.requirement(family);
                    assertThat(strict instanceof Withheld || strict.equals(lax.requirement(family)))
                            .as("%s through %s", each, family)
                            .isTrue();
                }
            }
        });
    }

    @Test
    void oneFamilyAsksWhatTheHostIsAskedOrGivesNothing() {
        everyCase(each -> {
            for (var family : AddressFamily.values()) {
                var requirement = each.requirement(family);
                assertThat(requirement instanceof Withheld || requirement.equals(each.requirement()))
                        .as("%s through %s", each, family)
                        .isTrue();
            }
        });
    }

    @Test
    void withoutDaneTheTlsaRecordsMakeNoDifference() {
        everyCase(each -> {
            if (each.rule.dane() == DaneSupport.NONE) {
                var other = new HostFinding(
                        each.host.host(), each.host.expanded(), each.host.v4(), each.host.v6(), Facts.ABSENT);
                assertThat(each.requirement())
                        .as("%s", each)
                        .isEqualTo(new Case(each.rule, each.trust, other).requirement());
            }
        });
    }

    @Test
    @Rule("D13")
    void nothingThatIsSaidOfOneHostBouncesAMessageButThatItHasNoAddress() {
        everyCase(each -> each.requirements().forEach(requirement -> {
            if (requirement instanceof Withheld(var why) && why.ground() != Ground.NO_ADDRESS) {
                assertThat(why.status()).as("%s", each).startsWith("4.");
            }
        }));
    }

    @Test
    void everyRefusalIsASentenceAboutANameOfTheDestination() {
        everyCase(each -> each.requirements().forEach(requirement -> {
            if (requirement instanceof Withheld(var why)) {
                assertThat(why.sentence()).as("%s", each).endsWith(".").containsAnyOf("mx.example.net", "example.org");
            }
        }));
    }

    private static void everyCase(Consumer<Case> check) {
        for (var rule : rules()) {
            for (var trust : MxTrust.values()) {
                for (var v4 : List.of(secure(V4), insecure(V4), NONE, A_FAILED, A_BOGUS)) {
                    for (var v6 : List.of(secure(V6), insecure(V6), NONE, A_FAILED, A_BOGUS)) {
                        for (var tlsa : TLSA_FINDINGS) {
                            check.accept(new Case(rule, trust, Facts.host(v4, v6, tlsa)));
                        }
                    }
                }
            }
        }
    }

    private static List<DestinationRule> rules() {
        var rules = new ArrayList<DestinationRule>();
        for (var tls : TlsSupport.values()) {
            for (var dane : DaneSupport.values()) {
                if (tls != TlsSupport.NONE || dane == DaneSupport.NONE) {
                    for (var insecureMx : InsecureMx.values()) {
                        rules.add(new DestinationRule(tls, dane, insecureMx));
                    }
                }
            }
        }
        return rules;
    }

    private record Case(DestinationRule rule, MxTrust trust, HostFinding host) {
        TlsRequirement requirement() {
            return Facts.require(rule, trust, host);
        }

        TlsRequirement requirement(AddressFamily family) {
            return Decision.require(rule, DOMAIN, Facts.destination(trust), host, family);
        }

        Stream<TlsRequirement> requirements() {
            return Stream.of(requirement(), requirement(AddressFamily.IPV4), requirement(AddressFamily.IPV6));
        }

        Case under(DaneSupport dane) {
            return new Case(new DestinationRule(rule.tls(), dane, rule.insecureMx()), trust, host);
        }

        boolean hasSecureRecords() {
            return host.tlsa() instanceof TlsaFinding.Usable || host.tlsa() instanceof TlsaFinding.AllUnusable;
        }
    }
}
