package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.danelaw.delivery.DestinationControl.LimitBy;
import org.danelaw.policy.AddressFinding;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.MxTrust;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Hosts with an address that leads nowhere, and one that answers.
@Timeout(60)
final class AddressTrialTest {
    private static final String NOWHERE = "2001:db8::1";
    private static final String THERE = "198.51.100.1";
    private static final String ELSEWHERE = "198.51.100.2";
    private static final Duration FOR_EVER = Duration.ofMinutes(10);
    private static final Duration A_MOMENT = Duration.ofMillis(800);

    @TempDir
    private Path folder;

    /// What was dialled, and what was given up because its time was over, in order.
    private final List<String> happened = new CopyOnWriteArrayList<>();

    private Gateway gateway;
    private Peer peer;

    @BeforeEach
    void buildTheWorld() throws IOException {
        peer = new Peer();
        gateway = new Gateway(folder);
        gateway.control(control(IpPreference.IPV6_PREFERRED, 10, LimitBy.DOMAIN))
                .dialer(NOWHERE, this::nowhere)
                .dialer(THERE, this::there)
                .dialer(ELSEWHERE, this::there)
                .facts
                .mx("two.example", MxTrust.INSECURE, "mx.two.example")
                .host("mx.two.example", insecure(THERE), insecure(NOWHERE), Facts.none());
        gateway.put("b@two.example");
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        peer.close();
    }

    private Socket nowhere(InetSocketAddress remote, Optional<InetAddress> source, Duration timeout)
            throws IOException {
        happened.add("dialled " + remote.getAddress().getHostAddress());
        try {
            var never = new CountDownLatch(1);
            if (!never.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                happened.add("gave up " + remote.getAddress().getHostAddress());
            }
            throw new SocketTimeoutException("Connect timed out");
        } catch (InterruptedException abandoned) {
            throw new IOException("Closed by interrupt", abandoned);
        }
    }

    private Socket there(InetSocketAddress remote, Optional<InetAddress> source, Duration timeout) throws IOException {
        happened.add("dialled " + remote.getAddress().getHostAddress());
        return Dialer.tcp(peer.address(), Optional.empty(), timeout);
    }

    private static AddressFinding insecure(String address) {
        return new AddressFinding.Insecure(List.of(InetAddress.ofLiteral(address)), Facts.PROOF);
    }

    private static DestinationControl control(IpPreference preference, int connections, LimitBy limitBy) {
        return new DestinationControl(
                TlsSupport.PREFERRED,
                DaneSupport.OPPORTUNISTIC,
                preference,
                connections,
                50,
                Optional.empty(),
                limitBy,
                Optional.empty());
    }

    private static String dialled(String address) {
        return "dialled " + InetAddress.ofLiteral(address).getHostAddress();
    }

    private static String gaveUp(String address) {
        return "gave up " + InetAddress.ofLiteral(address).getHostAddress();
    }

    private void deliver(Duration connectTimeout) throws IOException {
        gateway.settings(gateway.altered().connectTimeout(connectTimeout).settings())
                .start()
                .awaitEmptySpool();
        assertThat(peer.taken()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(LimitBy.class)
    void anAddressThatLeadsNowhereDoesNotCostTheTimeForAConnection(LimitBy limitBy) throws IOException {
        gateway.control(control(IpPreference.IPV6_PREFERRED, 10, limitBy));
        deliver(FOR_EVER);
        assertThat(happened).containsExactly(dialled(NOWHERE), dialled(THERE));
    }

    @Test
    void theFamilyThatIsPreferredIsDialledFirstAndTheOtherNotAtAllIfItAnswers() throws IOException {
        gateway.control(control(IpPreference.IPV4_PREFERRED, 10, LimitBy.DOMAIN));
        deliver(FOR_EVER);
        assertThat(happened).containsExactly(dialled(THERE));
    }

    @Test
    void eachFamilyIsDialledFromItsOwnSource() throws IOException {
        var sources = new CopyOnWriteArrayList<Optional<InetAddress>>();
        var six = InetAddress.ofLiteral("2001:db8::99");
        var four = InetAddress.ofLiteral("192.0.2.99");
        gateway.dialer(NOWHERE, (remote, source, timeout) -> {
                    sources.add(source);
                    return nowhere(remote, source, timeout);
                })
                .dialer(THERE, (remote, source, timeout) -> {
                    sources.add(source);
                    return there(remote, source, timeout);
                })
                .settings(gateway.altered().sourceAddresses(List.of(four, six)).settings());
        deliver(FOR_EVER);
        assertThat(sources).containsExactly(Optional.of(six), Optional.of(four));
    }

    @Test
    void anotherHostIsDialledOnlyWhenThisOneIsGivenUp() throws IOException {
        gateway.facts
                .mx("two.example", MxTrust.INSECURE, "mx1.two.example", "mx2.two.example")
                .host("mx1.two.example", new AddressFinding.None(Facts.PROOF), insecure(NOWHERE), Facts.none())
                .host("mx2.two.example", ELSEWHERE, Facts.none());
        deliver(A_MOMENT);
        assertThat(happened).containsExactly(dialled(NOWHERE), gaveUp(NOWHERE), dialled(ELSEWHERE));
    }

    @Test
    void aDestinationThatMayHaveOneConnectionHasOne() throws IOException {
        gateway.control(control(IpPreference.IPV6_PREFERRED, 1, LimitBy.DOMAIN));
        deliver(A_MOMENT);
        assertThat(happened).containsExactly(dialled(NOWHERE), gaveUp(NOWHERE), dialled(THERE));
    }

    @Test
    void aGatewayThatMayHaveOneConnectionHasOne() throws IOException {
        gateway.settings(gateway.altered().maxConnections(1).settings());
        deliver(A_MOMENT);
        assertThat(happened).containsExactly(dialled(NOWHERE), gaveUp(NOWHERE), dialled(THERE));
    }

    @Test
    void whatWasTakenForTheTrialIsGivenBack() throws IOException {
        gateway.control(control(IpPreference.IPV6_PREFERRED, 2, LimitBy.DOMAIN))
                .settings(gateway.altered().maxConnections(2).settings());
        deliver(FOR_EVER);
        for (var i = 0; i < 3; i++) {
            gateway.later(Duration.ofMinutes(1)).put("c" + i + "@two.example");
            gateway.awaitEmptySpool();
        }
        assertThat(peer.taken()).hasSize(4);
    }

    @Test
    void aConnectionThatComesTooLateIsClosed() throws IOException {
        try (var late = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gateway.dialer(NOWHERE, (remote, source, timeout) -> {
                try {
                    return nowhere(remote, source, timeout);
                } catch (IOException abandoned) {
                    return Dialer.tcp((InetSocketAddress) late.getLocalSocketAddress(), Optional.empty(), timeout);
                }
            });
            deliver(FOR_EVER);
            try (var accepted = late.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void anErrorWhileDiallingIsNoWaitForEver() throws IOException {
        gateway.dialer(NOWHERE, (remote, source, timeout) -> {
                    throw new StackOverflowError("of a test");
                })
                .start()
                .awaitLog("of a test");
        assertThat(peer.taken()).isEmpty();
    }

    @Test
    void aConnectionThatCannotEvenBeBegunIsOver() throws IOException {
        gateway.dialer(NOWHERE, (remote, source, timeout) -> {
            var closed = there(remote, source, timeout);
            closed.close();
            return closed;
        });
        deliver(FOR_EVER);
        assertThat(gateway.log())
                .filteredOn(line -> line.matches("DCID 1 close.*"))
                .hasSize(1);
    }

    @Test
    void anAddressWhoseAnswerWasNotWaitedForHasItsTurnWhenTheOtherTakesNoMail() throws IOException {
        peer.reply("EHLO", "421 too busy");
        gateway.settings(gateway.altered().connectTimeout(A_MOMENT).settings())
                .start()
                .awaitLog(1, "Delayed: DCID");
        assertThat(happened).containsExactly(dialled(NOWHERE), dialled(THERE), dialled(NOWHERE), gaveUp(NOWHERE));
    }
}
