package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.verify.Facts.IP1;
import static org.danelaw.verify.Facts.IP2;
import static org.danelaw.verify.Facts.MX1;
import static org.danelaw.verify.Facts.MX2;
import static org.danelaw.verify.Facts.able;
import static org.danelaw.verify.Facts.established;
import static org.danelaw.verify.Facts.failed;
import static org.danelaw.verify.Facts.host;
import static org.danelaw.verify.Facts.hosts;
import static org.danelaw.verify.Facts.insecure;
import static org.danelaw.verify.Facts.proved;
import static org.danelaw.verify.Facts.refused;
import static org.danelaw.verify.Facts.report;
import static org.danelaw.verify.Facts.secure;
import static org.danelaw.verify.Facts.tried;
import static org.danelaw.verify.Facts.unusable;
import static org.danelaw.verify.Facts.usable;
import static org.danelaw.verify.Forecast.Outcome.BOUNCE;
import static org.danelaw.verify.Forecast.Outcome.BY_TLS_SETTING;
import static org.danelaw.verify.Forecast.Outcome.DEFER;
import static org.danelaw.verify.Forecast.Outcome.DELIVER_AUTHENTICATED;
import static org.danelaw.verify.Forecast.Outcome.DELIVER_ENCRYPTED;
import static org.danelaw.verify.Forecast.Outcome.DELIVER_INSECURE_MX;

import java.util.stream.Stream;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.verify.Forecast.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForecastTest {
    private static final Ending UNREACHABLE = new Ending.NoConnection("Connection refused");
    private static final TlsaFinding NONE = new TlsaFinding.Absent("none", Facts.PROOF);
    private static final TlsaFinding NOT_ASKED = new TlsaFinding.NotAsked("insecure");

    @ParameterizedTest(name = "{0}: {2}, {3}")
    @MethodSource
    void eachModeDoesWithMailWhatItsTableSays(String fact, Report report, Outcome opportunistic, Outcome mandatory) {
        assertThat(Forecast.of(Modes.OPPORTUNISTIC, report).outcome()).isEqualTo(opportunistic);
        assertThat(Forecast.of(Modes.MANDATORY, report).outcome()).isEqualTo(mandatory);
    }

    static Stream<Arguments> eachModeDoesWithMailWhatItsTableSays() {
        return Stream.of(
                row("O1", secureMx(tried(able(MX1), proved())), DELIVER_AUTHENTICATED, DELIVER_AUTHENTICATED),
                row("O2", secureMx(tried(able(MX1), refused())), DEFER, DEFER),
                row(
                        "O3",
                        secureMx(tried(
                                host(MX1, secure(IP1), new TlsaFinding.Insecure(MX1, Facts.PROOF)),
                                new Ending.Unused())),
                        BY_TLS_SETTING,
                        DEFER),
                row("O4", secureMx(tried(host(MX1, secure(IP1), NONE), established())), BY_TLS_SETTING, DEFER),
                row(
                        "O5",
                        secureMx(tried(
                                host(MX1, secure(IP1), new TlsaFinding.Failed(Trouble.BOGUS, Facts.WHY)),
                                new Ending.Unused())),
                        DEFER,
                        DEFER),
                row("O6", secureMx(tried(host(MX1, insecure(IP1), NOT_ASKED))), BY_TLS_SETTING, DEFER),
                row("O7", secureMx(tried(host(MX1, failed(Trouble.BOGUS), NOT_ASKED))), DEFER, DEFER),
                row("O8", insecureMx(tried(able(MX1), proved())), DELIVER_INSECURE_MX, DEFER),
                row("O9", insecureMx(tried(able(MX1), refused())), DEFER, DEFER),
                row("O10", insecureMx(tried(host(MX1, secure(IP1), NONE), established())), BY_TLS_SETTING, DEFER),
                row("O13", insecureMx(tried(host(MX1, insecure(IP1), NOT_ASKED))), BY_TLS_SETTING, DEFER),
                row("O14", insecureMx(tried(host(MX1, failed(Trouble.BOGUS), NOT_ASKED))), DEFER, DEFER),
                row("O15", report(new Destination.Unresolved(Trouble.BOGUS, Facts.WHY)), DEFER, DEFER),
                row(
                        "unusable records promise TLS",
                        secureMx(tried(host(MX1, secure(IP1), unusable(MX1)), established())),
                        DELIVER_ENCRYPTED,
                        DEFER),
                row(
                        "unusable records, and STARTTLS is not offered",
                        secureMx(tried(host(MX1, secure(IP1), unusable(MX1)), new Ending.NoStartTls("no"))),
                        DEFER,
                        DEFER),
                row(
                        "mail goes in clear to a first host without records and never gets to the second",
                        secureMx(tried(host(MX1, insecure(IP1), NOT_ASKED)), tried(able(MX2), proved())),
                        BY_TLS_SETTING,
                        DELIVER_AUTHENTICATED),
                row(
                        "a first host that cannot be reached leaves the mail to the second",
                        secureMx(tried(host(MX1, secure(IP1), NONE), UNREACHABLE), tried(able(MX2), proved())),
                        DELIVER_AUTHENTICATED,
                        DELIVER_AUTHENTICATED),
                row(
                        "the second address proves itself",
                        secureMx(tried(host(MX1, secure(IP1, IP2), usable(MX1)), UNREACHABLE, proved())),
                        DELIVER_AUTHENTICATED,
                        DELIVER_AUTHENTICATED),
                row(
                        "no host has an address",
                        secureMx(tried(host(MX1, new AddressFinding.None(Facts.PROOF), NOT_ASKED))),
                        BOUNCE,
                        BOUNCE),
                row("a null MX", report(new Destination.NullMx(Facts.PROOF)), BOUNCE, BOUNCE),
                row("no such domain", report(new Destination.NoSuchDomain(Facts.PROOF)), BOUNCE, BOUNCE));
    }

    private static Arguments row(String fact, Report report, Outcome opportunistic, Outcome mandatory) {
        return Arguments.of(fact, report, opportunistic, mandatory);
    }

    private static Report secureMx(HostReport... hosts) {
        return report(hosts(MxTrust.SECURE, names(hosts)), hosts);
    }

    private static Report insecureMx(HostReport... hosts) {
        return report(hosts(MxTrust.INSECURE, names(hosts)), hosts);
    }

    private static org.xbill.DNS.Name[] names(HostReport... hosts) {
        return Stream.of(hosts).map(host -> host.finding().name()).toArray(org.xbill.DNS.Name[]::new);
    }
}
