package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.policy.Facts.A_BOGUS;
import static org.danelaw.policy.Facts.A_FAILED;
import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.MX;
import static org.danelaw.policy.Facts.NONE;
import static org.danelaw.policy.Facts.PROOF;
import static org.danelaw.policy.Facts.TLSA;
import static org.danelaw.policy.Facts.USABLE;
import static org.danelaw.policy.Facts.V4;
import static org.danelaw.policy.Facts.V6;
import static org.danelaw.policy.Facts.host;
import static org.danelaw.policy.Facts.insecure;
import static org.danelaw.policy.Facts.mandatory;
import static org.danelaw.policy.Facts.name;
import static org.danelaw.policy.Facts.opportunistic;
import static org.danelaw.policy.Facts.require;
import static org.danelaw.policy.Facts.secure;

import java.util.List;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.Destination.Hosts;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.TlsRequirement.Check;
import org.danelaw.policy.TlsRequirement.Dane;
import org.danelaw.policy.TlsRequirement.Encrypted;
import org.danelaw.policy.TlsRequirement.IfOffered;
import org.danelaw.policy.TlsRequirement.Pkix;
import org.danelaw.policy.TlsRequirement.Withheld;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class DecisionTest {
    private static final Check NOTHING = new Check.Nothing();
    private static final List<Name> BOTH = List.of(DOMAIN, MX);

    @Test
    @Rule("A1")
    void aFailedMxLookupDefersTheMessageWhicheverWayItFailed() {
        for (var trouble : Trouble.values()) {
            assertThat(Decision.conclude(DOMAIN, new Destination.Unresolved(trouble, Facts.SERVFAIL)))
                    .containsInstanceOf(Conclusion.Deferred.class)
                    .hasValueSatisfying(conclusion -> {
                        assertThat(conclusion.why().status()).isEqualTo("4.4.3");
                        assertThat(conclusion.why().reason()).isEqualTo("domain lookup error");
                        assertThat(conclusion.why().sentence()).contains("MX", "example.org", "SERVFAIL");
                    });
        }
    }

    @Test
    @Rule("A2")
    void aDomainThatDoesNotExistBounces() {
        assertThat(Decision.conclude(DOMAIN, new Destination.NoSuchDomain(Facts.PROOF))
                        .orElseThrow())
                .isInstanceOf(Conclusion.Bounced.class)
                .satisfies(conclusion -> assertThat(conclusion.why().status()).isEqualTo("5.1.2"))
                .satisfies(conclusion -> assertThat(conclusion.why().sentence()).contains("example.org", "not exist"));
    }

    @Test
    @Rule("A3")
    void aNullMxBounces() {
        assertThat(Decision.conclude(DOMAIN, new Destination.NullMx(Facts.PROOF))
                        .orElseThrow())
                .isInstanceOf(Conclusion.Bounced.class)
                .satisfies(conclusion -> assertThat(conclusion.why().status()).isEqualTo("5.1.10"))
                .satisfies(conclusion -> assertThat(conclusion.why().sentence()).contains("example.org", "null MX"));
    }

    @Test
    void aDestinationWithHostsIsNotConcludedBeforeTheyAreTried() {
        assertThat(Decision.conclude(DOMAIN, Facts.destination(MxTrust.SECURE))).isEmpty();
    }

    @Test
    @Rule("A7")
    void aHostWithInsecureAddressesGetsMailAsTheTlsSettingSays() {
        assertThat(require(opportunistic(), MxTrust.SECURE, host(insecure(V4), Facts.NOT_ASKED)))
                .isEqualTo(new IfOffered(NOTHING, MX));
    }

    @Test
    @Rule("A8")
    void anErrorAtTheTlsaRecordsKeepsMailFromTheHost() {
        for (var tlsa : List.of(Facts.TLSA_FAILED, Facts.TLSA_BOGUS)) {
            for (var rule : List.of(opportunistic(), mandatory())) {
                assertWithheld(
                        require(rule, MxTrust.SECURE, host(secure(V4), tlsa)), Ground.TLSA_LOOKUP_ERROR, "4.4.3");
            }
        }
    }

    @Test
    @Rule("A9")
    void withoutTlsaRecordsTheTlsSettingDecidesButMandatoryDaneWaits() {
        var host = host(secure(V4), Facts.ABSENT);
        assertThat(require(opportunistic(), MxTrust.SECURE, host)).isEqualTo(new IfOffered(NOTHING, MX));
        assertWithheld(require(mandatory(), MxTrust.SECURE, host), Ground.NO_TLSA, "4.7.0");
    }

    @Test
    @Rule("A10")
    void insecureTlsaRecordsAreAsGoodAsNone() {
        var host = host(secure(V4), Facts.INSECURE_TLSA);
        assertThat(require(opportunistic(), MxTrust.SECURE, host)).isEqualTo(new IfOffered(NOTHING, MX));
        assertWithheld(require(mandatory(), MxTrust.SECURE, host), Ground.WITHOUT_DNSSEC, "4.7.0");
    }

    @Test
    @Rule("A14")
    void aFailedFamilyLeavesDaneOnForTheOther() {
        var onlyV4 = host(secure(V4), A_BOGUS, TLSA);
        var onlyV6 = host(A_FAILED, secure(V6), TLSA);
        for (var rule : List.of(opportunistic(), mandatory())) {
            assertThat(through(rule, onlyV4, AddressFamily.IPV4)).isInstanceOf(Dane.class);
            assertWithheld(through(rule, onlyV4, AddressFamily.IPV6), Ground.HOST_LOOKUP_ERROR, "4.4.3");
            assertThat(through(rule, onlyV6, AddressFamily.IPV6)).isInstanceOf(Dane.class);
            assertWithheld(through(rule, onlyV6, AddressFamily.IPV4), Ground.HOST_LOOKUP_ERROR, "4.4.3");
        }
    }

    @Test
    @Rule("A14")
    void aForgedAddressOfTheInsecureFamilyIsNoWayAroundTheTlsaRecords() {
        var mixed = host(secure(V4), insecure(V6), TLSA);
        assertThat(through(opportunistic(), mixed, AddressFamily.IPV4)).isInstanceOf(Dane.class);
        assertThat(through(opportunistic(), mixed, AddressFamily.IPV6)).isInstanceOf(Dane.class);
        assertThat(through(mandatory(), mixed, AddressFamily.IPV4)).isInstanceOf(Dane.class);
        assertWithheld(through(mandatory(), mixed, AddressFamily.IPV6), Ground.WITHOUT_DNSSEC, "4.7.0");
    }

    @Test
    @Rule("B6")
    void aSecureAliasToInsecureAddressesIsHeldToItsOwnRecordsUnderMandatoryDaneToo() {
        var aliased = host(insecure(V4), insecure(V6), TLSA);
        for (var family : AddressFamily.values()) {
            assertThat(through(mandatory(), aliased, family)).isInstanceOf(Dane.class);
        }
    }

    @Test
    void aFailedAddressLookupIsNotAnAbsence() {
        for (var addresses : List.of(host(A_FAILED, NONE, TLSA), host(NONE, A_FAILED, TLSA))) {
            for (var trust : MxTrust.values()) {
                assertWithheld(require(opportunistic(), trust, addresses), Ground.HOST_LOOKUP_ERROR, "4.4.3");
                assertWithheld(require(mandatory(), trust, addresses), Ground.HOST_LOOKUP_ERROR, "4.4.3");
            }
        }
    }

    @Test
    void theFamilyThatFailedIsNamed() {
        assertThat(sentence(require(opportunistic(), MxTrust.SECURE, host(A_FAILED, NONE, TLSA))))
                .startsWith("The A look-up for mx.example.net failed: " + Facts.SERVFAIL.sentence());
        assertThat(sentence(require(opportunistic(), MxTrust.SECURE, host(NONE, A_BOGUS, TLSA))))
                .startsWith("The AAAA look-up for mx.example.net failed: " + Facts.EXPIRED.sentence());
    }

    @Test
    @Rule("A30")
    void aHostWithoutAnyAddressIsPassedOver() {
        assertWithheld(
                require(opportunistic(), MxTrust.SECURE, host(NONE, NONE, Facts.NOT_ASKED)),
                Ground.NO_ADDRESS,
                "5.4.4");
    }

    @Test
    @Rule({"B1", "D12"})
    void theServerIsToldTheBaseDomainAndNotTheRecipientsDomain() {
        var base = name("backend.example.com");
        var host = new HostFinding(new MxHost(MX, 10), base, secure(V4), NONE, usable(base));
        assertThat(require(opportunistic(), MxTrust.SECURE, host))
                .isInstanceOfSatisfying(
                        Dane.class, dane -> assertThat(dane.sni()).isEqualTo(base));
        var unusable = new HostFinding(new MxHost(MX, 10), base, secure(V4), NONE, allUnusable(base));
        assertThat(require(opportunistic(), MxTrust.SECURE, unusable)).isEqualTo(new Encrypted(NOTHING, base));
    }

    @Test
    @Rule({"B9", "D10"})
    void behindASecureMxTheNextHopIsAReferenceNameBeforeAndAfterItsAlias() {
        var alias = new Hosts(
                new NextHop(DOMAIN, name("real.example.com")), MxTrust.SECURE, List.of(new MxHost(MX, 10)), PROOF);
        assertThat(names(alias, host(secure(V4), TLSA))).containsExactly(MX, DOMAIN, name("real.example.com"));
    }

    @Test
    @Rule("D10")
    void withoutMxRecordsTheBaseDomainAndTheOriginalNameAreReferenceNames() {
        var expanded = name("real.example.com");
        var implicit = new Hosts(new NextHop(DOMAIN, expanded), MxTrust.SECURE, List.of(new MxHost(DOMAIN, 0)), PROOF);
        assertThat(names(implicit, implicitHost(expanded))).containsExactly(expanded, DOMAIN);
        // The expanded name had no records of its own, so nothing makes it a name of the server.
        assertThat(names(implicit, implicitHost(DOMAIN))).containsExactly(DOMAIN);
    }

    @Test
    @Rule({"B14", "D10"})
    void behindAnInsecureMxOnlyTheHostIsAReferenceName() {
        var insecureMx = Facts.destination(MxTrust.INSECURE);
        assertThat(names(insecureMx, host(secure(V4), TLSA))).containsExactly(MX);
        assertThat(Decision.require(opportunistic(), DOMAIN, insecureMx, host(secure(V4), TLSA)))
                .isEqualTo(new Dane(List.of(USABLE), List.of(MX), MX, MxTrust.INSECURE));
    }

    @Test
    @Rule("B14")
    void mandatoryDaneWaitsForAnInsecureMxWhateverTheHostCouldProve() {
        for (var insecureMx : InsecureMx.values()) {
            var rule = new DestinationRule(TlsSupport.PREFERRED, DaneSupport.MANDATORY, insecureMx);
            assertWithheld(require(rule, MxTrust.INSECURE, host(secure(V4), TLSA)), Ground.WITHOUT_DNSSEC, "4.7.0");
        }
    }

    @Test
    @Rule("B15")
    void aConfiguredNextHopIsAsGoodAsASecureMx() {
        var route = new Hosts(new NextHop(MX, MX), MxTrust.CONFIGURED, List.of(new MxHost(MX, 0)), PROOF);
        for (var rule : List.of(opportunistic(), mandatory())) {
            assertThat(Decision.require(rule, DOMAIN, route, host(secure(V4), TLSA)))
                    .isEqualTo(new Dane(List.of(USABLE), List.of(MX), MX, MxTrust.CONFIGURED));
        }
    }

    @Test
    @Rule("B13")
    void eachHostOfAMixedSetIsHeldToItsOwnRecords() {
        var with = host(secure(V4), TLSA);
        var without = host(secure(V4), Facts.ABSENT);
        assertThat(require(opportunistic(), MxTrust.SECURE, with)).isInstanceOf(Dane.class);
        assertThat(require(opportunistic(), MxTrust.SECURE, without)).isEqualTo(new IfOffered(NOTHING, MX));
        assertThat(require(mandatory(), MxTrust.SECURE, with)).isInstanceOf(Dane.class);
        assertWithheld(require(mandatory(), MxTrust.SECURE, without), Ground.NO_TLSA, "4.7.0");
    }

    @Test
    @Rule({"B5", "C4"})
    void unusableRecordsStillPromiseTls() {
        var host = host(secure(V4), Facts.ALL_UNUSABLE);
        assertThat(require(rule(TlsSupport.PREFERRED), MxTrust.SECURE, host)).isEqualTo(new Encrypted(NOTHING, MX));
        assertThat(require(rule(TlsSupport.REQUIRED), MxTrust.SECURE, host)).isEqualTo(new Encrypted(NOTHING, MX));
        assertThat(require(rule(TlsSupport.PREFERRED_VERIFY), MxTrust.SECURE, host))
                .isEqualTo(new Encrypted(new Check.ReportOnly(BOTH), MX));
        assertThat(require(rule(TlsSupport.REQUIRED_VERIFY), MxTrust.SECURE, host))
                .isEqualTo(new Pkix(BOTH, MX));
        assertThat(require(rule(TlsSupport.REQUIRED_VERIFY_HOSTED_DOMAIN), MxTrust.SECURE, host))
                .isEqualTo(new Pkix(BOTH, MX));
        assertWithheld(require(mandatory(), MxTrust.SECURE, host), Ground.NO_USABLE_TLSA, "4.7.0");
    }

    @Test
    @Rule("C4")
    void unusableRecordsBehindAnInsecureMxPromiseTlsUnlessTheyAreIgnored() {
        var host = host(secure(V4), Facts.ALL_UNUSABLE);
        assertThat(require(opportunistic(InsecureMx.DANE), MxTrust.INSECURE, host))
                .isEqualTo(new Encrypted(NOTHING, MX));
        assertThat(require(opportunistic(InsecureMx.ENCRYPT), MxTrust.INSECURE, host))
                .isEqualTo(new Encrypted(NOTHING, MX));
        assertThat(require(opportunistic(InsecureMx.MAY), MxTrust.INSECURE, host))
                .isEqualTo(new IfOffered(NOTHING, MX));
    }

    @Test
    void usableRecordsNeedNoCaCheckUnderAnyTlsSetting() {
        for (var tls : TlsSupport.values()) {
            if (tls != TlsSupport.NONE) {
                assertThat(require(rule(tls), MxTrust.SECURE, host(secure(V4), TLSA)))
                        .isInstanceOf(Dane.class);
            }
        }
    }

    @Test
    void withoutDaneEachTlsSettingIsALevelOfItsOwn() {
        assertThat(byTls(TlsSupport.NONE, MxTrust.SECURE)).isEqualTo(new TlsRequirement.Never());
        assertThat(byTls(TlsSupport.PREFERRED, MxTrust.SECURE)).isEqualTo(new IfOffered(NOTHING, MX));
        assertThat(byTls(TlsSupport.REQUIRED, MxTrust.SECURE)).isEqualTo(new Encrypted(NOTHING, MX));
        assertThat(byTls(TlsSupport.PREFERRED_VERIFY, MxTrust.SECURE))
                .isEqualTo(new IfOffered(new Check.ReportOnly(BOTH), MX));
        assertThat(byTls(TlsSupport.REQUIRED_VERIFY, MxTrust.INSECURE)).isEqualTo(new Pkix(BOTH, MX));
        assertThat(byTls(TlsSupport.REQUIRED_VERIFY_HOSTED_DOMAIN, MxTrust.SECURE))
                .isEqualTo(new Pkix(BOTH, MX));
        assertThat(byTls(TlsSupport.REQUIRED_VERIFY_HOSTED_DOMAIN, MxTrust.CONFIGURED))
                .isEqualTo(new Pkix(BOTH, MX));
    }

    @Test
    void aHostedDomainIsNotVouchedForByAHostNameThatAnybodyMayHaveForged() {
        assertThat(byTls(TlsSupport.REQUIRED_VERIFY_HOSTED_DOMAIN, MxTrust.INSECURE))
                .isEqualTo(new Pkix(List.of(DOMAIN), MX));
    }

    @Test
    @Rule("B11")
    void anAddressLiteralHasNoDane() {
        var literal = new HostFinding(
                new MxHost(name("192.0.2.25"), 0),
                name("192.0.2.25"),
                insecure(V4),
                NONE,
                new TlsaFinding.NotAsked("it is an address and no name"));
        var destination = new Hosts(
                new NextHop(literal.name(), literal.name()), MxTrust.CONFIGURED, List.of(literal.host()), PROOF);
        assertThat(Decision.require(opportunistic(), DOMAIN, destination, literal))
                .isInstanceOf(IfOffered.class);
        assertWithheld(Decision.require(mandatory(), DOMAIN, destination, literal), Ground.WITHOUT_DNSSEC, "4.7.0");
    }

    private static void assertWithheld(TlsRequirement requirement, Ground ground, String status) {
        assertThat(requirement).isInstanceOfSatisfying(Withheld.class, withheld -> {
            assertThat(withheld.why().ground()).isEqualTo(ground);
            assertThat(withheld.why().status()).isEqualTo(status);
        });
    }

    private static String sentence(TlsRequirement requirement) {
        return ((Withheld) requirement).why().sentence();
    }

    private static TlsRequirement through(DestinationRule rule, HostFinding host, AddressFamily family) {
        return Decision.require(rule, DOMAIN, Facts.destination(MxTrust.SECURE), host, family);
    }

    private static TlsRequirement byTls(TlsSupport tls, MxTrust trust) {
        return require(new DestinationRule(tls, DaneSupport.NONE, InsecureMx.DANE), trust, host(secure(V4), TLSA));
    }

    private static DestinationRule rule(TlsSupport tls) {
        return new DestinationRule(tls, DaneSupport.OPPORTUNISTIC, InsecureMx.DANE);
    }

    private static List<Name> names(Hosts destination, HostFinding host) {
        return ((Dane) Decision.require(opportunistic(), DOMAIN, destination, host)).names();
    }

    private static HostFinding implicitHost(Name base) {
        return new HostFinding(new MxHost(DOMAIN, 0), name("real.example.com"), secure(V4), NONE, usable(base));
    }

    private static TlsaFinding usable(Name base) {
        return new TlsaFinding.Usable(List.of(USABLE), base, PROOF);
    }

    private static TlsaFinding allUnusable(Name base) {
        return new TlsaFinding.AllUnusable(List.of(Facts.UNUSABLE), base, PROOF);
    }
}
