package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.danelaw.resolver.AnchorKey.State;
import org.danelaw.resolver.AnchorZone.RootKey;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;

/// The state table of RFC 5011 section 4.1, row by row.
class TrustPointTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final Duration TTL = Duration.ofDays(2);
    private static final RootKey ANCHOR = RootKey.create();
    private static final RootKey KEY = RootKey.create();

    @Test
    void startWithNewKeyIsAddPending() {
        assertThat(stateAfterSet(anchorOnly(), NOW, ANCHOR, KEY)).containsExactly(State.ADD_PENDING);
    }

    @Test
    void addPendingWithKeyRemIsForgotten() {
        assertThat(stateAfterSet(with(State.ADD_PENDING), NOW, ANCHOR)).isEmpty();
    }

    @Test
    void addPendingBeforeAddTimeStays() {
        assertThat(stateAfterSet(
                        with(State.ADD_PENDING), NOW.plus(Duration.ofDays(30)).minusMillis(1), ANCHOR, KEY))
                .containsExactly(State.ADD_PENDING);
    }

    @Test
    void addPendingAtAddTimeIsValid() {
        assertThat(stateAfterSet(with(State.ADD_PENDING), NOW.plus(Duration.ofDays(30)), ANCHOR, KEY))
                .containsExactly(State.VALID);
    }

    @Test
    void addPendingWithRevBitIsForgotten() {
        assertThat(stateAfterRevocation(with(State.ADD_PENDING))).isEmpty();
    }

    @Test
    void validWithKeyRemIsMissing() {
        assertThat(stateAfterSet(with(State.VALID), NOW, ANCHOR)).containsExactly(State.MISSING);
    }

    @Test
    void validWithRevBitIsRevoked() {
        assertThat(stateAfterRevocation(with(State.VALID))).containsExactly(State.REVOKED);
    }

    @Test
    void missingWithKeyPresIsValid() {
        assertThat(stateAfterSet(with(State.MISSING), NOW, ANCHOR, KEY)).containsExactly(State.VALID);
    }

    @Test
    void missingWithRevBitIsRevoked() {
        assertThat(stateAfterRevocation(with(State.MISSING))).containsExactly(State.REVOKED);
    }

    @Test
    void missingStaysHoweverLong() {
        assertThat(stateAfterSet(with(State.MISSING), NOW.plus(Duration.ofDays(3650)), ANCHOR))
                .containsExactly(State.MISSING);
    }

    @Test
    void revokedBeforeRemTimeStays() {
        assertThat(stateAfterSet(
                        with(State.REVOKED), NOW.plus(Duration.ofDays(30)).minusMillis(1), ANCHOR))
                .containsExactly(State.REVOKED);
    }

    @Test
    void revokedAtRemTimeIsRemoved() {
        assertThat(stateAfterSet(with(State.REVOKED), NOW.plus(Duration.ofDays(30)), ANCHOR))
                .containsExactly(State.REMOVED);
    }

    @Test
    void revokedAndRemovedStaySoWhenTheKeyIsSeenAgain() {
        assertThat(stateAfterSet(with(State.REVOKED), NOW, ANCHOR, KEY)).containsExactly(State.REVOKED);
        assertThat(stateAfterSet(with(State.REMOVED), NOW, ANCHOR, KEY)).containsExactly(State.REMOVED);
        assertThat(stateAfterRevocation(with(State.REMOVED))).containsExactly(State.REMOVED);
    }

    @Test
    void onlyValidAndMissingAreTrusted() {
        for (State state : State.values()) {
            boolean trusted = with(state).trusted().contains(KEY.anchor());
            assertThat(trusted).as(state.toString()).isEqualTo(state == State.VALID || state == State.MISSING);
        }
    }

    @Test
    void theHoldDownIsAsLongAsTheOriginalTtlWhereThatIsLonger() {
        var after = anchorOnly().after(List.of(ANCHOR.dnskey(), KEY.dnskey()), Duration.ofDays(45), NOW);

        assertThat(after.keys().getLast().due()).isEqualTo(NOW.plus(Duration.ofDays(45)));
    }

    @Test
    void aRevokedKeyInTheSetIsNoNewKey() {
        assertThat(stateAfterSet(anchorOnly(), NOW, ANCHOR, KEY.revoked())).isEmpty();
    }

    @Test
    void aZoneThatShowsNewKeysWithoutEndIsNotFollowed() {
        var point = anchorOnly();
        var keys = new java.util.ArrayList<>(IntStream.range(0, 2 * TrustPoint.MOST_KEYS)
                .mapToObj(TrustPointTest::invented)
                .toList());
        keys.add(ANCHOR.dnskey());
        point = point.after(keys, TTL, NOW);

        assertThat(point.keys()).hasSize(TrustPoint.MOST_KEYS);
        assertThat(point.trusted()).containsExactly(ANCHOR.anchor());
    }

    private static DNSKEYRecord invented(int i) {
        byte[] key = new byte[64];
        key[0] = (byte) i;
        return new DNSKEYRecord(Name.root, 1, 3600, 257, 3, 13, key);
    }

    private static TrustPoint anchorOnly() {
        return TrustPoint.configured(Name.root, List.of(ANCHOR.anchor()), NOW);
    }

    /// The anchor, and the key in a state that it has since now, waiting for 30 days where it waits.
    private static TrustPoint with(State state) {
        var key = new AnchorKey(KEY.anchor(), state, NOW, NOW.plus(Duration.ofDays(30)));
        return new TrustPoint(Name.root, List.of(AnchorKey.configured(ANCHOR.anchor(), NOW), key));
    }

    private static List<State> stateAfterSet(TrustPoint point, Instant when, RootKey... set) {
        var keys = List.of(set).stream().map(RootKey::dnskey).toList();
        return state(point.after(keys, TTL, when));
    }

    private static List<State> stateAfterRevocation(TrustPoint point) {
        return state(point.afterRevocations(List.of(KEY.revoked().dnskey()), NOW));
    }

    private static List<State> state(TrustPoint point) {
        return point.keys().stream()
                .filter(key -> key.is(KEY.dnskey()))
                .map(AnchorKey::state)
                .toList();
    }
}
