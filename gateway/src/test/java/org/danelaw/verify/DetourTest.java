package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.verify.Facts.DOMAIN;
import static org.danelaw.verify.Facts.IP2;
import static org.danelaw.verify.Facts.MX1;
import static org.danelaw.verify.Facts.MX2;
import static org.danelaw.verify.Facts.able;
import static org.danelaw.verify.Facts.host;
import static org.danelaw.verify.Facts.insecure;
import static org.danelaw.verify.Facts.proved;
import static org.danelaw.verify.Facts.refused;
import static org.danelaw.verify.Facts.secure;
import static org.danelaw.verify.Facts.tried;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.danelaw.delivery.SmtpRoute;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.RouteDane;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.verify.Forecast.Outcome;
import org.danelaw.verify.Judgement.Result;
import org.junit.jupiter.api.Test;

/// What becomes of mail that an SMTP route keeps from its MX hosts, which can do DANE in all of these.
class DetourTest {
    private static final HostReport RELAY = tried(
            host(MX2, insecure(IP2), new TlsaFinding.NotAsked("its addresses are insecure")), new Ending.Unused());

    @Test
    void aRouteThatDaneDoesNotApplyToLetsOpportunisticMailGoWithoutDaneAndHoldsMandatoryMail() {
        var report = through(RouteDane.NOT_APPLICABLE, RELAY);
        assertForecast(report, Outcome.BY_TLS_SETTING, Outcome.DEFER);
        assertThat(Forecast.of(Modes.OPPORTUNISTIC, report).reason()).isEqualTo("SMTP route");
        assertThat(Forecast.of(Modes.MANDATORY, report).reason()).isEqualTo("SMTP route");
    }

    @Test
    void aRouteThatFailsHoldsBoth() {
        var report = through(RouteDane.FAIL, RELAY);
        assertForecast(report, Outcome.DEFER, Outcome.DEFER);
        assertThat(Forecast.of(Modes.OPPORTUNISTIC, report).reason()).isEqualTo("SMTP route");
    }

    @Test
    void aRouteHostIsHeldToItsOwnRecords() {
        assertForecast(
                through(RouteDane.ROUTE_HOST, tried(able(MX2), proved())),
                Outcome.DELIVER_AUTHENTICATED,
                Outcome.DELIVER_AUTHENTICATED);
        assertForecast(through(RouteDane.ROUTE_HOST, tried(able(MX2), refused())), Outcome.DEFER, Outcome.DEFER);
        var without = through(RouteDane.ROUTE_HOST, RELAY);
        assertForecast(without, Outcome.BY_TLS_SETTING, Outcome.DEFER);
        assertThat(Forecast.of(Modes.OPPORTUNISTIC, without).reason())
                .as("what its host lacks, as the route has DANE")
                .isEqualTo(Ground.WITHOUT_DNSSEC.reason());
    }

    @Test
    void aRelayThatCannotBeReachedLeavesTheMailWaiting() {
        var dead = tried(
                host(MX2, secure(IP2), new TlsaFinding.Absent("none", Facts.PROOF)),
                new Ending.NoConnection("Connection refused"));
        var report = through(RouteDane.NOT_APPLICABLE, dead);
        assertForecast(report, Outcome.DEFER, Outcome.DEFER);
        assertThat(Forecast.of(Modes.OPPORTUNISTIC, report).reason()).isEqualTo(Ground.NO_CONNECTION.reason());
    }

    @Test
    void mailThatIsThrownAwayIsSaidToBe() {
        var report = report(new Detour.Discarded("example.org"));
        assertForecast(report, Outcome.DISCARD, Outcome.DISCARD);
        assertThat(Explanation.of(report))
                .contains(
                        "  thrown away, by the SMTP route for example.org",
                        "  DANE Support mandatory:     thrown away, as the SMTP route says");
        assertThat(JsonReport.of(report))
                .contains("\"route\":{\"match\":\"example.org\"}")
                .contains("\"mandatory\":{\"outcome\":\"discard\",\"reason\":\"\"}");
    }

    @Test
    void theVerdictStaysAboutTheDomain() {
        var report = through(RouteDane.FAIL, RELAY);
        assertThat(report.judgement()).isEqualTo(new Judgement(Result.SUCCESS, ""));
        assertThat(Explanation.of(report))
                .startsWith("example.org can do DANE, but its mail does not go by its MX records here.")
                .containsSubsequence(
                        "Which way mail goes here",
                        "  by the SMTP route for .org, dane = \"fail\", to mx2.example.org:2525, mx1.example.org",
                        "     192.0.2.2: not signed with DNSSEC",
                        "What becomes of mail now",
                        "  DANE Support opportunistic: waits in the queue (SMTP route)");
        assertThat(JsonReport.of(report))
                .contains("\"result\":\"success\"")
                .contains("\"route\":{\"match\":\".org\",\"dane\":\"fail\",\"hosts\":[{\"name\":\"mx2.example.org\"");
    }

    @Test
    void aRouteIsToldOfToWhoeverAsksForTheVerdictAlone() {
        assertThat(Detour.note(DOMAIN, new SmtpRoute.ByDns("example.org"))).isEmpty();
        assertThat(Detour.note(DOMAIN, new SmtpRoute.Discard("ALL")))
                .contains("mail for example.org is thrown away here, by the SMTP route for ALL");
        assertThat(Detour.note(DOMAIN, route(RouteDane.NOT_APPLICABLE)))
                .contains("mail for example.org does not go by its MX records here, but by the SMTP route for .org,"
                        + " dane = \"not-applicable\", to mx2.example.org:2525, mx1.example.org");
    }

    private static void assertForecast(Report report, Outcome opportunistic, Outcome mandatory) {
        assertThat(Forecast.of(Modes.OPPORTUNISTIC, report).outcome()).isEqualTo(opportunistic);
        assertThat(Forecast.of(Modes.MANDATORY, report).outcome()).isEqualTo(mandatory);
    }

    private static Report through(RouteDane dane, HostReport relay) {
        return report(new Detour.Through(route(dane), Facts.hosts(MxTrust.CONFIGURED, MX2), List.of(relay)));
    }

    private static Report report(Detour detour) {
        return new Report(
                DOMAIN,
                25,
                Facts.hosts(MxTrust.SECURE, MX1),
                List.of(tried(able(MX1), proved())),
                Optional.of(detour),
                Duration.ofMillis(12));
    }

    private static SmtpRoute.ToHosts route(RouteDane dane) {
        return new SmtpRoute.ToHosts(
                ".org", List.of(new MxHost(MX2, 0, OptionalInt.of(2525)), new MxHost(MX1, 5)), dane);
    }
}
