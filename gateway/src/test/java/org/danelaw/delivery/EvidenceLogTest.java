package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.Identity;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.Judgement;
import org.danelaw.policy.MxTrust;
import org.danelaw.tls.JsseTlsConnector;
import org.danelaw.tlsa.CertificateAuthorities;
import org.danelaw.tlsa.TlsaRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the mail log keeps of a proven connection, over real handshakes with a real mail host.
final class EvidenceLogTest {
    private static final String HOST = "mx.two.example";
    private static final String V4 = "198.51.100.1";
    private static final String V6 = "2001:db8::1";
    private static final Certified ROOT = CertificateMaker.authority("Root").make();
    private static final Certified LEAF = CertificateMaker.host(HOST).by(ROOT).make();
    private static final Identity ALONE = Identity.of(LEAF);
    private static final Identity WITH_ROOT = Identity.of(LEAF, ROOT);

    @TempDir
    private Path folder;

    private Gateway gateway;

    @BeforeEach
    void buildTheWorld() {
        gateway = new Gateway(folder)
                .rule(TlsSupport.PREFERRED, DaneSupport.OPPORTUNISTIC)
                .tls(new JsseTlsConnector(
                        new Judgement(new CertificateAuthorities(List.of())), InstantSource.system()));
        gateway.facts.mx("two.example", MxTrust.SECURE, HOST);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
    }

    @Test
    @Rule("D18")
    void aKeyThatARecordNamesIsLoggedWithItsPlaceGroupCipherAndTheStatusOfEachLookup() throws IOException {
        gateway.facts.host(HOST, V4, Facts.usable(HOST, record(LEAF, 3, 1, 1)));

        assertThat(deliver(ALONE))
                .containsExactly(
                        "DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384 for two.example",
                        "DCID 1 DANE success for two.example mx mx.two.example reason TLSA 3 1 1 at depth 0"
                                + " base mx.two.example group x25519 mx secure address secure tlsa secure");
    }

    @Test
    @Rule("D18")
    void anAuthorityThatWasPresentedIsLoggedWithTheNameThatCounted() throws IOException {
        gateway.facts.host(HOST, V4, Facts.usable(HOST, record(ROOT, 2, 1, 0)));

        assertThat(deliver(WITH_ROOT))
                .contains("DCID 1 DANE success for two.example mx mx.two.example reason TLSA 2 1 0 at depth 1"
                        + " base mx.two.example name mx.two.example group x25519"
                        + " mx secure address secure tlsa secure");
    }

    @Test
    @Rule({"D8", "D18"})
    void anAuthoritysKeyThatOnlyTheRecordHoldsIsLoggedAsBare() throws IOException {
        gateway.facts.host(HOST, V4, Facts.usable(HOST, record(ROOT, 2, 1, 0)));

        assertThat(deliver(ALONE))
                .contains("DCID 1 DANE success for two.example mx mx.two.example reason TLSA 2 1 0 bare key at depth 1"
                        + " base mx.two.example name mx.two.example group x25519"
                        + " mx secure address secure tlsa secure");
    }

    @Test
    @Rule({"B14", "D18"})
    void anInsecureMxIsLoggedBesideTheSecureRest() throws IOException {
        gateway.facts
                .mx("two.example", MxTrust.INSECURE, HOST)
                .host(HOST, V4, Facts.usable(HOST, record(LEAF, 3, 1, 1)));

        assertThat(deliver(ALONE))
                .containsExactly(
                        "DCID 1 TLS success protocol TLSv1.3 cipher TLS_AES_256_GCM_SHA384",
                        "DCID 1 DANE insecure-mx for two.example mx mx.two.example reason TLSA 3 1 1 at depth 0"
                                + " base mx.two.example group x25519 mx insecure address secure tlsa secure");
    }

    @Test
    @Rule({"B6", "D18"})
    void anInsecureAddressBehindASecureAliasIsLoggedAsWhatItIs() throws IOException {
        gateway.facts.host(
                HOST,
                new AddressFinding.Insecure(List.of(InetAddress.ofLiteral(V4)), Facts.PROOF),
                Facts.usable(HOST, record(LEAF, 3, 1, 1)));

        assertThat(deliver(ALONE)).last().asString().endsWith(" mx secure address insecure tlsa secure");
    }

    @Test
    @Rule({"A14", "D18"})
    void theStatusIsThatOfTheAddressThatWasDialled() throws IOException {
        gateway.facts.host(
                HOST,
                new AddressFinding.Secure(List.of(InetAddress.ofLiteral(V4)), Facts.PROOF),
                new AddressFinding.Insecure(List.of(InetAddress.ofLiteral(V6)), Facts.PROOF),
                Facts.usable(HOST, record(LEAF, 3, 1, 1)));

        // Nobody listens at the first address, so the second is dialled.
        assertThat(deliver(ALONE, V6)).last().asString().endsWith(" mx secure address insecure tlsa secure");
    }

    @Test
    @Rule("D18")
    void anIpv4AddressInAnAaaaRecordHasTheStatusOfThatRecord() throws IOException {
        gateway.facts.host(
                HOST,
                new AddressFinding.None(Facts.PROOF),
                new AddressFinding.Secure(List.of(InetAddress.ofLiteral("::ffff:" + V4)), Facts.PROOF),
                Facts.usable(HOST, record(LEAF, 3, 1, 1)));

        assertThat(deliver(ALONE)).last().asString().endsWith(" mx secure address secure tlsa secure");
    }

    private List<String> deliver(Identity shown) throws IOException {
        return deliver(shown, V4);
    }

    /// Delivers a message to a host at `address`; what the log then says of TLS and DANE.
    private List<String> deliver(Identity shown, String address) throws IOException {
        try (var host = MailHost.named(HOST).showing(shown).start()) {
            gateway.peer(address, host.port());
            gateway.put("b@two.example");
            gateway.start().awaitLog("Message finished");
            assertThat(host.mails())
                    .singleElement()
                    .satisfies(mail -> assertThat(mail.underTls()).isTrue());
        }
        return gateway.log().stream()
                .filter(line -> line.contains(" TLS ") || line.contains(" DANE "))
                .toList();
    }

    private static TlsaRecord record(Certified certified, int usage, int selector, int matchingType) {
        return new TlsaRecord(usage, selector, matchingType, certified.association(selector, matchingType));
    }
}
