package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.policy.Facts.mandatory;
import static org.danelaw.policy.Facts.opportunistic;
import static org.danelaw.policy.WhenUnavailable.DEFER;
import static org.danelaw.policy.WhenUnavailable.DEFER_MANDATORY;
import static org.danelaw.policy.WhenUnavailable.DEGRADE;

import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.Refusal.Ground;
import org.junit.jupiter.api.Test;

class WhenUnavailableTest {
    private static final String LACK = "192.0.2.53 strips signatures";
    private static final DestinationRule OFF = opportunistic().withoutDane();

    @Test
    @Rule("A16")
    void withoutACapableResolverTheSettingSaysWhichMailWaits() {
        assertThat(DEFER.refusal(mandatory(), LACK)).isPresent();
        assertThat(DEFER.refusal(opportunistic(), LACK)).isPresent();
        assertThat(DEFER.refusal(OFF, LACK)).isEmpty();
        assertThat(DEFER_MANDATORY.refusal(mandatory(), LACK)).isPresent();
        assertThat(DEFER_MANDATORY.refusal(opportunistic(), LACK)).isEmpty();
        assertThat(DEFER_MANDATORY.refusal(OFF, LACK)).isEmpty();
        assertThat(DEGRADE.refusal(mandatory(), LACK)).isEmpty();
        assertThat(DEGRADE.refusal(opportunistic(), LACK)).isEmpty();
        assertThat(DEGRADE.refusal(OFF, LACK)).isEmpty();
    }

    @Test
    @Rule("A16")
    void theRefusalBlamesTheResolversAndNotTheDomain() {
        var refusal = DEFER.refusal(opportunistic(), LACK).orElseThrow();
        assertThat(refusal.ground()).isEqualTo(Ground.NO_CAPABLE_RESOLVER);
        assertThat(refusal.reason()).isEqualTo("no DNSSEC-capable resolver");
        assertThat(refusal.sentence()).contains(LACK, "when-unavailable").doesNotContain("bogus");
    }

    @Test
    @Rule("A16")
    void aLookupThatNoResolverCouldMakeIsNotBlamedOnItsName() {
        var lacking = new Reason(LACK, ExtendedError.NOT_READY);
        var domain = new Destination.Unresolved(Trouble.UNAVAILABLE, lacking);
        assertThat(Decision.conclude(Facts.DOMAIN, domain).orElseThrow().why())
                .isEqualTo(DEFER.refusal(opportunistic(), LACK).orElseThrow());
        var address = new AddressFinding.Failed(Trouble.UNAVAILABLE, lacking);
        var tlsa = new TlsaFinding.Failed(Trouble.UNAVAILABLE, lacking);
        assertNoCapableResolver(Facts.host(address, tlsa));
        assertNoCapableResolver(Facts.host(Facts.secure(Facts.V4), tlsa));
    }

    private static void assertNoCapableResolver(HostFinding host) {
        assertThat(Facts.require(opportunistic(), MxTrust.SECURE, host))
                .isInstanceOfSatisfying(
                        TlsRequirement.Withheld.class,
                        withheld -> assertThat(withheld.why().ground()).isEqualTo(Ground.NO_CAPABLE_RESOLVER));
    }

    @Test
    void aRuleWithoutDaneKeepsAllElse() {
        assertThat(mandatory().withoutDane())
                .isEqualTo(new DestinationRule(
                        mandatory().tls(),
                        DaneSupport.NONE,
                        mandatory().insecureMx(),
                        mandatory().ip()));
    }
}
