package org.danelaw.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.policy.Facts.DOMAIN;
import static org.danelaw.policy.Facts.NONE;
import static org.danelaw.policy.Facts.V4;
import static org.danelaw.policy.Facts.V6;
import static org.danelaw.policy.Facts.insecure;
import static org.danelaw.policy.Facts.name;
import static org.danelaw.policy.Facts.secure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;

class OwnHostsTest {
    private static final MxHost BETTER = new MxHost(name("mx1.example.net"), 10);
    private static final MxHost OWN = new MxHost(name("GATEWAY.example.com"), 20);
    private static final MxHost EQUAL = new MxHost(name("mx2.example.net"), 20);
    private static final MxHost WORSE = new MxHost(name("mx3.example.net"), 30);
    private static final Destination.Hosts DESTINATION = Facts.destination(MxTrust.SECURE, BETTER, EQUAL, OWN, WORSE);
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.1");
    private static final OwnHosts GATEWAY = new OwnHosts(
            Set.of(name("gateway.example.com")), Set.of(new InetSocketAddress(V4, 25), new InetSocketAddress(V6, 25)));

    @Test
    @Rule("B17")
    void aBackupSendsOnlyToHostsBetterThanItself() {
        assertThat(GATEWAY.betterByName(DESTINATION).hosts()).containsExactly(BETTER);
    }

    @Test
    @Rule("B17")
    void aBackupKnowsItselfByItsAddressesToo() {
        var other = found(BETTER, insecure(OTHER), NONE);
        assertThat(GATEWAY.betterByAddress(DESTINATION, List.of(other, found(EQUAL, secure(V4), NONE)), 25)
                        .hosts())
                .containsExactly(BETTER);
        assertThat(GATEWAY.betterByAddress(DESTINATION, List.of(other, found(EQUAL, NONE, secure(V6))), 25)
                        .hosts())
                .containsExactly(BETTER);
    }

    @Test
    @Rule("B17")
    void hostsThatAreNotLookedAtAreDroppedWithThisGatewayToo() {
        var destination = new Destination.Hosts(
                DESTINATION.nextHop(), MxTrust.SECURE, List.of(BETTER, EQUAL), List.of(OWN, WORSE), Facts.PROOF);
        var better = GATEWAY.betterByName(destination);
        assertThat(better.hosts()).containsExactly(BETTER);
        assertThat(better.beyond()).isEmpty();
    }

    @Test
    @Rule("B17")
    void aDestinationWhoseBestHostIsThisGatewayIsALoop() {
        assertThat(GATEWAY.betterByName(Facts.destination(MxTrust.SECURE, OWN, WORSE))
                        .hosts())
                .isEmpty();
        assertThat(GATEWAY.loop(DOMAIN, MxTrust.SECURE))
                .isInstanceOf(Conclusion.Bounced.class)
                .satisfies(conclusion -> {
                    assertThat(conclusion.why().status()).isEqualTo("5.4.6");
                    assertThat(conclusion.why().sentence()).contains("example.org", "gateway.example.com");
                });
    }

    @Test
    void withoutANameOfItsOwnALoopIsStillToldOf() {
        assertThat(new OwnHosts(Set.of(), Set.of())
                        .loop(DOMAIN, MxTrust.INSECURE)
                        .why()
                        .sentence())
                .contains("example.org");
    }

    @Test
    void othersKeepTheirPlaces() {
        var strangers = Facts.destination(MxTrust.SECURE, BETTER, EQUAL, WORSE);
        assertThat(GATEWAY.betterByName(strangers)).isEqualTo(strangers);
        assertThat(GATEWAY.betterByAddress(strangers, List.of(found(BETTER, secure(OTHER), NONE)), 25))
                .isEqualTo(strangers);
    }

    @Test
    void anotherServerOnTheSameMachineIsNotThisGateway() {
        assertThat(GATEWAY.betterByAddress(DESTINATION, List.of(found(EQUAL, secure(V4), NONE)), 2525))
                .isEqualTo(DESTINATION);
    }

    private static HostFinding found(MxHost host, AddressFinding v4, AddressFinding v6) {
        return new HostFinding(host, host.name(), v4, v6, Facts.ABSENT);
    }
}
