package org.danelaw.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.discovery.ScriptedDns.PROOF;
import static org.danelaw.discovery.ScriptedDns.name;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.HostFinding;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.TlsaFinding;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

class HostLookupTest {
    private static final String EE = "3 1 1 " + "aa".repeat(32);
    private static final String PKIX = "1 1 1 " + "bb".repeat(32);
    private static final AddressFinding V4 =
            new AddressFinding.Secure(List.of(InetAddress.ofLiteral("192.0.2.25")), PROOF);
    private static final AddressFinding INSECURE_V4 =
            new AddressFinding.Insecure(List.of(InetAddress.ofLiteral("192.0.2.25")), PROOF);
    private static final AddressFinding V6 =
            new AddressFinding.Secure(List.of(InetAddress.ofLiteral("2001:db8::25")), PROOF);
    private static final AddressFinding NONE = new AddressFinding.None(PROOF);

    private static final String UNALIASED = """
            secure mx.example.net A 192.0.2.25
            secure mx.example.net AAAA NODATA
            """;
    private static final String SECURE_CHAIN = """
            secure mx.example.net > between.example.com > real.example.com A 192.0.2.25
            secure mx.example.net > between.example.com > real.example.com AAAA NODATA
            """;
    private static final String INSECURE_END = """
            insecure mx.example.net > real.example.com A 192.0.2.25
            insecure mx.example.net > real.example.com AAAA NODATA
            """;

    @Test
    @Rule("A7")
    void aHostWithInsecureAddressesIsNotAskedForTlsaRecords() {
        var dns = ScriptedDns.of("""
                insecure mx.example.net A 192.0.2.25
                insecure mx.example.net AAAA 2001:db8::25""");
        assertThat(host(dns).tlsa()).isInstanceOf(TlsaFinding.NotAsked.class);
        assertThat(dns.asked()).containsExactly("mx.example.net A", "mx.example.net AAAA");
    }

    @Test
    @Rule({"B1", "B2"})
    void theRecordsOfTheHostAreAskedForAndNotThoseOfTheDomain() {
        var dns = ScriptedDns.of(UNALIASED + "secure _25._tcp.mx.example.net TLSA " + EE);
        var host = host(dns);
        assertThat(host.v4()).isEqualTo(V4);
        assertThat(host.v6()).isEqualTo(NONE);
        assertThat(host.expanded()).isEqualTo(name("mx.example.net"));
        assertUsable(host, "mx.example.net");
        assertThat(dns.asked())
                .containsExactly("mx.example.net A", "mx.example.net AAAA", "_25._tcp.mx.example.net TLSA");
    }

    @Test
    @Rule({"B10", "B15"})
    void theRecordsOfARoutesHostAreThoseOfItsOwnPort() {
        var dns = ScriptedDns.of(UNALIASED + "secure _2525._tcp.mx.example.net TLSA " + EE);
        var relay = new MxHost(name("mx.example.net"), 0, OptionalInt.of(2525));
        assertUsable(new Discovery(dns).host(relay, 25), "mx.example.net");
        assertThat(dns.asked())
                .containsExactly("mx.example.net A", "mx.example.net AAAA", "_2525._tcp.mx.example.net TLSA");
    }

    @Test
    void mailWithoutDaneAsksForAddressesOnly() {
        var dns = ScriptedDns.of(UNALIASED);
        var host = new Discovery(dns).addresses(new MxHost(name("mx.example.net"), 10));
        assertThat(host.v4()).isEqualTo(V4);
        assertThat(host.tlsa()).isInstanceOf(TlsaFinding.NotAsked.class);
        assertThat(dns.asked()).containsExactly("mx.example.net A", "mx.example.net AAAA");
    }

    @Test
    @Rule("A6")
    void aFailedAddressLookupIsNotAnAbsence() {
        var host = host("""
                unavailable mx.example.net A
                bogus mx.example.net AAAA""");
        assertThat(host.v4())
                .isInstanceOfSatisfying(
                        AddressFinding.Failed.class,
                        failed -> assertThat(failed.trouble()).isEqualTo(Trouble.UNAVAILABLE));
        assertThat(host.v6())
                .isInstanceOfSatisfying(
                        AddressFinding.Failed.class,
                        failed -> assertThat(failed.trouble()).isEqualTo(Trouble.BOGUS));
        assertThat(host.tlsa()).isInstanceOf(TlsaFinding.NotAsked.class);
    }

    @Test
    @Rule("A14")
    void eachFamilyIsJudgedByItself() {
        var v6Failed = host("""
                secure mx.example.net A 192.0.2.25
                bogus mx.example.net AAAA
                secure _25._tcp.mx.example.net TLSA %s""".formatted(EE));
        assertThat(v6Failed.v4()).isEqualTo(V4);
        assertThat(v6Failed.v6()).isInstanceOf(AddressFinding.Failed.class);
        assertUsable(v6Failed, "mx.example.net");
        var v4Failed = host("""
                unavailable mx.example.net A
                secure mx.example.net AAAA 2001:db8::25
                secure _25._tcp.mx.example.net TLSA %s""".formatted(EE));
        assertThat(v4Failed.v4()).isInstanceOf(AddressFinding.Failed.class);
        assertThat(v4Failed.v6()).isEqualTo(V6);
        assertUsable(v4Failed, "mx.example.net");
    }

    @Test
    @Rule("A14")
    void oneSecureFamilyIsEnoughToAskForRecords() {
        for (var script : List.of(
                "insecure mx.example.net A 192.0.2.25\nsecure mx.example.net AAAA 2001:db8::25\n",
                "secure mx.example.net A 192.0.2.25\ninsecure mx.example.net AAAA 2001:db8::25\n")) {
            assertUsable(host(script + "secure _25._tcp.mx.example.net TLSA " + EE), "mx.example.net");
        }
    }

    @Test
    @Rule("A30")
    void aHostWithoutAddressesIsAskedNothingMore() {
        for (var script : List.of(
                "secure mx.example.net A NODATA\nsecure mx.example.net AAAA NODATA",
                "insecure mx.example.net A NXDOMAIN\ninsecure mx.example.net AAAA NXDOMAIN")) {
            var dns = ScriptedDns.of(script);
            var host = host(dns);
            assertThat(host.v4()).isEqualTo(NONE);
            assertThat(host.v6()).isEqualTo(NONE);
            assertThat(host.tlsa()).isInstanceOf(TlsaFinding.NotAsked.class);
            assertThat(dns.asked()).hasSize(2);
        }
    }

    @Test
    @Rule("A8")
    void aFailedTlsaLookupIsNotAnAbsence() {
        assertFailed(host(UNALIASED + "unavailable _25._tcp.mx.example.net TLSA"), Trouble.UNAVAILABLE);
        assertFailed(host(UNALIASED + "bogus _25._tcp.mx.example.net TLSA"), Trouble.BOGUS);
    }

    @Test
    @Rule("A9")
    void aSecureDenialIsAnAbsence() {
        for (var denial : List.of("NODATA", "NXDOMAIN")) {
            assertThat(host(UNALIASED + "secure _25._tcp.mx.example.net TLSA " + denial)
                            .tlsa())
                    .isInstanceOfSatisfying(
                            TlsaFinding.Absent.class,
                            absent -> assertThat(absent.why()).contains("signed denial", "_25._tcp.mx.example.net"));
        }
    }

    @Test
    @Rule("A10")
    void insecureRecordsAndInsecureDenialsAreAsGoodAsNone() {
        assertThat(host(UNALIASED + "insecure _25._tcp.mx.example.net TLSA " + EE)
                        .tlsa())
                .isEqualTo(new TlsaFinding.Insecure(name("mx.example.net"), PROOF));
        for (var denial : List.of("NODATA", "NXDOMAIN")) {
            assertThat(host(UNALIASED + "insecure _25._tcp.mx.example.net TLSA " + denial)
                            .tlsa())
                    .isInstanceOfSatisfying(
                            TlsaFinding.Absent.class,
                            absent -> assertThat(absent.why()).contains("DNSSEC does not vouch for"));
        }
    }

    @Test
    @Rule("B3")
    void aSecureAliasIsTriedAtItsEndFirst() {
        var dns = ScriptedDns.of(SECURE_CHAIN + "secure _25._tcp.real.example.com TLSA " + EE);
        var host = host(dns);
        assertUsable(host, "real.example.com");
        assertThat(host.expanded()).isEqualTo(name("real.example.com"));
        assertThat(dns.asked(Type.TLSA)).containsExactly("_25._tcp.real.example.com");
    }

    @Test
    @Rule({"B3", "B7"})
    void aSecureAliasIsTriedAtItsStartNextAndNowhereBetween() {
        for (var none : List.of(
                "secure _25._tcp.real.example.com TLSA NXDOMAIN", "insecure _25._tcp.real.example.com TLSA NODATA")) {
            var dns = ScriptedDns.of(SECURE_CHAIN + none + "\nsecure _25._tcp.mx.example.net TLSA " + EE);
            assertUsable(host(dns), "mx.example.net");
            assertThat(dns.asked(Type.TLSA)).containsExactly("_25._tcp.real.example.com", "_25._tcp.mx.example.net");
            assertThat(dns.asked(Type.CNAME)).isEmpty();
        }
    }

    @Test
    @Rule("A10")
    void insecureRecordsAtTheEndOfAnAliasLeadOnToItsStart() {
        var end = SECURE_CHAIN + "insecure _25._tcp.real.example.com TLSA " + EE + "\n";
        assertUsable(host(end + "secure _25._tcp.mx.example.net TLSA " + EE), "mx.example.net");
        assertThat(host(end + "secure _25._tcp.mx.example.net TLSA NXDOMAIN").tlsa())
                .isEqualTo(new TlsaFinding.Insecure(name("real.example.com"), PROOF));
        assertThat(host(end + "insecure _25._tcp.mx.example.net TLSA " + EE).tlsa())
                .isEqualTo(new TlsaFinding.Insecure(name("mx.example.net"), PROOF));
    }

    @Test
    @Rule("B4")
    void anErrorAtTheEndOfAnAliasDoesNotLeadOnToItsStart() {
        for (var failure : List.of("bogus", "unavailable")) {
            var dns = ScriptedDns.of(SECURE_CHAIN + failure + " _25._tcp.real.example.com TLSA");
            assertThat(host(dns).tlsa()).isInstanceOf(TlsaFinding.Failed.class);
            assertThat(dns.asked(Type.TLSA)).containsExactly("_25._tcp.real.example.com");
        }
    }

    @Test
    @Rule("B5")
    void unusableRecordsAtTheEndOfAnAliasDoNotLeadOnToItsStart() {
        var dns = ScriptedDns.of(SECURE_CHAIN + "secure _25._tcp.real.example.com TLSA " + PKIX);
        assertThat(host(dns).tlsa())
                .isInstanceOfSatisfying(
                        TlsaFinding.AllUnusable.class,
                        unusable -> assertThat(unusable.baseDomain()).isEqualTo(name("real.example.com")));
        assertThat(dns.asked(Type.TLSA)).containsExactly("_25._tcp.real.example.com");
    }

    @Test
    @Rule("B6")
    void aSignedAliasToInsecureAddressesIsACandidateItself() {
        var dns = ScriptedDns.of(INSECURE_END + """
                secure mx.example.net CNAME real.example.com.
                secure _25._tcp.mx.example.net TLSA %s""".formatted(EE));
        var host = host(dns);
        assertUsable(host, "mx.example.net");
        assertThat(host.v4()).isEqualTo(INSECURE_V4);
        assertThat(dns.asked())
                .containsExactly(
                        "mx.example.net A",
                        "mx.example.net AAAA",
                        "mx.example.net CNAME",
                        "_25._tcp.mx.example.net TLSA");
    }

    @Test
    @Rule({"A14", "B6"})
    void aFailedFamilyDoesNotHideTheSignedAliasThatTheOtherLedThrough() {
        for (var script : List.of(
                "bogus mx.example.net A\ninsecure mx.example.net > real.example.com AAAA 2001:db8::25\n",
                "insecure mx.example.net > real.example.com A 192.0.2.25\nunavailable mx.example.net AAAA\n")) {
            assertUsable(host(script + """
                            secure mx.example.net CNAME real.example.com.
                            secure _25._tcp.mx.example.net TLSA %s""".formatted(EE)), "mx.example.net");
        }
    }

    @Test
    @Rule("B6")
    void anUnsignedAliasTurnsDaneOff() {
        var dns = ScriptedDns.of(INSECURE_END + "insecure mx.example.net CNAME real.example.com.");
        assertThat(host(dns).tlsa())
                .isEqualTo(new TlsaFinding.NotAsked(
                        "neither the alias nor its addresses are signed with DNSSEC", ScriptedDns.PROOF));
        assertThat(dns.asked(Type.TLSA)).isEmpty();
    }

    @Test
    @Rule("B6")
    void anErrorAtTheAliasSkipsTheHost() {
        assertFailed(host(INSECURE_END + "bogus mx.example.net CNAME"), Trouble.BOGUS);
        assertFailed(host(INSECURE_END + "unavailable mx.example.net CNAME"), Trouble.UNAVAILABLE);
    }

    @Test
    @Rule("B6")
    void anAliasThatIsGoneAMomentLaterSkipsTheHost() {
        assertFailed(host(INSECURE_END + "secure mx.example.net CNAME NODATA"), Trouble.UNAVAILABLE);
        assertFailed(host(INSECURE_END + "secure mx.example.net CNAME NXDOMAIN"), Trouble.UNAVAILABLE);
    }

    @Test
    @Rule("B8")
    void anAliasAtTheOwnerNameIsFollowedAndLeavesTheBaseDomain() {
        assertUsable(
                host(UNALIASED + "secure _25._tcp.mx.example.net > _dane.example.com TLSA " + EE), "mx.example.net");
    }

    @Test
    @Rule("B8")
    void anInsecureHopOfTheOwnerNameYieldsNothingAndAnErrorIsAnError() {
        assertThat(host(UNALIASED + "insecure _25._tcp.mx.example.net > _dane.example.com TLSA " + EE)
                        .tlsa())
                .isEqualTo(new TlsaFinding.Insecure(name("mx.example.net"), PROOF));
        assertFailed(host(UNALIASED + "bogus _25._tcp.mx.example.net > _dane.example.com TLSA"), Trouble.BOGUS);
    }

    @Test
    @Rule("B10")
    void theRecordsOfThePortAreAskedFor() {
        var dns = ScriptedDns.of(UNALIASED + "secure _2525._tcp.mx.example.net TLSA " + EE);
        assertUsable(new Discovery(dns).host(new MxHost(name("mx.example.net"), 10), 2525), "mx.example.net");
        assertThat(dns.asked(Type.TLSA)).containsExactly("_2525._tcp.mx.example.net");
    }

    @Test
    @Rule("B11")
    void anAddressInPlaceOfANameIsAskedNothing() {
        var dns = ScriptedDns.of("");
        var v4 = new Discovery(dns).host(new MxHost(name("192.0.2.25"), 10), 25);
        assertThat(v4.v4().addresses()).containsExactly(InetAddress.ofLiteral("192.0.2.25"));
        assertThat(v4.v4()).isInstanceOf(AddressFinding.Insecure.class);
        assertThat(v4.v6()).isInstanceOf(AddressFinding.None.class);
        assertThat(v4.tlsa()).isInstanceOf(TlsaFinding.NotAsked.class);
        var v6 = new Discovery(dns).host(new MxHost(name("2001:db8::25"), 10), 25);
        assertThat(v6.v6().addresses()).containsExactly(InetAddress.ofLiteral("2001:db8::25"));
        assertThat(v6.v4()).isInstanceOf(AddressFinding.None.class);
        assertThat(v6.tlsa()).isInstanceOf(TlsaFinding.NotAsked.class);
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    @Rule("B16")
    void anInternationalHostIsAskedForInItsALabels() {
        var dns = ScriptedDns.of("""
                secure mx.xn--bcher-kva.example A 192.0.2.25
                secure mx.xn--bcher-kva.example AAAA NODATA
                secure _25._tcp.mx.xn--bcher-kva.example TLSA %s""".formatted(EE));
        assertUsable(
                new Discovery(dns).host(new MxHost(name("mx.xn--bcher-kva.example"), 10), 25),
                "mx.xn--bcher-kva.example");
    }

    @Test
    void aHostNameTooLongForAnOwnerNameHasNoRecords() {
        var longest = name(("a".repeat(62) + ".").repeat(4));
        var dns = ScriptedDns.of("secure %1$s A 192.0.2.25\nsecure %1$s AAAA NODATA".formatted(longest));
        assertThat(new Discovery(dns).host(new MxHost(longest, 10), 25).tlsa())
                .isInstanceOfSatisfying(
                        TlsaFinding.Absent.class,
                        absent -> assertThat(absent.why()).contains("too long"));
        assertThat(dns.asked(Type.TLSA)).isEmpty();
    }

    @Test
    void usableRecordsKeepTheUnusableOnesBesideThem() {
        assertThat(host(UNALIASED + "secure _25._tcp.mx.example.net TLSA " + PKIX + " ; " + EE)
                        .tlsa())
                .isInstanceOfSatisfying(
                        TlsaFinding.Usable.class,
                        usable -> assertThat(usable.records()).hasSize(2));
    }

    @Test
    void onlySoManyAddressesOfAHostAreUsed() {
        var many = IntStream.rangeClosed(1, 200)
                .mapToObj(each -> "192.0.2." + each)
                .collect(Collectors.joining(" ; "));
        var host = host("insecure mx.example.net A " + many + "\ninsecure mx.example.net AAAA NODATA");
        assertThat(host.v4().addresses()).hasSize(AddressLookup.MAX_ADDRESSES);
    }

    private static HostFinding host(String script) {
        return host(ScriptedDns.of(script));
    }

    private static HostFinding host(ScriptedDns dns) {
        return new Discovery(dns).host(new MxHost(name("mx.example.net"), 10), 25);
    }

    private static void assertUsable(HostFinding host, String base) {
        assertThat(host.tlsa()).isInstanceOfSatisfying(TlsaFinding.Usable.class, usable -> {
            assertThat(usable.baseDomain()).isEqualTo(name(base));
            assertThat(usable.records()).singleElement().hasToString(EE);
        });
    }

    private static void assertFailed(HostFinding host, Trouble trouble) {
        assertThat(host.tlsa())
                .isInstanceOfSatisfying(
                        TlsaFinding.Failed.class,
                        failed -> assertThat(failed.trouble()).isEqualTo(trouble));
    }
}
