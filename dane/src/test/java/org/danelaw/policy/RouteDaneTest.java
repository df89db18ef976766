package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.MX;
import static org.danelaw.policy.Facts.V4;
import static org.danelaw.policy.Facts.mandatory;
import static org.danelaw.policy.Facts.opportunistic;
import static org.danelaw.policy.RouteDane.FAIL;
import static org.danelaw.policy.RouteDane.NOT_APPLICABLE;
import static org.danelaw.policy.RouteDane.ROUTE_HOST;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.Refusal.Ground;
import org.junit.jupiter.api.Test;

class RouteDaneTest {
    private static final DestinationRule WITHOUT = opportunistic().withoutDane();

    @Test
    void whereDaneIsNotApplicableOnlyMandatoryMailWaits() {
        assertThat(NOT_APPLICABLE.refusal(mandatory(), DOMAIN)).hasValueSatisfying(why -> {
            assertThat(why.ground()).isEqualTo(Ground.SMTP_ROUTE);
            assertThat(why.reason()).isEqualTo("SMTP route");
            assertThat(why.status()).isEqualTo("4.7.0");
            assertThat(why.sentence()).contains("example.org", "dane = mandatory", "route-host");
        });
        assertThat(NOT_APPLICABLE.refusal(opportunistic(), DOMAIN)).isEmpty();
        assertThat(NOT_APPLICABLE.refusal(WITHOUT, DOMAIN)).isEmpty();
    }

    @Test
    void whereDaneIsNotApplicableOpportunisticMailGoesByTlsSupportAlone() {
        assertThat(NOT_APPLICABLE.rule(opportunistic()).dane()).isEqualTo(DaneSupport.NONE);
        assertThat(NOT_APPLICABLE.rule(opportunistic()).tls())
                .isEqualTo(opportunistic().tls());
    }

    @Test
    @Rule("B15")
    void underRouteHostNoMailWaitsAndTheRuleStaysWhole() {
        for (var rule : List.of(WITHOUT, opportunistic(), mandatory())) {
            assertThat(ROUTE_HOST.refusal(rule, DOMAIN)).isEmpty();
            assertThat(ROUTE_HOST.rule(rule)).isEqualTo(rule);
        }
    }

    @Test
    void aRouteThatFailsDaneHoldsOpportunisticMailToo() {
        assertThat(FAIL.refusal(mandatory(), DOMAIN)).isPresent();
        assertThat(FAIL.refusal(opportunistic(), DOMAIN))
                .hasValueSatisfying(
                        why -> assertThat(why.sentence()).contains("example.org", "dane = \"fail\"", "asks for DANE"));
        assertThat(FAIL.refusal(WITHOUT, DOMAIN)).isEmpty();
        assertThat(FAIL.rule(WITHOUT)).isEqualTo(WITHOUT);
    }

    @Test
    void underBothVerifySettingsTheRoutesHostIsANameThatCountsBesideTheRecipientDomain() {
        for (var tls : List.of(TlsSupport.REQUIRED_VERIFY, TlsSupport.REQUIRED_VERIFY_HOSTED_DOMAIN)) {
            var rule = NOT_APPLICABLE.rule(new DestinationRule(tls, DaneSupport.OPPORTUNISTIC, InsecureMx.DANE));
            assertThat(Facts.require(rule, MxTrust.CONFIGURED, Facts.host(Facts.secure(V4), Facts.TLSA)))
                    .isEqualTo(new TlsRequirement.Pkix(List.of(DOMAIN, MX), MX));
        }
    }

    @Test
    void aRouteUnderWhichNothingWaitsHasNoRefusal() {
        assertThatThrownBy(() -> Refusal.smtpRoute(DOMAIN, ROUTE_HOST)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRoutesHostWithoutAnAddressIsTheOperatorsToMendAndBouncesNothing() {
        var nowhere = Facts.host(Facts.NONE, Facts.NONE, Facts.NOT_ASKED);
        assertThat(Facts.require(opportunistic(), MxTrust.CONFIGURED, nowhere))
                .isInstanceOfSatisfying(TlsRequirement.Withheld.class, withheld -> {
                    assertThat(withheld.why().ground()).isEqualTo(Ground.NO_ADDRESS);
                    assertThat(withheld.why().sentence()).contains("mx.example.net", "SMTP route of example.org");
                    assertThat(Conclusion.of(DOMAIN, Facts.destination(MxTrust.CONFIGURED), List.of(withheld.why())))
                            .isEqualTo(new Conclusion.Deferred(withheld.why()));
                });
    }

    @Test
    @Rule("B17")
    void aRouteToThisGatewayItselfKeepsTheMail() {
        var gateway = new OwnHosts(Set.of(MX), Set.of());
        assertThat(gateway.loop(DOMAIN, MxTrust.CONFIGURED)).isInstanceOfSatisfying(Conclusion.Deferred.class, kept -> {
            assertThat(kept.why().ground()).isEqualTo(Ground.LOOP);
            assertThat(kept.why().sentence())
                    .contains("SMTP route of example.org", "mx.example.net", "correct the route");
        });
    }

    @Test
    @Rule("B17")
    void aRoutesHostIsThisGatewayOnlyAtTheRoutesOwnPort() {
        var gateway = new OwnHosts(Set.of(), Set.of(new InetSocketAddress(V4, 2525)));
        var here = at(2525);
        var beside = at(2526);
        assertThat(gateway.betterByAddress(route(here), List.of(here), 25).hosts())
                .isEmpty();
        assertThat(gateway.betterByAddress(route(beside), List.of(beside), 2525).hosts())
                .containsExactly(beside.host());
    }

    private static HostFinding at(int port) {
        return new HostFinding(
                new MxHost(MX, 0, OptionalInt.of(port)), MX, Facts.secure(V4), Facts.NONE, Facts.NOT_ASKED);
    }

    private static Destination.Hosts route(HostFinding host) {
        return Facts.destination(MxTrust.CONFIGURED, host.host());
    }
}
