package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.verify.Facts.IP1;
import static org.danelaw.verify.Facts.IP6;
import static org.danelaw.verify.Facts.MX1;
import static org.danelaw.verify.Facts.MX2;
import static org.danelaw.verify.Facts.RECORD;
import static org.danelaw.verify.Facts.able;
import static org.danelaw.verify.Facts.failed;
import static org.danelaw.verify.Facts.host;
import static org.danelaw.verify.Facts.hosts;
import static org.danelaw.verify.Facts.insecure;
import static org.danelaw.verify.Facts.proved;
import static org.danelaw.verify.Facts.refused;
import static org.danelaw.verify.Facts.report;
import static org.danelaw.verify.Facts.secure;
import static org.danelaw.verify.Facts.tried;
import static org.danelaw.verify.Facts.usable;
import static org.danelaw.verify.Judgement.Result.FAILED;
import static org.danelaw.verify.Judgement.Result.SUCCESS;
import static org.danelaw.verify.Judgement.Result.UNKNOWN;

import java.util.List;
import java.util.stream.Stream;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.verify.Judgement.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JudgementTest {
    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void theVerdictFollowsFromTheFacts(String fact, Report report, Result result, String reason) {
        assertThat(report.judgement()).isEqualTo(new Judgement(result, reason));
    }

    static Stream<Arguments> theVerdictFollowsFromTheFacts() {
        return Stream.of(
                row("a host proves itself", of(tried(able(MX1), proved())), SUCCESS, ""),
                row(
                        "the second host proves itself",
                        of(tried(able(MX1), refused()), tried(able(MX2), proved())),
                        SUCCESS,
                        ""),
                row(
                        "the certificate is another",
                        of(tried(able(MX1), refused())),
                        FAILED,
                        "server certificate not trusted"),
                row(
                        "no connection to the only host",
                        of(tried(able(MX1), new Ending.NoConnection("refused"))),
                        UNKNOWN,
                        "no connection"),
                row(
                        "the session broke off",
                        of(tried(able(MX1), new Ending.NoSession("421 busy"))),
                        UNKNOWN,
                        "connection lost"),
                row(
                        "STARTTLS is not offered",
                        of(tried(able(MX1), new Ending.NoStartTls("no"))),
                        FAILED,
                        "STARTTLS not offered"),
                row("TLS fails", of(tried(able(MX1), new Ending.TlsFailed("alert"))), FAILED, "TLS handshake failed"),
                row("the address was not tried in time", of(tried(able(MX1))), UNKNOWN, "no connection"),
                row(
                        "one host is unreachable, the other has no TLSA record",
                        of(
                                tried(able(MX1), new Ending.NoConnection("refused")),
                                tried(
                                        host(MX2, secure(IP1), new TlsaFinding.Absent("none", Facts.PROOF)),
                                        new Ending.Unused())),
                        UNKNOWN,
                        "no TLSA record"),
                row(
                        "no TLSA record, and no connection either",
                        of(tried(
                                host(MX1, secure(IP1), new TlsaFinding.Absent("none", Facts.PROOF)),
                                new Ending.NoConnection("refused"))),
                        FAILED,
                        "no TLSA record"),
                row(
                        "insecure TLSA records",
                        of(tried(
                                host(MX1, secure(IP1), new TlsaFinding.Insecure(MX1, Facts.PROOF)),
                                new Ending.Unused())),
                        FAILED,
                        "destination without DNSSEC"),
                row(
                        "records that cannot be used",
                        of(tried(
                                host(MX1, secure(IP1), new TlsaFinding.AllUnusable(List.of(RECORD), MX1, Facts.PROOF)),
                                Facts.established())),
                        FAILED,
                        "no usable TLSA record"),
                row(
                        "bogus TLSA records",
                        of(tried(host(MX1, secure(IP1), tlsaFailed(Trouble.BOGUS)), new Ending.Unused())),
                        FAILED,
                        "TLSA lookup error"),
                row(
                        "no answer for TLSA",
                        of(tried(host(MX1, secure(IP1), tlsaFailed(Trouble.UNAVAILABLE)), new Ending.Unused())),
                        UNKNOWN,
                        "TLSA lookup error"),
                row(
                        "insecure addresses",
                        of(tried(host(MX1, insecure(IP1), new TlsaFinding.NotAsked("insecure")))),
                        FAILED,
                        "destination without DNSSEC"),
                row(
                        "bogus addresses",
                        of(tried(host(MX1, failed(Trouble.BOGUS), new TlsaFinding.NotAsked("no address")))),
                        FAILED,
                        "host lookup error"),
                row(
                        "no answer for the addresses",
                        of(tried(host(MX1, failed(Trouble.UNAVAILABLE), new TlsaFinding.NotAsked("no address")))),
                        UNKNOWN,
                        "host lookup error"),
                row(
                        "no address at all",
                        of(tried(host(
                                MX1, new AddressFinding.None(Facts.PROOF), new TlsaFinding.NotAsked("no address")))),
                        FAILED,
                        "no address"),
                row(
                        "A bogus, and behind AAAA the host proves itself",
                        of(new HostReport(
                                host(MX1, failed(Trouble.BOGUS), secure(IP6), usable(MX1)),
                                List.of(new Attempt(IP6, 25, proved())))),
                        SUCCESS,
                        ""),
                row(
                        "a host that proves itself behind an insecure MX",
                        report(hosts(MxTrust.INSECURE, MX1), tried(able(MX1), proved())),
                        FAILED,
                        "destination without DNSSEC"),
                row(
                        "an unreachable host behind an insecure MX",
                        report(hosts(MxTrust.INSECURE, MX1), tried(able(MX1), new Ending.NoConnection("refused"))),
                        FAILED,
                        "destination without DNSSEC"),
                row(
                        "a host left over when the time was out",
                        report(hosts(MxTrust.SECURE, MX1, MX2), tried(able(MX1), refused())),
                        UNKNOWN,
                        "server certificate not trusted"),
                row("no host looked at in time", report(hosts(MxTrust.SECURE, MX1)), UNKNOWN, "no connection"),
                row("a null MX", report(new Destination.NullMx(Facts.PROOF)), FAILED, "destination takes no mail"),
                row("no such domain", report(new Destination.NoSuchDomain(Facts.PROOF)), FAILED, "no such domain"),
                row("a bogus MX", report(unresolved(Trouble.BOGUS)), FAILED, "domain lookup error"),
                row("no answer for MX", report(unresolved(Trouble.UNAVAILABLE)), UNKNOWN, "domain lookup error"));
    }

    @org.junit.jupiter.api.Test
    void theExitStatusSaysTheVerdict() {
        assertThat(SUCCESS.exitStatus()).isZero();
        assertThat(FAILED.exitStatus()).isEqualTo(1);
        assertThat(UNKNOWN.exitStatus()).isEqualTo(2);
    }

    private static Arguments row(String fact, Report report, Result result, String reason) {
        return Arguments.of(fact, report, result, reason);
    }

    private static Report of(HostReport... hosts) {
        var names = Stream.of(hosts).map(host -> host.finding().name()).toArray(org.xbill.DNS.Name[]::new);
        return report(hosts(MxTrust.SECURE, names), hosts);
    }

    private static TlsaFinding tlsaFailed(Trouble trouble) {
        return new TlsaFinding.Failed(trouble, Facts.WHY);
    }

    private static Destination unresolved(Trouble trouble) {
        return new Destination.Unresolved(trouble, Facts.WHY);
    }
}
