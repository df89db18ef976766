package org.danelaw.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.verify.Facts.IP1;
import static org.danelaw.verify.Facts.MX1;
import static org.danelaw.verify.Facts.MX2;
import static org.danelaw.verify.Facts.RECORD;
import static org.danelaw.verify.Facts.able;
import static org.danelaw.verify.Facts.host;
import static org.danelaw.verify.Facts.hosts;
import static org.danelaw.verify.Facts.insecure;
import static org.danelaw.verify.Facts.proved;
import static org.danelaw.verify.Facts.refused;
import static org.danelaw.verify.Facts.report;
import static org.danelaw.verify.Facts.secure;
import static org.danelaw.verify.Facts.tried;

import java.util.Base64;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final String PROOF = """
            "proof":[{"step":"anchored","zone":".","keyTag":20326,"algorithm":8},\
            {"step":"signed","owner":"example.org.","type":"MX","signer":"example.org.","keyTag":4711,"algorithm":13,\
            "inception":"1970-01-01T00:00:00Z","expiration":"1970-01-02T00:00:00Z"}]""";

    @Test
    void aReportIsOneObjectOfTheSpecifiedForm() {
        var report =
                report(hosts(MxTrust.SECURE, MX1), tried(able(MX1), new Ending.NoConnection("Connection refused")));

        assertThat(JsonReport.of(report)).isEqualTo("""
                        {"domain":"example.org","result":"unknown","reason":"no connection",\
                        "mx":{"status":"secure"},\
                        "hosts":[{"name":"mx1.example.org","preference":10,\
                        "addresses":[{"ip":"192.0.2.1","status":"secure"}],\
                        "tlsa":{"status":"secure","base":"mx1.example.org","records":[\
                        {"usage":3,"selector":1,"matching":1,"data":"%s","usable":true,"matched":false,"reason":null}]},\
                        "attempts":[{"ip":"192.0.2.1","port":25,"protocol":null,"cipher":null,"certificates":[],\
                        "error":"Connection refused"}]}],\
                        "decisions":{"opportunistic":{"outcome":"defer","reason":"no connection"},\
                        "mandatory":{"outcome":"defer","reason":"no connection"}},\
                        %s,"milliseconds":12}""".formatted(RECORD.data(), PROOF));
    }

    @Test
    void aProvedHostNamesTheRecordThatAdmitsIt() {
        assertThat(JsonReport.of(report(hosts(MxTrust.SECURE, MX1), tried(able(MX1), proved()))))
                .contains("\"result\":\"success\",\"reason\":\"\"")
                .contains("\"matched\":true,\"reason\":null")
                .contains("\"protocol\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\"")
                .contains("\"der\":\"" + Base64.getEncoder().encodeToString(Facts.CERTIFICATE.der()) + "\"")
                .contains("\"tlsa\":\"" + Facts.CERTIFICATE.tlsa(3, 1, 1) + "\"")
                .contains("\"mandatory\":{\"outcome\":\"deliver-authenticated\",\"reason\":\"\"}");
    }

    @Test
    void aRecordThatDoesNotFitSaysWhy() {
        assertThat(JsonReport.of(report(hosts(MxTrust.SECURE, MX1), tried(able(MX1), refused()))))
                .contains("\"result\":\"failed\",\"reason\":\"server certificate not trusted\"")
                .contains("\"matched\":false,\"reason\":\"the server's key is another\"")
                .contains("\"opportunistic\":{\"outcome\":\"defer\",\"reason\":\"server certificate not trusted\"}");
    }

    @Test
    void whyNoTlsaRecordsWereAskedForIsProved() {
        var finding = new TlsaFinding.NotAsked("the alias is not signed", Facts.PROOF);
        var report = report(
                new Destination.Unresolved(Trouble.BOGUS, Facts.WHY),
                tried(host(MX1, Facts.failed(Trouble.BOGUS), finding)));

        assertThat(JsonReport.of(report)).contains("\"proof\":[{\"step\":\"anchored\"");
    }

    @Test
    void anUnusableRecordIsMarked() {
        var report = report(hosts(MxTrust.SECURE, MX1), tried(host(MX1, secure(IP1), Facts.unusable(MX1))));

        assertThat(JsonReport.of(report)).contains("\"status\":\"unusable\"").contains("\"usable\":false");
    }

    @Test
    void whatWasNotFoundHasItsStatusAndReason() {
        assertThat(JsonReport.of(report(new Destination.NullMx(Facts.PROOF))))
                .contains("\"mx\":{\"status\":\"null\"},\"hosts\":[]");
        assertThat(JsonReport.of(report(new Destination.NoSuchDomain(Facts.PROOF))))
                .contains("\"mx\":{\"status\":\"nxdomain\"}");
        assertThat(JsonReport.of(report(new Destination.Unresolved(Trouble.BOGUS, Facts.WHY))))
                .contains("\"mx\":{\"status\":\"bogus\",\"error\":\"the server said SERVFAIL\"}");
        assertThat(JsonReport.of(report(
                        hosts(MxTrust.INSECURE, MX1, MX2),
                        tried(host(MX1, insecure(IP1), new TlsaFinding.NotAsked("its addresses are not signed"))),
                        tried(host(
                                MX2, Facts.failed(Trouble.UNAVAILABLE), new TlsaFinding.Absent("none", Facts.PROOF))))))
                .contains("\"mx\":{\"status\":\"insecure\"}")
                .contains("\"addresses\":[{\"ip\":\"192.0.2.1\",\"status\":\"insecure\"}]")
                .contains(
                        "\"tlsa\":{\"status\":\"not-asked\",\"base\":null,\"records\":[],\"error\":\"its addresses are not")
                .contains(
                        "{\"ip\":null,\"status\":\"unavailable\",\"type\":\"A\",\"error\":\"the server said SERVFAIL\"}");
    }
}
