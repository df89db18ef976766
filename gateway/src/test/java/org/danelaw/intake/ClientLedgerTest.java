package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.danelaw.intake.ClientLedger.Pace;
import org.danelaw.intake.MailFlowPolicy.Rates;
import org.danelaw.smtp.Address;
import org.junit.jupiter.api.Test;

final class ClientLedgerTest {
    private static final Optional<Address> ALICE = Optional.of(new Address("alice", "org.example"));

    private final Hands clock = new Hands();
    private final ClientLedger ledger = new ClientLedger(clock);

    /// A clock that a test sets.
    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-11-24T12:00:00Z");

        void pass(Duration span) {
            now = now.plus(span);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("its zone does not matter");
        }
    }

    private static Rates rates(int ofClient, int ofSender, int ipv4Prefix, int ipv6Prefix) {
        return new Rates(limit(ofClient), limit(ofSender), ipv4Prefix, ipv6Prefix);
    }

    private static OptionalInt limit(int perMinute) {
        return perMinute == 0 ? OptionalInt.empty() : OptionalInt.of(perMinute);
    }

    private Pace pace(String client, Optional<Address> sender, Rates rates) {
        return ledger.pace(ClientLedger.client(InetAddress.ofLiteral(client), rates), sender, rates);
    }

    @Test
    void anAddressHasItsOwnRateWhichFillsUpEvenly() {
        var rates = rates(2, 0, 32, 128);

        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.CLIENT_TOO_FAST);
        assertThat(pace("192.0.2.2", ALICE, rates)).isEqualTo(Pace.FINE);
        clock.pass(Duration.ofSeconds(30));
        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.CLIENT_TOO_FAST);
    }

    @Test
    void theAddressesOfANetworkShareARateWhereThePolicySaysSo() {
        var rates = rates(2, 0, 24, 64);

        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.77", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.200", ALICE, rates)).isEqualTo(Pace.CLIENT_TOO_FAST);
        assertThat(pace("192.0.3.200", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("2001:db8::1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("2001:db8::ffff:1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("2001:db8::2", ALICE, rates)).isEqualTo(Pace.CLIENT_TOO_FAST);
        assertThat(pace("2001:db8:0:1::2", ALICE, rates)).isEqualTo(Pace.FINE);
    }

    @Test
    void aSenderHasARateOverAllClientsWhateverItsCase() {
        var rates = rates(0, 2, 32, 128);

        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.2", Optional.of(new Address("ALICE", "org.example")), rates))
                .isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.3", ALICE, rates)).isEqualTo(Pace.SENDER_TOO_FAST);
        assertThat(pace("192.0.2.3", Optional.of(new Address("carol", "org.example")), rates))
                .isEqualTo(Pace.FINE);
    }

    @Test
    void theNullSenderIsNobody() {
        var rates = rates(0, 1, 32, 128);

        for (int i = 0; i < 10; i++) {
            assertThat(pace("192.0.2.1", Optional.empty(), rates)).isEqualTo(Pace.FINE);
        }
    }

    @Test
    void aMessageThatIsRefusedForItsSenderIsNotCountedForItsClient() {
        var rates = rates(2, 1, 32, 128);

        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.SENDER_TOO_FAST);
        assertThat(pace("192.0.2.1", Optional.empty(), rates)).isEqualTo(Pace.FINE);
        assertThat(pace("192.0.2.1", Optional.empty(), rates)).isEqualTo(Pace.CLIENT_TOO_FAST);
    }

    @Test
    void aClockThatIsSetBackGivesNothingAndTakesNothing() {
        var rates = rates(1, 0, 32, 128);

        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
        clock.pass(Duration.ofDays(-1));
        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.CLIENT_TOO_FAST);
        clock.pass(Duration.ofMinutes(1));
        assertThat(pace("192.0.2.1", ALICE, rates)).isEqualTo(Pace.FINE);
    }

    @Test
    void connectionsAreCountedByClientAndForgottenAtTheEnd() {
        var rates = rates(0, 0, 24, 64);
        var one = ClientLedger.client(InetAddress.ofLiteral("192.0.2.1"), rates);
        var other = ClientLedger.client(InetAddress.ofLiteral("192.0.2.2"), rates);

        assertThat(ledger.connected(one)).isEqualTo(1);
        assertThat(ledger.connected(other)).isEqualTo(2);
        ledger.disconnected(one);
        ledger.disconnected(other);
        assertThat(ledger.connected(other)).isEqualTo(1);
    }
}
