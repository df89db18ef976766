package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.MX;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.TlsRequirement.Check;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class RefusalTest {
    private static final TlsRequirement DANE =
            new TlsRequirement.Dane(List.of(Facts.USABLE), List.of(MX), MX, MxTrust.SECURE);

    @Test
    @Rule("D13")
    void aHostWithoutStartTlsIsSkippedWithAStatusThatDefers() {
        var refusal = Refusal.startTlsNotOffered(MX, "454 TLS not available", DANE);
        assertThat(refusal.status()).isEqualTo("4.7.4");
        assertThat(refusal.sentence())
                .contains("mx.example.net", "454 TLS not available", "the TLSA records of mx.example.net promise it");
        var failed = Refusal.tlsFailed(MX, "the peer closed the connection", DANE);
        assertThat(failed.status()).isEqualTo("4.7.5");
        assertThat(failed.sentence()).contains("mx.example.net", "the peer closed the connection");
    }

    @Test
    void aSentenceThatEndsWithAnAbsoluteNameHasOneFullStop() {
        var why = new Reason("no keys came for example.org.", ExtendedError.DNSKEY_MISSING);
        assertThat(Refusal.lookupFailed(Ground.DOMAIN_LOOKUP_ERROR, DOMAIN, "MX", Trouble.BOGUS, why)
                        .sentence())
                .contains("no keys came for example.org. The operators");
    }

    @Test
    void aRefusalPrintsItsReasonAndItsSentence() {
        assertThat(Refusal.smtpRoute(DOMAIN, RouteDane.FAIL))
                .hasToString("SMTP route: "
                        + Refusal.smtpRoute(DOMAIN, RouteDane.FAIL).sentence());
        assertThat(Refusal.smtpRoute(DOMAIN, RouteDane.FAIL).sentence()).contains("example.org", "route-host");
    }

    @Test
    void everyRequirementSaysWhoAsksForIt() {
        assertThat(new TlsRequirement.Never().source()).contains("tls = none");
        assertThat(new TlsRequirement.IfOffered(new Check.Nothing(), MX).source())
                .contains("would like");
        assertThat(new TlsRequirement.Encrypted(new Check.Nothing(), MX).source())
                .contains("encryption is required");
        assertThat(new TlsRequirement.Pkix(List.of(MX), MX).source()).contains("control requires it");
        assertThat(new TlsRequirement.Withheld(Refusal.smtpRoute(DOMAIN, RouteDane.FAIL)).source())
                .contains("no mail");
    }

    @Test
    void onlyTwoRequirementsAllowClearText() {
        assertThat(new TlsRequirement.Never().allowsClearText()).isTrue();
        assertThat(new TlsRequirement.IfOffered(new Check.Nothing(), MX).allowsClearText())
                .isTrue();
        assertThat(new TlsRequirement.Encrypted(new Check.Nothing(), MX).allowsClearText())
                .isFalse();
        assertThat(new TlsRequirement.Pkix(List.of(MX), MX).allowsClearText()).isFalse();
        assertThat(DANE.allowsClearText()).isFalse();
        assertThat(new TlsRequirement.Withheld(Refusal.smtpRoute(DOMAIN, RouteDane.FAIL)).allowsClearText())
                .isFalse();
    }

    @Test
    void daneWithoutTlsIsNoRule() {
        assertThatThrownBy(() -> new DestinationRule(TlsSupport.NONE, DaneSupport.OPPORTUNISTIC, InsecureMx.DANE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tls = none");
    }

    @Test
    void whatWasFoundHasAnAddress() {
        assertThatThrownBy(() -> new AddressFinding.Secure(List.of(), Facts.PROOF))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddressFinding.Insecure(List.of(), Facts.PROOF))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Rule("B11")
    void aHostNameMaySpellAnAddress() {
        assertThat(literal("192.0.2.25.")).contains(Facts.V4);
        assertThat(literal("2001:db8::25.")).contains(Facts.V6);
        assertThat(new MxHost(Facts.name("192.0.2.25"), 10).literal()).contains(Facts.V4);
    }

    @Test
    @Rule("B11")
    void aHostNameThatIsNearlyAnAddressIsAName() {
        assertThat(List.of("1.", "1.2.", "127.1.", "256.1.1.1.", "192.0.2.25.5.", "mx.example.net.", "a:b.", "."))
                .allSatisfy(text -> assertThat(literal(text)).isEmpty());
    }

    private static Optional<InetAddress> literal(String text) {
        return MxHost.literal(Name.fromConstantString(text));
    }
}
