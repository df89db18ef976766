package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.KeyKind;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.mailhost.StartTls;
import org.danelaw.lab.mailhost.Visit;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.Judgement;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.TlsRequirement.Check;
import org.danelaw.policy.Verdict;
import org.danelaw.tls.Handshake.Failed;
import org.danelaw.tls.Handshake.Refused;
import org.danelaw.tls.Handshake.Secured;
import org.danelaw.tlsa.CertificateAuthorities;
import org.danelaw.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

final class JsseTlsConnectorTest {
    private static final Certified ROOT = CertificateMaker.authority("Lab Root").make();
    private static final Certified LEAF =
            CertificateMaker.host("mx.example.com").by(ROOT).make();
    private static final Certified STRANGER =
            CertificateMaker.host("mx.example.com").make();
    private static final Identity IDENTITY = Identity.of(LEAF, ROOT);

    private static List<TlsaRecord> records(Certified certificate, int usage, int selector, int matchingType) {
        return List.of(new TlsaRecord(usage, selector, matchingType, certificate.association(selector, matchingType)));
    }

    private static TlsRequirement pinned() {
        return AfterThe220.dane(records(LEAF, 3, 1, 1));
    }

    @Test
    void carriesWhatFollowsTheHandshake() throws Exception {
        try (var host = AfterThe220.host(IDENTITY).start()) {
            var secured = (Secured) AfterThe220.shake(host, pinned());
            try (var socket = secured.socket()) {
                AfterThe220.say(socket, "NOOP");
                assertThat(AfterThe220.line(socket)).startsWith("250");
                AfterThe220.say(socket, "QUIT");
                assertThat(AfterThe220.line(socket)).startsWith("221");
            }
            assertThat(secured.socket().isClosed()).isTrue();
            var visit = host.visits().getFirst().awaitEnd();
            assertThat(visit.lines()).extracting(Visit.Line::underTls).containsExactly(false, false, true, true);
            assertThat(visit.failure()).isEmpty();
        }
    }

    @Test
    @Rule("D14")
    void nothingIsSentToAServerThatProvesSomethingElse() throws Exception {
        for (var version : new String[] {"TLSv1.3", "TLSv1.2"}) {
            try (var host = AfterThe220.host(IDENTITY, version).start()) {
                var socket = AfterThe220.connect(host.address());
                var refused =
                        (Refused) AfterThe220.connector().secure(socket, AfterThe220.dane(records(STRANGER, 3, 1, 1)));
                assertThat(socket.isClosed()).isTrue();
                assertThat(refused.verdict().reasons())
                        .singleElement()
                        .asString()
                        .contains("key is another");
                assertThat(refused.evidence().chain()).hasSize(2);
                assertThat(Refusal.mismatch(refused.evidence().sni(), refused.verdict())
                                .status())
                        .isEqualTo("4.7.5");
                var visit = host.visits().getFirst().awaitEnd();
                assertThat(visit.lines())
                        .extracting(Visit.Line::text)
                        .containsExactly("EHLO client.example.com", "STARTTLS");
                // The alert arrives, and no reset in its place.
                assertThat(visit.failure().orElseThrow()).as(version).contains("certificate_unknown");
            }
        }
    }

    @Test
    @Rule("D17")
    void noSessionIsResumedPastTheDecision() throws Exception {
        for (var version : new String[] {"TLSv1.3", "TLSv1.2"}) {
            try (var host = AfterThe220.host(IDENTITY, version).start()) {
                var judged = new AtomicInteger();
                Judge counting = (requirement, chain, now) -> {
                    judged.incrementAndGet();
                    return AfterThe220.NO_AUTHORITIES.judge(requirement, chain, now);
                };
                var connector = new JsseTlsConnector(counting, AfterThe220.CLOCK);
                for (int connections = 1; connections <= 6; connections++) {
                    var secured = (Secured) connector.secure(AfterThe220.connect(host.address()), pinned());
                    try (var socket = secured.socket()) {
                        // A server gives its tickets behind the handshake: they are read with the first
                        // reply.
                        AfterThe220.say(socket, "QUIT");
                        assertThat(AfterThe220.line(socket)).startsWith("221");
                    }
                    assertThat(judged).as(version).hasValue(connections);
                }
                // The same server, other records: what was proved before does not count.
                assertThat(connector.secure(
                                AfterThe220.connect(host.address()), AfterThe220.dane(records(STRANGER, 3, 1, 1))))
                        .isInstanceOf(Refused.class);
            }
        }
    }

    @ParameterizedTest
    @Rule("D12")
    @ValueSource(strings = {"mx.example.com.", "_odd.mx-1.example.com.", "MX.Example.COM."})
    void theServerNameIsTheBaseDomainWithoutItsFinalDot(String base) throws Exception {
        try (var host = AfterThe220.host(IDENTITY).start()) {
            var requirement =
                    new TlsRequirement.Dane(records(LEAF, 3, 1, 1), List.of(), Name.fromString(base), MxTrust.SECURE);
            assertThat(AfterThe220.shake(host, requirement)).isInstanceOf(Secured.class);
            assertThat(host.visits().getFirst().serverName())
                    .contains(base.substring(0, base.length() - 1).toLowerCase(java.util.Locale.ROOT));
        }
    }

    @ParameterizedTest
    @Rule("D12")
    @ValueSource(strings = {"192.0.2.1.", "."})
    void anAddressIsNoServerName(String base) throws Exception {
        try (var host = AfterThe220.host(IDENTITY).start()) {
            var requirement = new TlsRequirement.Encrypted(new Check.Nothing(), Name.fromString(base));
            assertThat(AfterThe220.shake(host, requirement)).isInstanceOf(Secured.class);
            assertThat(host.visits().getFirst().serverName()).isEmpty();
        }
    }

    @Test
    @Rule("D12")
    void aServerWithSeveralCertificatesIsAskedForTheOneOfTheBaseDomain() throws Exception {
        try (var host = AfterThe220.host(Identity.of(STRANGER))
                .showingFor("mx.example.com", IDENTITY)
                .start()) {
            assertThat(AfterThe220.shake(host, pinned())).isInstanceOf(Secured.class);
        }
    }

    @Test
    @Rule("D13")
    void aHandshakeThatFailsDefersWithAReasonToActOn() throws Exception {
        var host = AfterThe220.host(IDENTITY);
        assertThat(why(host.startTls(new StartTls.Alerts(40)).start()))
                .isEqualTo("the server broke the TLS handshake off with the alert handshake_failure");
        assertThat(why(host.startTls(new StartTls.Garbage()).start()))
                .isEqualTo("the server answered with something that is not TLS");
        assertThat(why(host.startTls(new StartTls.Closes()).start()))
                .isEqualTo("the server closed the connection during the TLS handshake");
    }

    private static String why(MailHost started) throws IOException {
        try (var host = started) {
            var socket = AfterThe220.connect(host.address());
            var failed = (Failed) AfterThe220.connector().secure(socket, pinned());
            assertThat(socket.isClosed()).isTrue();
            var refusal = Refusal.tlsFailed(Name.fromConstantString("mx.example.com."), failed.why(), pinned());
            assertThat(refusal.status()).startsWith("4.7.");
            return failed.why();
        }
    }

    @Test
    @Rule("D13")
    void aSilentServerIsWaitedForNoLongerThanTheCallerSays() throws Exception {
        try (var host =
                AfterThe220.host(IDENTITY).startTls(new StartTls.Silent()).start()) {
            var socket = AfterThe220.connect(host.address());
            socket.setSoTimeout(200);
            assertThat(AfterThe220.connector().secure(socket, pinned()))
                    .isEqualTo(new Failed("the server did not go on with the TLS handshake in time"));
        }
    }

    @Test
    @Rule("D13")
    void plainTextInjectedBehindThe220IsNotTls() throws Exception {
        try (var host = AfterThe220.host(IDENTITY)
                .startTls(StartTls.injecting("250 2.0.0 trust me"))
                .start()) {
            assertThat(AfterThe220.shake(host, pinned()))
                    .isEqualTo(new Failed("the server answered with something that is not TLS"));
        }
    }

    @Test
    @Rule("D15")
    void anAnonymousServerIsGoodEnoughOnlyInPlaceOfClearText() throws Exception {
        var anonymous = new StartTls.Shakes(List.of("TLSv1.2"), List.of("TLS_ECDH_anon_WITH_AES_128_CBC_SHA"), "");
        try (var host = AfterThe220.host(IDENTITY).startTls(anonymous).start()) {
            assertThat(AfterThe220.shake(host, pinned())).isInstanceOf(Failed.class);
            assertThat(AfterThe220.shake(host, AfterThe220.encrypted())).isInstanceOf(Failed.class);
            var secured = (Secured) AfterThe220.shake(host, AfterThe220.ifOffered());
            assertThat(secured.verdict()).isEqualTo(new Verdict.Unchecked(""));
            assertThat(secured.evidence().cipher()).isEqualTo("AECDH-AES128-SHA");
            assertThat(secured.evidence().chain()).isEmpty();
            secured.socket().close();
        }
    }

    @ParameterizedTest
    @Rule("D15")
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void oldProtocolsAreGoodEnoughWhereNobodyIsAuthenticated(String version) throws Exception {
        try (var host = AfterThe220.host(IDENTITY, version).start()) {
            assertThat(AfterThe220.shake(host, pinned())).isInstanceOf(Failed.class);
            for (var requirement : List.of(AfterThe220.encrypted(), AfterThe220.ifOffered())) {
                var secured = (Secured) AfterThe220.shake(host, requirement);
                assertThat(secured.evidence().protocol()).isEqualTo(version);
                secured.socket().close();
            }
        }
    }

    @Test
    @Rule("D15")
    void keyTransportWithoutForwardSecrecyIsNotGoodEnoughForAuthentication() throws Exception {
        var rsa = CertificateMaker.host("mx.example.com")
                .keys(KeyKind.RSA_2048.known())
                .make();
        var transport = new StartTls.Shakes(List.of("TLSv1.2"), List.of("TLS_RSA_WITH_AES_128_GCM_SHA256"), "");
        try (var host = AfterThe220.host(Identity.of(rsa)).startTls(transport).start()) {
            assertThat(AfterThe220.shake(host, AfterThe220.dane(records(rsa, 3, 1, 1))))
                    .isInstanceOf(Failed.class);
            var secured = (Secured) AfterThe220.shake(host, AfterThe220.encrypted());
            assertThat(secured.evidence().cipher()).isEqualTo("AES128-GCM-SHA256");
            secured.socket().close();
        }
    }

    @Test
    @Rule("D18")
    void theEvidenceHasWhatWasSeenAndTheVerdictWhatItProved() throws Exception {
        try (var host = AfterThe220.host(IDENTITY, "TLSv1.3").start()) {
            var base = Name.fromConstantString("mx.example.com.");
            var secured = (Secured) AfterThe220.shake(host, AfterThe220.dane(records(ROOT, 2, 1, 1), base));
            secured.socket().close();
            assertThat(secured.verdict())
                    .isEqualTo(new Verdict.Matched(records(ROOT, 2, 1, 1).getFirst(), 1, Optional.of(base)));
            assertThat(secured.evidence().protocol()).isEqualTo("TLSv1.3");
            assertThat(secured.evidence().cipher()).isEqualTo("TLS_AES_256_GCM_SHA384");
            assertThat(secured.evidence().group()).isEqualTo("x25519");
            assertThat(secured.evidence().sni()).isEqualTo(base);
            assertThat(secured.evidence().chain()).containsExactly(LEAF.der(), ROOT.der());
        }
        var suite = new StartTls.Shakes(List.of("TLSv1.2"), List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), "");
        try (var host = AfterThe220.host(IDENTITY).startTls(suite).start()) {
            var secured = (Secured) AfterThe220.shake(host, pinned());
            secured.socket().close();
            assertThat(secured.evidence().protocol()).isEqualTo("TLSv1.2");
            assertThat(secured.evidence().cipher()).isEqualTo("ECDHE-ECDSA-AES128-GCM-SHA256");
            assertThat(secured.evidence().group()).isEqualTo("x25519");
        }
    }

    @Test
    @Rule("D19")
    void theVerdictIsOnTheCertificateThatWasPresented() throws Exception {
        var rsa = CertificateMaker.host("mx.example.com")
                .keys(KeyKind.RSA_2048.known())
                .make();
        try (var host = MailHost.named("mx.example.com")
                .showing(Identity.of(rsa), IDENTITY)
                .start()) {
            var secured = (Secured) AfterThe220.shake(
                    host,
                    AfterThe220.dane(List.of(
                            records(LEAF, 3, 1, 1).getFirst(),
                            records(rsa, 3, 1, 1).getFirst())));
            secured.socket().close();
            var by = ((Verdict.Matched) secured.verdict()).by();
            var presented = secured.evidence().chain().getFirst();
            assertThat(by.data())
                    .isEqualTo((java.util.Arrays.equals(presented, rsa.der()) ? rsa : LEAF).association(1, 1));
        }
    }

    @Test
    void aCaStoreVouchesOnlyWhereTheRequirementSaysSo() throws Exception {
        var store = new Judgement(new CertificateAuthorities(List.of(ROOT.parsed())));
        var connector = new JsseTlsConnector(store, AfterThe220.CLOCK);
        var base = Name.fromConstantString("mx.example.com.");
        try (var host = AfterThe220.host(Identity.of(LEAF)).start()) {
            var trusted = (Secured)
                    connector.secure(AfterThe220.connect(host.address()), new TlsRequirement.Pkix(List.of(base), base));
            assertThat(trusted.verdict()).isEqualTo(new Verdict.Trusted(base));
            trusted.socket().close();
            // RFC 7672 section 3.1.2: DANE never asks the store.
            assertThat(connector.secure(
                            AfterThe220.connect(host.address()), AfterThe220.dane(records(ROOT, 2, 1, 1), base)))
                    .isInstanceOf(Refused.class);
        }
        try (var host = AfterThe220.host(Identity.of(STRANGER)).start()) {
            assertThat(connector.secure(
                            AfterThe220.connect(host.address()), new TlsRequirement.Pkix(List.of(base), base)))
                    .isInstanceOf(Refused.class);
            var reported = (Secured) connector.secure(
                    AfterThe220.connect(host.address()),
                    new TlsRequirement.IfOffered(new Check.ReportOnly(List.of(base)), base));
            assertThat(reported.verdict())
                    .isEqualTo(new Verdict.Unchecked("the certificate leads to no authority of the CA store"));
            reported.socket().close();
        }
    }

    @Test
    void aServerThatHasNotTheKeyProvesNothing() throws Exception {
        // The right certificate, signed for with another key.
        try (var host = AfterThe220.host(Identity.of(LEAF.withKeysOf(STRANGER))).start()) {
            assertThat(AfterThe220.shake(host, pinned())).isInstanceOf(Failed.class);
        }
    }

    @Test
    void nobodyIsToShakeHandsWhereNoTlsIsWanted() throws Exception {
        try (var host = AfterThe220.host(IDENTITY).start();
                var socket = AfterThe220.connect(host.address())) {
            assertThatThrownBy(() -> AfterThe220.connector().secure(socket, new TlsRequirement.Never()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
