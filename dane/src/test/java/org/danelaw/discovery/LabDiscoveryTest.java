package org.danelaw.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.discovery.ScriptedDns.name;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.danelaw.dnssec.Proof;
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
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

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
            Zone.named("bare.example").with("""
                    @            MX    10 mx
                    mx           A     192.0.2.29
                    """),
            Zone.named("twice.example").nsec3(1, "ab").with("""
                    @            MX    10 mx
                    mx           CNAME mx.bare.example.
                    """),
            Zone.named("late.example").with("""
                    @            MX    10 mx
                    mx           CNAME mx.bare.example.
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
        assertThat(destination("null.example"))
                .isInstanceOfSatisfying(
                        Destination.NullMx.class,
                        none -> assertThat(steps(none.proof())).contains("null.example signed null.example MX"));
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

    @Test
    @Rule("A2")
    void aDomainThatDoesNotExistIsDeniedByTheZoneAboveIt() {
        assertThat(destination("none.example"))
                .isInstanceOfSatisfying(
                        Destination.NoSuchDomain.class,
                        none -> assertThat(steps(none.proof())).contains("example denied none.example MX"));
    }

    @Test
    @Rule("A9")
    void anAbsenceIsFoundWithTheDenialThatProvesIt() {
        var host = only((Hosts) destination("bare.example"));
        assertThat(steps(host.tlsa())).contains("bare.example denied _25._tcp.mx.bare.example TLSA");
        assertThat(host.v6())
                .isInstanceOfSatisfying(
                        AddressFinding.None.class,
                        none -> assertThat(steps(none.proof())).contains("bare.example denied mx.bare.example AAAA"));
    }

    @Test
    @Rule("B3")
    void everyCandidateThatWasRuledOutIsProvedToHaveNoRecords() {
        assertThat(steps(only((Hosts) destination("twice.example")).tlsa()))
                .contains(
                        "bare.example denied _25._tcp.mx.bare.example TLSA",
                        "twice.example denied _25._tcp.mx.twice.example TLSA");
        assertThat(steps(only((Hosts) destination("late.example")).tlsa()))
                .contains(
                        "bare.example denied _25._tcp.mx.bare.example TLSA",
                        "late.example signed _25._tcp.mx.late.example TLSA");
    }

    private static List<String> steps(TlsaFinding finding) {
        return switch (finding) {
            case TlsaFinding.Usable(var records, var base, var proof) -> steps(proof);
            case TlsaFinding.Absent(var why, var proof) -> steps(proof);
            default -> throw new AssertionError(finding);
        };
    }

    /// What was signed and denied, as `zone denied name type`.
    private static List<String> steps(Proof proof) {
        return proof.steps().stream()
                .map(step -> switch (step) {
                    case Proof.Step.Signed signed -> line(signed.signer(), "signed", signed.owner(), signed.type());
                    case Proof.Step.Denied denied -> line(denied.zone(), "denied", denied.name(), denied.type());
                    case Proof.Step.Anchored _, Proof.Step.Delegated _, Proof.Step.NotDenied _, Proof.Step.Unsigned _ ->
                        "";
                })
                .toList();
    }

    private static String line(Name zone, String what, Name name, int type) {
        return String.join(" ", zone.toString(true), what, name.toString(true), Type.string(type));
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
