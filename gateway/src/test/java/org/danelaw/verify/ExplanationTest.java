package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.verify.Facts.IP1;
import static org.danelaw.verify.Facts.MX1;
import static org.danelaw.verify.Facts.MX2;
import static org.danelaw.verify.Facts.able;
import static org.danelaw.verify.Facts.host;
import static org.danelaw.verify.Facts.hosts;
import static org.danelaw.verify.Facts.insecure;
import static org.danelaw.verify.Facts.proved;
import static org.danelaw.verify.Facts.refused;
import static org.danelaw.verify.Facts.report;
import static org.danelaw.verify.Facts.secure;
import static org.danelaw.verify.Facts.tried;

import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void aSuccessSaysSoAndFindsNothingWrong() {
        var lines = Explanation.of(report(hosts(MxTrust.SECURE, MX1), tried(able(MX1), proved())));

        assertThat(lines.getFirst()).isEqualTo("example.org can do DANE: mail under Mandatory DANE is delivered.");
        assertThat(lines).doesNotContain("What is wrong");
        assertThat(lines).anyMatch(line -> line.endsWith(": admits the certificate"));
        assertThat(lines.getLast())
                .isEqualTo("  DANE Support mandatory:     delivered over an authenticated connection");
    }

    @Test
    void anotherCertificateComesWithTheRecordThatWouldFitIt() {
        var lines = Explanation.of(report(hosts(MxTrust.SECURE, MX1), tried(able(MX1), refused())));

        assertThat(lines.getFirst()).isEqualTo("example.org cannot do DANE: server certificate not trusted.");
        assertThat(lines)
                .contains("  _25._tcp.mx1.example.org. IN TLSA " + Facts.CERTIFICATE.tlsa(3, 1, 1))
                .anyMatch(line -> line.startsWith("  - ") && line.contains("(RFC 7672 section 3, RFC 7671 section 5)"))
                .anyMatch(line -> line.contains("certificate of CN=mx1.example.org"))
                .contains("  DANE Support opportunistic: waits in the queue (server certificate not trusted)");
    }

    @Test
    void aHostWithoutRecordsIsToldWhichOneToPublish() {
        var lines = Explanation.of(report(
                hosts(MxTrust.SECURE, MX1),
                tried(
                        host(MX1, secure(IP1), new TlsaFinding.Absent("a signed denial", Facts.PROOF)),
                        Facts.established())));

        assertThat(lines)
                .contains("What the operator of mx1.example.org can publish")
                .contains("  _25._tcp.mx1.example.org. IN TLSA " + Facts.CERTIFICATE.tlsa(3, 1, 1));
    }

    @Test
    void anInsecureMxIsWrongHoweverWellItsHostProvesItself() {
        var lines = Explanation.of(report(hosts(MxTrust.INSECURE, MX1), tried(able(MX1), proved())));

        assertThat(lines)
                .contains("  MX records: not signed with DNSSEC")
                .contains("What is wrong")
                .anyMatch(line -> line.startsWith("  - ") && line.contains("must sign its zone"));
    }

    @Test
    void everyThingThatIsWrongIsSaidOnce() {
        var lines = Explanation.of(report(
                hosts(MxTrust.SECURE, MX1, MX2),
                tried(host(MX1, insecure(IP1), new TlsaFinding.NotAsked("its addresses are not signed"))),
                tried(able(MX2), new Ending.NoStartTls("it is not in the answer to EHLO"))));

        assertThat(lines.stream().filter(line -> line.startsWith("  - ")))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void hostsThatAreTooManyAreCounted() {
        var one = hosts(MxTrust.SECURE, MX1);
        var many = new Destination.Hosts(
                one.nextHop(),
                one.trust(),
                one.hosts(),
                hosts(MxTrust.SECURE, MX2).hosts(),
                one.proof());

        assertThat(Explanation.of(report(many, tried(able(MX1), proved()))))
                .contains("  and 1 more, which are too many: never looked at");
    }

    @Test
    void aDestinationWithoutHostsIsExplainedToo() {
        assertThat(Explanation.of(report(new Destination.NullMx(Facts.PROOF))))
                .anyMatch(line -> line.startsWith("  - ") && line.endsWith("(RFC 7505)"));
        assertThat(Explanation.of(report(new Destination.Unresolved(Trouble.UNAVAILABLE, Facts.WHY)))
                        .getFirst())
                .isEqualTo("example.org: not known whether it can do DANE now: domain lookup error.");
    }
}
