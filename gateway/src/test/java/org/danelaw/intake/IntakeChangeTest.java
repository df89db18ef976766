package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.smtp.Telnet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of listeners and of those who are connected when the configuration changes under way.
@Timeout(120)
final class IntakeChangeTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final MemorySpool spool = new MemorySpool();
    private Intake intake;

    @BeforeEach
    void start() throws IOException {
        var services = new Services(
                "gw.example", spool, event -> {}, ReverseNames.UNASKED, Authenticator.NOBODY, FreeSpace.PLENTY);
        intake = Intake.open(
                List.of(listener("inside", ANY_PORT, Action.RELAY)), services, new AtomicLong()::incrementAndGet);
        intake.start();
    }

    @AfterEach
    void stop() {
        intake.stop(Duration.ZERO);
    }

    @Test
    void whoIsConnectedStaysOnHisTermsAndTheNextClientMeetsTheNewOnes() throws IOException {
        var address = addressOf("inside");
        try (Telnet before = Telnet.to(address)) {
            before.reply();
            intake.prepare("new.example", List.of(listener("inside", ANY_PORT, Action.REJECT)))
                    .takeEffect();

            assertThat(addressOf("inside")).isEqualTo(address);
            assertThat(before.say("HELO client.example")).startsWith("250 gw.example");
            assertThat(before.say("MAIL FROM:<alice@org.example>")).startsWith("250");
        }
        try (Telnet after = Telnet.to(address)) {
            assertThat(after.reply()).startsWith("554 new.example takes no mail from");
        }
    }

    @Test
    void beforeAChangeTakesEffectNothingIsChanged() throws IOException {
        var change = intake.prepare("new.example", List.of(listener("inside", ANY_PORT, Action.REJECT)));
        try (Telnet client = Telnet.to(addressOf("inside"))) {
            assertThat(client.reply()).startsWith("220 gw.example");
        }
        change.abandon();
        try (Telnet client = Telnet.to(addressOf("inside"))) {
            assertThat(client.reply()).startsWith("220 gw.example");
        }
    }

    @Test
    void aListenerIsAddedAndAnotherRemovedWhoseClientMayFinish() throws IOException {
        var removed = addressOf("inside");
        try (Telnet there = Telnet.to(removed)) {
            there.reply();
            intake.prepare("gw.example", List.of(listener("outside", ANY_PORT, Action.RELAY)))
                    .takeEffect();

            assertThat(intake.addresses()).containsOnlyKeys("outside");
            assertThatThrownBy(() -> Telnet.to(removed)).isInstanceOf(ConnectException.class);
            try (Telnet added = Telnet.to(addressOf("outside"))) {
                assertThat(added.reply()).startsWith("220");
            }
            assertThat(there.say("HELO client.example")).startsWith("250");

            intake.stop(Duration.ofSeconds(30));
            assertThat(there.rest()).startsWith("421 4.3.2");
        }
    }

    @Test
    void twoListenersMayChangePlaces() throws IOException {
        var first = addressOf("inside");
        var second = freeAddress();
        intake.prepare(
                        "gw.example",
                        List.of(listener("a", freeAddress(), Action.RELAY), listener("b", second, Action.REJECT)))
                .takeEffect();
        var a = addressOf("a");
        intake.prepare("gw.example", List.of(listener("b", a, Action.REJECT), listener("a", second, Action.RELAY)))
                .takeEffect();

        assertThat(a).isNotEqualTo(first);
        try (Telnet client = Telnet.to(a)) {
            assertThat(client.reply()).startsWith("554");
        }
        try (Telnet client = Telnet.to(second)) {
            assertThat(client.reply()).startsWith("220");
        }
    }

    @Test
    void oneAddressThatIsNotToBeHadChangesNothing() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var free = freeAddress();
            assertThatThrownBy(() -> intake.prepare(
                            "gw.example",
                            List.of(
                                    listener("free", free, Action.RELAY),
                                    listener(
                                            "taken", (InetSocketAddress) taken.getLocalSocketAddress(), Action.RELAY))))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("listener taken cannot listen on");

            assertThat(intake.addresses()).containsOnlyKeys("inside");
            assertThatThrownBy(() -> Telnet.to(free)).isInstanceOf(ConnectException.class);
            try (Telnet client = Telnet.to(addressOf("inside"))) {
                assertThat(client.reply()).startsWith("220");
            }
        }
    }

    @Test
    void oneAddressGivesWayToAllOfTheMachineAndTakesItsPlaceAgainWhereThatFails() throws IOException {
        var one = freeAddress();
        var all = new InetSocketAddress(one.getPort());
        intake.prepare("gw.example", List.of(listener("one", one, Action.RELAY)))
                .takeEffect();

        intake.prepare("gw.example", List.of(listener("all", all, Action.RELAY)))
                .abandon();
        try (Telnet client = Telnet.to(one)) {
            assertThat(client.reply()).startsWith("220");
        }

        intake.prepare("gw.example", List.of(listener("all", all, Action.REJECT)))
                .takeEffect();
        try (Telnet client = Telnet.to(one)) {
            assertThat(client.reply()).startsWith("554");
        }
        assertThat(addressOf("all").getAddress().isAnyLocalAddress()).isTrue();

        intake.prepare("gw.example", List.of(listener("one", one, Action.RELAY)))
                .takeEffect();
        try (Telnet client = Telnet.to(one)) {
            assertThat(client.reply()).startsWith("220");
        }
    }

    @Test
    void oneListenerThatMadeRoomForTwoTakesItsPlaceAgainOnce() throws IOException {
        int port = freeAddress().getPort();
        intake.prepare("gw.example", List.of(listener("all", new InetSocketAddress(port), Action.RELAY)))
                .takeEffect();

        intake.prepare(
                        "gw.example",
                        List.of(
                                listener(
                                        "one",
                                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
                                        Action.REJECT),
                                listener(
                                        "two",
                                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), port),
                                        Action.REJECT)))
                .abandon();

        try (Telnet client = Telnet.to(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))) {
            assertThat(client.reply()).startsWith("220");
        }
    }

    private InetSocketAddress addressOf(String name) {
        return Optional.ofNullable(intake.addresses().get(name)).orElseThrow();
    }

    private static ListenerSettings listener(String name, InetSocketAddress address, Action action) {
        var group = new SenderGroup("ALL", List.of(new Member.All()), MailFlowPolicy.of(action.name(), action));
        return new ListenerSettings(
                name, address, Optional.empty(), "default", Arrays.asList(group), RecipientAccess.NOBODY);
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }
    }
}
