package org.danelaw.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.danelaw.dane.MailServer.Level;
import org.danelaw.discovery.ScriptedDns;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;
import org.danelaw.tls.Evidence;
import org.danelaw.tls.Handshake;
import org.danelaw.tls.TlsConnector;
import org.danelaw.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class DaneTest {
    private static final String EE = "3 1 1 " + "aa".repeat(32);
    private static final String MX = """
            secure example.org MX 10 mx.example.net.
            secure mx.example.net A 192.0.2.25
            secure mx.example.net AAAA 2001:db8::25
            """;
    private static final String AUTHENTICATED = MX + "secure _25._tcp.mx.example.net TLSA " + EE;

    @Test
    void aPlanNamesServersAndWhatTheyMustProve() {
        var servers = servers(AUTHENTICATED, DaneMode.MANDATORY).servers();
        assertThat(servers)
                .extracting(MailServer::toString)
                .containsExactly(
                        "mx.example.net [2001:db8:0:0:0:0:0:25]:25 AUTHENTICATED",
                        "mx.example.net [192.0.2.25]:25 AUTHENTICATED");
        assertThat(servers.getFirst().host()).isEqualTo("mx.example.net");
        assertThat(servers.getFirst().port()).isEqualTo(25);
        assertThat(servers.getFirst().tlsaRecords()).containsExactly(EE);
    }

    @Test
    void aServerWithoutUsableRecordsIsHeldToLess() {
        var absent = servers(MX + "secure _25._tcp.mx.example.net TLSA NXDOMAIN", DaneMode.OPPORTUNISTIC)
                .servers()
                .getFirst();
        assertThat(absent.level()).isEqualTo(Level.IF_OFFERED);
        assertThat(absent.tlsaRecords()).isEmpty();
        var unusable = servers(
                        MX + "secure _25._tcp.mx.example.net TLSA 1 1 1 " + "bb".repeat(32), DaneMode.OPPORTUNISTIC)
                .servers()
                .getFirst();
        assertThat(unusable.level()).isEqualTo(Level.ENCRYPTED);
    }

    @Test
    void aPlanThatLeadsNowhereSaysWhetherToWait() {
        assertThat(closed("bogus example.org MX", DaneMode.OPPORTUNISTIC).isPermanent())
                .isFalse();
        assertThat(closed("secure example.org MX NXDOMAIN", DaneMode.OPPORTUNISTIC))
                .satisfies(why -> {
                    assertThat(why.isPermanent()).isTrue();
                    assertThat(why).hasToString("5.1.2 no such domain: " + why.sentence());
                });
        assertThat(closed("secure example.org MX 0 .", DaneMode.OPPORTUNISTIC).status())
                .isEqualTo("5.1.10");
        assertThat(closed(MX + "secure _25._tcp.mx.example.net TLSA NXDOMAIN", DaneMode.MANDATORY)
                        .reason())
                .isEqualTo("no TLSA record");
    }

    @Test
    void whatAPlanPassesOverIsToldBesideIt() {
        var plan = servers("""
                secure example.org MX 10 mx.example.net.
                secure mx.example.net A 192.0.2.25
                bogus mx.example.net AAAA
                secure _25._tcp.mx.example.net TLSA %s""".formatted(EE), DaneMode.OPPORTUNISTIC);
        assertThat(plan.servers()).hasSize(1);
        assertThat(plan.obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.reason()).isEqualTo("host lookup error"));
    }

    @Test
    void aLookupCanBeReadOnlyIfItWasValidated() {
        var dns = ScriptedDns.of("""
                secure example.org MX 10 mx.example.net.
                insecure example.com A 192.0.2.1
                secure example.com AAAA NXDOMAIN
                secure example.net AAAA NODATA
                bogus example.net A
                unavailable example.net MX""");
        var dane = dane(dns, (plain, requirement) -> new Handshake.Failed("unused"));
        assertThat(dane.lookup("example.org.", "MX"))
                .isEqualTo(new DnsFinding.Secure(List.of("10 mx.example.net."), List.of()));
        assertThat(dane.lookup("example.com", "A")).isEqualTo(new DnsFinding.Insecure(List.of("192.0.2.1"), List.of()));
        assertThat(dane.lookup("example.com", "AAAA")).isEqualTo(new DnsFinding.Secure(List.of(), List.of()));
        assertThat(dane.lookup("example.net", "AAAA")).isEqualTo(new DnsFinding.Secure(List.of(), List.of()));
        assertThat(dane.lookup("example.net", "A"))
                .isInstanceOfSatisfying(
                        Obstacle.class, why -> assertThat(why.reason()).isEqualTo("bogus"));
        assertThat(dane.lookup("example.net", "MX"))
                .isInstanceOfSatisfying(
                        Obstacle.class, why -> assertThat(why.reason()).isEqualTo("unavailable"));
    }

    @Test
    void whatIsNoNameOrNoTypeIsRefusedAtOnce() {
        var dane = dane(ScriptedDns.of(""), (plain, requirement) -> new Handshake.Failed("unused"));
        assertThatThrownBy(() -> dane.lookup("a b", "MX")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dane.plan("", DaneMode.MANDATORY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> dane.lookup("example.org", "NOSUCH"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NOSUCH");
    }

    @Test
    void aServerThatProvesItselfIsSecured() throws IOException {
        try (var socket = new Socket()) {
            var by = new TlsaRecord(3, 1, 1, "aa".repeat(32));
            var verdict = new Verdict.Matched(by, 0, Optional.empty());
            var evidence = new Evidence("TLSv1.3", "TLS_AES_256_GCM_SHA384", "", Name.root, List.of());
            var asked = new TlsRequirement[1];
            var dane = dane(ScriptedDns.of(AUTHENTICATED), (plain, requirement) -> {
                asked[0] = requirement;
                return new Handshake.Secured(plain, verdict, evidence);
            });
            var server = ((MailPlan.Servers) dane.plan("example.org", DaneMode.MANDATORY))
                    .servers()
                    .getFirst();
            assertThat(dane.secure(socket, server))
                    .isEqualTo(new TlsFinding.Secured(
                            socket, "TLSv1.3", "TLS_AES_256_GCM_SHA384", "certificate 0 of its chain matches " + EE));
            assertThat(asked[0]).isInstanceOf(TlsRequirement.Dane.class);
        }
    }

    @Test
    void aServerThatProvesAnythingElseIsRefused() throws IOException {
        try (var socket = new Socket()) {
            var evidence = new Evidence("", "", "", Name.root, List.of());
            assertThat(refusal(
                            socket,
                            new Handshake.Refused(new Verdict.Mismatched(List.of("no record matches")), evidence)))
                    .satisfies(why -> assertThat(why.reason()).isEqualTo("server certificate not trusted"));
            assertThat(refusal(socket, new Handshake.Failed("the peer went away")))
                    .satisfies(why -> {
                        assertThat(why.reason()).isEqualTo("TLS handshake failed");
                        assertThat(why.sentence()).contains("the peer went away");
                    });
        }
    }

    @Test
    void closingEndsWhatWasOpened() throws IOException {
        var closed = new AtomicBoolean();
        new Dane(ScriptedDns.of(""), (plain, requirement) -> new Handshake.Failed("unused"), 25, () -> closed.set(true))
                .close();
        assertThat(closed).isTrue();
    }

    @Test
    void settingsNameAtLeastOneResolver() {
        assertThatThrownBy(DaneSettings::asking).isInstanceOf(IllegalArgumentException.class);
        var one = DaneSettings.asking(new InetSocketAddress("192.0.2.53", 53));
        assertThat(one.port()).isEqualTo(25);
        assertThat(one.trusting(Path.of("anchors")).atPort(2525))
                .isEqualTo(new DaneSettings(one.resolvers(), Optional.of(Path.of("anchors")), 2525));
    }

    private static Obstacle refusal(Socket socket, Handshake handshake) {
        var dane = dane(ScriptedDns.of(AUTHENTICATED), (plain, requirement) -> handshake);
        var server = ((MailPlan.Servers) dane.plan("example.org", DaneMode.MANDATORY))
                .servers()
                .getFirst();
        return (Obstacle) dane.secure(socket, server);
    }

    private static MailPlan.Servers servers(String script, DaneMode mode) {
        return (MailPlan.Servers) plan(script, mode);
    }

    private static Obstacle closed(String script, DaneMode mode) {
        return (Obstacle) plan(script, mode);
    }

    private static MailPlan plan(String script, DaneMode mode) {
        return dane(ScriptedDns.of(script), (plain, requirement) -> new Handshake.Failed("unused"))
                .plan("example.org", mode);
    }

    private static Dane dane(ScriptedDns dns, TlsConnector tls) {
        return new Dane(dns, tls, 25, () -> {});
    }
}
