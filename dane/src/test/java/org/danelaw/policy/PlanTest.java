package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.policy.Facts.A_FAILED;
import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.NONE;
import static org.danelaw.policy.Facts.TLSA;
import static org.danelaw.policy.Facts.V4;
import static org.danelaw.policy.Facts.V6;
import static org.danelaw.policy.Facts.host;
import static org.danelaw.policy.Facts.insecure;
import static org.danelaw.policy.Facts.mandatory;
import static org.danelaw.policy.Facts.name;
import static org.danelaw.policy.Facts.opportunistic;
import static org.danelaw.policy.Facts.secure;

import java.net.InetAddress;
import java.util.List;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.Refusal.Ground;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final InetAddress SECOND_V4 = InetAddress.ofLiteral("192.0.2.26");

    @Test
    void aHostsAddressesAreTriedInTheOrderThatTheIpPreferenceSays() {
        var both = host(secure(V4, SECOND_V4), secure(V6), TLSA);
        assertThat(addresses(plan(IpPreference.IPV6_PREFERRED, both))).containsExactly(V6, V4, SECOND_V4);
        assertThat(addresses(plan(IpPreference.IPV4_PREFERRED, both))).containsExactly(V4, SECOND_V4, V6);
        assertThat(addresses(plan(IpPreference.IPV6_REQUIRED, both))).containsExactly(V6);
        assertThat(addresses(plan(IpPreference.IPV4_REQUIRED, both))).containsExactly(V4, SECOND_V4);
    }

    @Test
    void aRuleWithoutAnIpPreferencePrefersIpv6() {
        assertThat(opportunistic().ip()).isEqualTo(IpPreference.IPV6_PREFERRED);
    }

    @Test
    void aHostWithoutAnAddressOfTheRequiredFamilyIsTriedAgainLater() {
        assertThat(plan(IpPreference.IPV6_REQUIRED, host(secure(V4), NONE, TLSA)))
                .satisfies(plan -> assertThat(plan.candidates()).isEmpty())
                .satisfies(plan -> assertThat(plan.refusals()).singleElement().satisfies(refusal -> {
                    assertThat(refusal.ground()).isEqualTo(Ground.OTHER_ADDRESS_FAMILY);
                    assertThat(refusal.status()).isEqualTo("4.4.4");
                    assertThat(refusal.sentence()).contains("mx.example.net", "AAAA", "ip-preference");
                }));
        assertThat(plan(IpPreference.IPV4_REQUIRED, host(NONE, secure(V6), TLSA))
                        .refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.sentence()).contains("no A record"));
    }

    @Test
    @Rule("A14")
    void aFailedFamilyIsPassedOverAndRemembered() {
        var plan =
                Plan.through(mandatory(), DOMAIN, Facts.destination(MxTrust.SECURE), host(secure(V4), A_FAILED, TLSA));
        assertThat(addresses(plan)).containsExactly(V4);
        assertThat(grounds(plan)).containsExactly(Ground.HOST_LOOKUP_ERROR);
    }

    @Test
    @Rule("A14")
    void mandatoryDaneDialsOnlyTheAddressesThatAreSecure() {
        var mixed = host(secure(V4), insecure(V6), TLSA);
        assertThat(addresses(Plan.through(mandatory(), DOMAIN, Facts.destination(MxTrust.SECURE), mixed)))
                .containsExactly(V4);
        assertThat(addresses(Plan.through(opportunistic(), DOMAIN, Facts.destination(MxTrust.SECURE), mixed)))
                .containsExactly(V6, V4);
    }

    @Test
    void aFamilyThatIsNotThereIsNotWorthAWord() {
        assertThat(plan(IpPreference.IPV6_PREFERRED, host(secure(V4), NONE, TLSA))
                        .refusals())
                .isEmpty();
    }

    @Test
    void aHostThatGetsNothingSaysSoOnce() {
        assertThat(grounds(plan(IpPreference.IPV6_PREFERRED, host(secure(V4), secure(V6), Facts.TLSA_FAILED))))
                .containsExactly(Ground.TLSA_LOOKUP_ERROR);
    }

    @Test
    @Rule("A6")
    void aHostThatCannotBeLookedUpIsSkippedAndTheOthersAreTried() {
        var first = at("mx1.example.net", 10, host(A_FAILED, NONE, TLSA));
        var second = at("mx2.example.net", 20, host(secure(V4), TLSA));
        var plan = Plan.through(opportunistic(), DOMAIN, Facts.destination(MxTrust.SECURE), List.of(first, second));
        assertThat(plan.candidates()).extracting(Candidate::host).containsExactly(second);
        assertThat(plan.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.sentence()).contains("mx1.example.net"));
    }

    @Test
    @Rule("B12")
    void recordsNeverMoveAHostAheadOfABetterOne() {
        var better = at("mx1.example.net", 10, host(insecure(V4), Facts.NOT_ASKED));
        var worse = at("mx2.example.net", 20, host(secure(V4), TLSA));
        var plan = Plan.through(opportunistic(), DOMAIN, Facts.destination(MxTrust.SECURE), List.of(better, worse));
        assertThat(plan.candidates()).extracting(Candidate::host).containsExactly(better, worse);
    }

    @Test
    @Rule("B13")
    void mandatoryDaneSkipsTheHostsOfAMixedSetThatProveNothing() {
        var without = at("mx1.example.net", 10, host(secure(V4), Facts.ABSENT));
        var with = at("mx2.example.net", 20, host(secure(V4), TLSA));
        var plan = Plan.through(mandatory(), DOMAIN, Facts.destination(MxTrust.SECURE), List.of(without, with));
        assertThat(plan.candidates()).extracting(Candidate::host).containsExactly(with);
        assertThat(grounds(plan)).containsExactly(Ground.NO_TLSA);
    }

    @Test
    void aHostThatIsGivenNothingIsNoCandidate() {
        var withheld = new TlsRequirement.Withheld(Refusal.smtpRoute(DOMAIN, RouteDane.FAIL));
        assertThatThrownBy(() -> new Candidate(host(secure(V4), TLSA), V4, withheld))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SMTP route");
    }

    private static Plan plan(IpPreference ip, HostFinding host) {
        var rule = new DestinationRule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC, InsecureMx.DANE, ip);
        return Plan.through(rule, DOMAIN, Facts.destination(MxTrust.SECURE), host);
    }

    private static HostFinding at(String name, int preference, HostFinding like) {
        return new HostFinding(new MxHost(name(name), preference), name(name), like.v4(), like.v6(), like.tlsa());
    }

    private static List<InetAddress> addresses(Plan plan) {
        return plan.candidates().stream().map(Candidate::address).toList();
    }

    private static List<Ground> grounds(Plan plan) {
        return plan.refusals().stream().map(Refusal::ground).toList();
    }
}
