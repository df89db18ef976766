package org.danelaw.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.danelaw.discovery.ScriptedDns.PROOF;
import static org.danelaw.discovery.ScriptedDns.name;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.danelaw.lab.rules.Rule;
import org.danelaw.policy.Destination;
import org.danelaw.policy.Destination.Hosts;
import org.danelaw.policy.Destination.Trouble;
import org.danelaw.policy.MxHost;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.NextHop;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class DestinationLookupTest {
    private static final Name DOMAIN = name("example.org");
    private static final NextHop UNALIASED = new NextHop(DOMAIN, DOMAIN);

    @Test
    @Rule("A1")
    void aFailedMxLookupLeavesNoHostToConnectTo() {
        assertThat(destination("bogus example.org MX"))
                .isInstanceOfSatisfying(Destination.Unresolved.class, unresolved -> {
                    assertThat(unresolved.trouble()).isEqualTo(Trouble.BOGUS);
                    assertThat(unresolved.why().sentence()).contains("example.org");
                });
        assertThat(destination("unavailable example.org MX"))
                .isInstanceOfSatisfying(
                        Destination.Unresolved.class,
                        unresolved -> assertThat(unresolved.trouble()).isEqualTo(Trouble.UNAVAILABLE));
    }

    @Test
    @Rule("A2")
    void aDeniedDomainDoesNotExistWhetherTheDenialIsSignedOrNot() {
        assertThat(destination("secure example.org MX NXDOMAIN")).isEqualTo(new Destination.NoSuchDomain(PROOF));
        assertThat(destination("insecure example.org MX NXDOMAIN")).isEqualTo(new Destination.NoSuchDomain(PROOF));
    }

    @Test
    @Rule("A2")
    void aDenialThatIsBogusIsAFailedLookup() {
        assertThat(destination("bogus example.org MX")).isInstanceOf(Destination.Unresolved.class);
    }

    @Test
    @Rule("A3")
    void aNullMxEndsTheSearchAfterOneQuestion() {
        var dns = ScriptedDns.of("secure example.org MX 0 .");
        assertThat(new Discovery(dns).destination(DOMAIN)).isEqualTo(new Destination.NullMx(PROOF));
        assertThat(dns.asked()).containsExactly("example.org MX");
        assertThat(destination("insecure example.org MX 0 .")).isEqualTo(new Destination.NullMx(PROOF));
    }

    @Test
    @Rule("A3")
    void aNullMxAmongOthersIsNoHost() {
        assertThat(hosts("secure example.org MX 0 . ; 10 mx.example.net."))
                .containsExactly(new MxHost(name("mx.example.net"), 10));
    }

    @Test
    @Rule("A4")
    void withoutMxRecordsTheDomainIsItsOwnHostAndTrustedIfThatIsProved() {
        assertThat(destination("secure example.org MX NODATA"))
                .isEqualTo(new Hosts(UNALIASED, MxTrust.SECURE, List.of(new MxHost(DOMAIN, 0)), PROOF));
    }

    @Test
    @Rule("A4")
    void anAbsenceThatIsNotProvedWhereItShouldBeIsAFailedLookup() {
        assertThat(destination("bogus example.org MX")).isInstanceOf(Destination.Unresolved.class);
    }

    @Test
    @Rule("A5")
    void anAbsenceWithoutDnssecMakesTheDomainAHostThatNothingVouchesFor() {
        assertThat(destination("insecure example.org MX NODATA"))
                .isEqualTo(new Hosts(UNALIASED, MxTrust.INSECURE, List.of(new MxHost(DOMAIN, 0)), PROOF));
    }

    @Test
    @Rule("A13")
    void theHostsAreExactlyThoseOfTheValidatedRecordsAskedForOnce() {
        var dns = ScriptedDns.of("secure example.org MX 10 mx1.example.net. ; 20 mx2.example.net.");
        assertThat(((Hosts) new Discovery(dns).destination(DOMAIN)).hosts())
                .containsExactly(new MxHost(name("mx1.example.net"), 10), new MxHost(name("mx2.example.net"), 20));
        assertThat(dns.asked()).containsExactly("example.org MX");
    }

    @Test
    @Rule("A24")
    void aNameIsNeverCompletedFromASearchList() throws Exception {
        var relative = Name.fromString("example");
        assertThatThrownBy(() -> new Discovery(ScriptedDns.of("")).destination(relative))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not fully qualified");
        // A host of one label is asked for as it stands.
        var dns = ScriptedDns.of("""
                insecure mailhost A NXDOMAIN
                insecure mailhost AAAA NXDOMAIN""");
        new Discovery(dns).host(new MxHost(name("mailhost"), 10), 25);
        assertThat(dns.asked()).containsExactly("mailhost A", "mailhost AAAA");
    }

    @Test
    @Rule("B9")
    void aSecureAliasMakesBothNamesTheNextHop() {
        assertThat(destination("secure example.org > real.example.com MX 10 mx.example.net."))
                .isEqualTo(new Hosts(
                        new NextHop(DOMAIN, name("real.example.com")),
                        MxTrust.SECURE,
                        List.of(new MxHost(name("mx.example.net"), 10)),
                        PROOF));
    }

    @Test
    @Rule("B9")
    void anInsecureAliasMakesTheMxInsecure() {
        assertThat(destination("insecure example.org > real.example.com MX 10 mx.example.net."))
                .isInstanceOfSatisfying(
                        Hosts.class, hosts -> assertThat(hosts.trust()).isEqualTo(MxTrust.INSECURE));
    }

    @Test
    void anAliasWithoutMxRecordsIsAHostUnderItsOwnName() {
        assertThat(destination("secure example.org > real.example.com MX NODATA"))
                .isInstanceOfSatisfying(
                        Hosts.class, hosts -> assertThat(hosts.hosts()).containsExactly(new MxHost(DOMAIN, 0)));
    }

    @Test
    @Rule("B12")
    void hostsAreTriedByPreferenceAndInAnyOrderAmongEquals() {
        var script =
                "secure example.org MX 20 c.example. ; 10 a.example. ; 20 d.example. ; 10 b.example. ; 5 z.example.";
        var orders = new HashSet<List<String>>();
        for (int seed = 0; seed < 100; seed++) {
            var discovery = new Discovery(ScriptedDns.of(script), new SplittableRandom(seed));
            var order = ((Hosts) discovery.destination(DOMAIN))
                    .hosts().stream().map(host -> host.name().toString(true)).toList();
            assertThat(order.getFirst()).isEqualTo("z.example");
            assertThat(order.subList(1, 3)).containsExactlyInAnyOrder("a.example", "b.example");
            assertThat(order.subList(3, 5)).containsExactlyInAnyOrder("c.example", "d.example");
            orders.add(order);
        }
        assertThat(orders).hasSize(4);
    }

    @Test
    void aHostNamedTwiceIsTriedOnceAtItsBetterPlace() {
        assertThat(hosts("secure example.org MX 20 MX.example.net. ; 10 mx.example.net."))
                .containsExactly(new MxHost(name("mx.example.net"), 10));
    }

    @Test
    @Rule("B17")
    void onlySoManyHostsAreLookedAtAndThoseAreTheBest() {
        var many = IntStream.rangeClosed(1, 100)
                .mapToObj(each -> each + " mx" + each + ".example.net.")
                .collect(Collectors.joining(" ; "));
        var found = (Hosts) destination("secure example.org MX " + many);
        assertThat(found.hosts())
                .extracting(MxHost::preference)
                .isEqualTo(IntStream.rangeClosed(1, Discovery.MAX_HOSTS).boxed().toList());
        assertThat(found.beyond())
                .extracting(MxHost::preference)
                .isEqualTo(IntStream.rangeClosed(Discovery.MAX_HOSTS + 1, 100)
                        .boxed()
                        .toList());
    }

    @Test
    @Rule("B16")
    void anInternationalHostIsNamedByItsALabels() {
        assertThat(hosts("secure xn--bcher-kva.example MX 10 mx.xn--bcher-kva.example.", name("xn--bcher-kva.example")))
                .containsExactly(new MxHost(name("mx.xn--bcher-kva.example"), 10));
    }

    @Test
    @Rule("B15")
    void anOperatorsRouteIsTakenWithoutAnyLookup() {
        var dns = ScriptedDns.of("");
        var route = new Discovery(dns)
                .route(List.of(new MxHost(name("backup.example.com"), 20), new MxHost(name("relay.example.com"), 10)));
        assertThat(route.trust()).isEqualTo(MxTrust.CONFIGURED);
        assertThat(route.hosts())
                .containsExactly(new MxHost(name("relay.example.com"), 10), new MxHost(name("backup.example.com"), 20));
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void aRoutesHostsOfOnePriorityAreTriedInAnyOrderAndTwoPortsOfOneNameAreTwoHosts() {
        var at25 = new MxHost(name("relay.example.com"), 0, OptionalInt.of(25));
        var at2525 = new MxHost(name("relay.example.com"), 0, OptionalInt.of(2525));
        var last = new MxHost(name("relay.example.com"), 5, OptionalInt.of(25));
        var orders = IntStream.range(0, 50)
                .mapToObj(seed -> new Discovery(ScriptedDns.of(""), new SplittableRandom(seed))
                        .route(List.of(last, at25, at2525))
                        .hosts())
                .distinct()
                .toList();
        assertThat(orders).containsExactlyInAnyOrder(List.of(at25, at2525), List.of(at2525, at25));
    }

    private static Destination destination(String script) {
        return new Discovery(ScriptedDns.of(script)).destination(DOMAIN);
    }

    private static List<MxHost> hosts(String script) {
        return hosts(script, DOMAIN);
    }

    private static List<MxHost> hosts(String script, Name domain) {
        return ((Hosts) new Discovery(ScriptedDns.of(script)).destination(domain)).hosts();
    }
}
