package org.danelaw.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.discovery.ScriptedDns.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Damage;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Misconduct;
import org.danelaw.lab.world.Zone;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Hosts;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.TlsaFinding;
import org.danelaw.resolver.DnsResolver;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.DnsSettings;
import org.danelaw.resolver.ResolverEvents;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules that count packets or rest on proofs, from a domain to its findings, over a signed internet.
class LabDiscoveryTest {
    private static final String EE = "3 1 1 " + "aa".repeat(32);

    private static final List<Zone> ZONES = List.of(
            Zone.named("dane.example").with("""
                    @            MX   10 mx
                    mx           A    192.0.2.25
                    mx           AAAA 2001:db8::25
                    _25._tcp.mx  TLSA %s
                    """.formatted(EE)),
            // An unsigned zone whose servers never answer a TLSA query.
            Zone.named("unsigned.example")
                    .unsigned()
                    .with("""
                    @            MX   10 mx
                    mx           A    192.0.2.26
                    """)
                    .but(Damage.serversThat(Misconduct.forType("TLSA", Misconduct.servfail()))),
            Zone.named("outlook.example").with("@ MX 10 mx.unsigned.example."),
            Zone.named("null.example").with("@ MX 0 ."),
            Zone.named("implicit.example").with("""
                    @            A    192.0.2.27
                    _25._tcp     TLSA %s
                    """.formatted(EE)),
            Zone.named("unproved.example")
                    .with("@ A 192.0.2.28")
                    .but(Damage.denial().isMissing()),
            Zone.named("chain.example").with("""
                    @            MX    10 mx
                    mx           CNAME between
                    between      CNAME mx.dane.example.
                    _25._tcp.between TLSA %s
                    """.formatted("3 1 1 " + "bb".repeat(32))),
            Zone.named("alias.example").with("""
                    @            MX    10 mx
                    mx           CNAME mx.unsigned.example.
                    _25._tcp.mx  TLSA  %s
                    """.formatted(EE)),
            Zone.named("wild.example").with("""
                    *            MX    10 mx.dane.example.
                    """),
            Zone.named("wildly.example").with("""
                    *            MX    10 mx.dane.example.
                    """).but(Damage.denial().isMissing()));

    @TempDir
    static Path folder;

    private static NameServer server;
    private static DnsResolver resolver;

    @BeforeAll
    static void start() throws IOException {
        var internet = Internet.at(Instant.now(), ZONES);
        server = NameServer.start(Answers.recursive(internet));
        var anchors = Files.writeString(folder.resolve("anchors"), internet.anchorText());
        var settings = DnsSettings.of(List.of(new DnsServer(server.address(), 0)))
                .withTrustAnchors(anchors)
                // Generous where a question is lost on a loaded machine; no test waits for it otherwise.
                .withTimeOuts(List.of(Duration.ofSeconds(60)));
        resolver = DnsResolver.start(settings, ResolverEvents.NONE);
    }

    @AfterAll
    static void stop() throws IOException {
        resolver.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        resolver.flush();
        server.queries().clear();
    }

    @Test
    @Rule("A3")
    void aNullMxCostsNoFurtherQuery() {
        assertThat(destination("null.example")).isEqualTo(new Destination.NullMx());
        assertThat(asked("A") + asked("AAAA") + asked("TLSA")).isZero();
    }

    @Test
    @Rule("A4")
    void aProvenAbsenceOfMxRecordsMakesTheDomainAHostWithDane() {
        var hosts = (Hosts) destination("implicit.example");
        assertThat(hosts.trust()).isEqualTo(MxTrust.SECURE);
        assertUsable(only(hosts), "implicit.example");
    }

    @Test
    @Rule("A4")
    void anAbsenceWithoutItsProofInASignedZoneIsAFailedLookup() {
        assertThat(destination("unproved.example"))
                .isInstanceOfSatisfying(
                        Destination.Unresolved.class,
                        unresolved -> assertThat(unresolved.trouble()).isEqualTo(Destination.Trouble.BOGUS));
    }

    @Test
    @Rule("A7")
    void aHostInAnUnsignedZoneIsNeverSentATlsaQuery() {
        var hosts = (Hosts) destination("outlook.example");
        assertThat(hosts.trust()).isEqualTo(MxTrust.SECURE);
        var host = only(hosts);
        assertThat(host.v4()).isInstanceOf(AddressFinding.Insecure.class);
        assertThat(host.tlsa()).isInstanceOf(TlsaFinding.NotAsked.class);
        assertThat(asked("TLSA")).isZero();
        assertThat(asked("CNAME")).isZero();
    }

    @Test
    @Rule({"B1", "B2", "A14"})
    void aSignedHostIsFoundWithItsRecords() {
        var host = only((Hosts) destination("dane.example"));
        assertThat(host.v4()).isInstanceOf(AddressFinding.Secure.class);
        assertThat(host.v6()).isInstanceOf(AddressFinding.Secure.class);
        assertUsable(host, "mx.dane.example");
        assertThat(server.queries().count("_25._tcp.mx.dane.example", "TLSA")).isOne();
    }

    @Test
    @Rule({"B3", "B7"})
    void aSignedChainLeadsToTheRecordsAtItsEnd() {
        assertUsable(only((Hosts) destination("chain.example")), "mx.dane.example");
        assertThat(server.queries().count("_25._tcp.between.chain.example", "TLSA"))
                .isZero();
    }

    @Test
    @Rule("B6")
    void aSignedAliasToAnUnsignedZoneIsAskedForByItself() {
        var host = only((Hosts) destination("alias.example"));
        assertThat(host.v4()).isInstanceOf(AddressFinding.Insecure.class);
        assertUsable(host, "mx.alias.example");
        assertThat(server.queries().count("mx.alias.example", "CNAME")).isOne();
        assertThat(server.queries().count("_25._tcp.mx.unsigned.example", "TLSA"))
                .isZero();
    }

    @Test
    @Rule("A20")
    void aHostNamedByAWildcardIsProvedToHaveNoCloserName() {
        var hosts = (Hosts) destination("any.wild.example");
        assertThat(hosts.trust()).isEqualTo(MxTrust.SECURE);
        assertUsable(only(hosts), "mx.dane.example");
        // Without the proof that no closer name exists, the same record may stand where it never stood.
        assertThat(destination("any.wildly.example")).isInstanceOf(Destination.Unresolved.class);
    }

    private static Destination destination(String domain) {
        return new Discovery(resolver).destination(name(domain));
    }

    private static HostFinding only(Hosts hosts) {
        assertThat(hosts.hosts()).hasSize(1);
        return new Discovery(resolver).host(hosts.hosts().getFirst(), 25);
    }

    private static long asked(String type) {
        return server.queries().count(type);
    }

    private static void assertUsable(HostFinding host, String base) {
        assertThat(host.tlsa()).isInstanceOfSatisfying(TlsaFinding.Usable.class, usable -> {
            assertThat(usable.baseDomain()).isEqualTo(name(base));
            assertThat(usable.records()).singleElement().hasToString(EE);
        });
    }
}
