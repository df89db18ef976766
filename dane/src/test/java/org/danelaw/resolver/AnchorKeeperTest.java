package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.TrustAnchor;
import org.danelaw.resolver.AnchorZone.RootKey;
import org.danelaw.resolver.ConfiguredAnchors.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFC 5011 from the outside: a root whose keys change, our clock running through months of it.
class AnchorKeeperTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T00:00:00Z"));
    private final AnchorZone zone = new AnchorZone(clock);
    private final List<String> told = new ArrayList<>();
    private final RootKey old = RootKey.create();
    private final RootKey young = RootKey.create();

    @Test
    void aWholeRolloverOfTheRootIsFollowed() throws IOException {
        zone.publish(old);
        var keeper = open(old.digest());
        live(keeper, Duration.ofDays(3));
        assertThat(keeper.current()).as("the digest has become the key").containsExactly(old.anchor());

        // The new key is published, and signs from the start.
        zone.publish(old, young);
        live(keeper, Duration.ofDays(29));
        assertThat(keeper.current()).as("still on hold").containsExactly(old.anchor());
        live(keeper, Duration.ofDays(3));
        assertThat(keeper.current())
                .as("trusted after 30 days")
                .containsExactlyInAnyOrder(old.anchor(), young.anchor());

        // The old key is revoked: it signs once more, with the flag.
        zone.publish(old.revoked(), young);
        live(keeper, Duration.ofDays(2));
        assertThat(keeper.current()).containsExactly(young.anchor());

        // And goes.
        zone.publish(young);
        live(keeper, Duration.ofDays(40));
        assertThat(keeper.current()).containsExactly(young.anchor());
        assertThat(told)
                .containsExactly(
                        "key " + tag(young)
                                + " of . is new: it will be trusted from 2026-12-27T00:00:00Z on if it stays",
                        "key " + tag(young) + " of . is a trust anchor now",
                        "key " + tag(old) + " of . was revoked: it is no trust anchor any more",
                        "key " + tag(old) + " of . was revoked and has gone");
    }

    @Test
    void theRolloverSurvivesARestartAtEveryStep() throws IOException {
        zone.publish(old);
        live(open(old.digest()), Duration.ofDays(1));
        zone.publish(old, young);
        for (int day = 0; day < 32; day++) {
            live(open(old.digest()), DAY);
        }
        zone.publish(old.revoked(), young);
        live(open(old.digest()), Duration.ofDays(2));
        zone.publish(young);
        live(open(old.digest()), Duration.ofDays(2));

        assertThat(open(old.digest()).current()).containsExactly(young.anchor());
    }

    @Test
    void anAttackersKeyThatVanishesWithinTheHoldDownIsNeverTrusted() throws IOException {
        zone.publish(old);
        var keeper = open(old.anchor());
        live(keeper, DAY);
        zone.publish(List.of(old, young), List.of(old));
        live(keeper, Duration.ofDays(29));
        zone.publish(old);
        live(keeper, Duration.ofDays(2));
        assertThat(told).last().isEqualTo("key " + tag(young) + " of . has gone before it was trusted");

        // When it comes back, its time begins anew.
        zone.publish(List.of(old, young), List.of(old));
        live(keeper, Duration.ofDays(29));
        assertThat(keeper.current()).containsExactly(old.anchor());
    }

    @Test
    void aSetThatNoTrustedKeySignedChangesNothing() throws IOException {
        zone.publish(old);
        var keeper = open(old.anchor());
        live(keeper, DAY);
        zone.publish(List.of(old, young), List.of(young));
        live(keeper, Duration.ofDays(60));

        assertThat(keeper.current()).containsExactly(old.anchor());
        assertThat(told).allMatch(text -> text.startsWith("the keys of . could not be refreshed: "));
    }

    @Test
    void aKeyWithoutTheSepFlagNeverBecomesAnAnchor() throws IOException {
        zone.publish(List.of(old, young.withoutSep()), List.of(old, young.withoutSep()));
        var keeper = open(old.anchor());
        live(keeper, Duration.ofDays(60));

        assertThat(keeper.current()).containsExactly(old.anchor());
    }

    @Test
    void aKeyThatIsMissingStaysTrustedAndReturns() throws IOException {
        zone.publish(old, young);
        var keeper = open(old.anchor(), young.anchor());
        live(keeper, DAY);
        zone.publish(young);
        live(keeper, Duration.ofDays(90));
        assertThat(keeper.current()).contains(old.anchor());
        assertThat(told)
                .containsExactly("key " + tag(old) + " of . is not in its zone any more: it stays a trust anchor");

        zone.publish(old);
        live(keeper, Duration.ofDays(2));
        assertThat(told)
                .endsWith(
                        "key " + tag(old) + " of . is a trust anchor now",
                        "key " + tag(young) + " of . is not in its zone any more: it stays a trust anchor");
    }

    @Test
    void aRevocationCountsOnlyWithTheKeysOwnSignature() throws IOException {
        zone.publish(List.of(old.revoked(), young), List.of(young));
        var keeper = open(old.anchor(), young.anchor());
        live(keeper, DAY);
        assertThat(keeper.current()).contains(old.anchor());

        zone.publish(List.of(old.revoked(), young), List.of(old.revoked(), young));
        live(keeper, Duration.ofDays(2));
        assertThat(keeper.current()).containsExactly(young.anchor());
    }

    @Test
    void aRevokedKeyNeverComesBack() throws IOException {
        zone.publish(old.revoked(), young);
        live(open(old.anchor(), young.anchor()), DAY);
        // Not by dropping the flag, not by time, not by the configuration.
        zone.publish(old, young);
        live(open(old.anchor(), young.anchor()), Duration.ofDays(90));

        assertThat(open(old.anchor(), young.anchor()).current()).containsExactly(young.anchor());
    }

    @Test
    void aRevokedKeyDoesNotComeBackWithANewRelease() throws IOException {
        zone.publish(old.revoked(), young);
        live(openBuiltIn(old.digest(), young.digest()), DAY);
        zone.publish(young);
        live(openBuiltIn(old.digest(), young.digest()), Duration.ofDays(40));

        RootKey third = RootKey.create();
        assertThat(openBuiltIn(old.digest(), young.digest(), third.digest()).current())
                .containsExactlyInAnyOrder(young.anchor(), third.digest());
    }

    @Test
    void whenAllKeysAreRevokedNothingIsTrusted() throws IOException {
        zone.publish(old.revoked(), young.revoked());
        var keeper = open(old.anchor(), young.anchor());
        live(keeper, DAY);

        assertThat(keeper.current()).isEmpty();
        assertThat(told).last().asString().contains("all trust anchors of . are revoked");
        zone.publish(RootKey.create());
        live(keeper, Duration.ofDays(60));
        assertThat(keeper.current()).isEmpty();
    }

    @Test
    void anOperatorsChangedFileIsTheirWord() throws IOException {
        zone.publish(old);
        live(open(old.anchor()), DAY);

        assertThat(open(young.anchor()).current()).containsExactly(young.anchor());
        assertThat(told).last().asString().startsWith("the configured trust anchors are others than before");
    }

    @Test
    void theZoneIsLookedAtAsOftenAsTheRfcSays() throws IOException {
        zone.publish(old);
        var keeper = open(old.anchor());
        live(keeper, Duration.ofDays(10));
        // Half of the original TTL of 48 hours.
        assertThat(zone.asked()).isBetween(10, 11);

        int before = zone.asked();
        zone.fallSilent();
        live(keeper, Duration.ofDays(2));
        // After failures a tenth of the TTL: every 4.8 hours.
        assertThat(zone.asked() - before).isBetween(9, 11);
    }

    @Test
    void aZoneThatWasNeverSeenIsTriedEveryHour() throws IOException {
        zone.fallSilent();
        live(open(old.anchor()), Duration.ofHours(5));

        assertThat(zone.asked()).isBetween(5, 6);
        assertThat(told).contains("the keys of . could not be refreshed: nobody answers");
    }

    @Test
    void aDamagedStateIsRefusedWithItsLine() throws IOException {
        zone.publish(old);
        live(open(old.anchor()), DAY);
        String good = Files.readString(state());
        for (String damaged : List.of(
                good.replace("VALID", "REVOKED"),
                good.replaceFirst("sum .*\n", ""),
                good.substring(0, good.length() / 2),
                "",
                "nonsense\n",
                "\u0000\u0001\u0002",
                good + good)) {
            Files.writeString(state(), damaged);
            assertThatThrownBy(() -> open(old.anchor()))
                    .as(damaged)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("(?s)" + state() + ":\\d+: the state of the trust anchors is damaged .*");
        }
        Files.write(state(), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> open(old.anchor())).hasMessageContaining("not a text file");
        Files.writeString(state(), good);
        assertThat(open(old.anchor()).current()).containsExactly(old.anchor());
    }

    @Test
    void whatIsHalfWrittenBesideTheStateDoesNoHarm() throws IOException {
        zone.publish(old);
        live(open(old.anchor()), DAY);
        Files.writeString(directory.resolve("anchors.new"), "half a li");

        assertThat(open(old.anchor()).current()).containsExactly(old.anchor());
    }

    @Test
    void withoutAPlaceForTheStateNothingStarts() {
        assertThatThrownBy(() -> AnchorKeeper.open(
                        new ConfiguredAnchors(Source.FILE, List.of(old.anchor())),
                        directory.resolve("missing/anchors"),
                        new Refresh(zone, Crypto.soonest(), clock),
                        ResolverEvents.NONE))
                .isInstanceOf(IOException.class);
    }

    private AnchorKeeper open(TrustAnchor... anchors) throws IOException {
        return open(Source.FILE, anchors);
    }

    private AnchorKeeper openBuiltIn(TrustAnchor... anchors) throws IOException {
        return open(Source.BUILT_IN, anchors);
    }

    private AnchorKeeper open(Source source, TrustAnchor... anchors) throws IOException {
        var events = new ResolverEvents() {
            @Override
            public void anchors(String change) {
                told.add(change);
            }
        };
        return AnchorKeeper.open(
                new ConfiguredAnchors(source, Arrays.asList(anchors)),
                state(),
                new Refresh(zone, Crypto.soonest(), clock),
                events);
    }

    private Path state() {
        return directory.resolve("anchors");
    }

    /// Lets the clock run as the keeper's own thread would see it.
    private void live(AnchorKeeper keeper, Duration time) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            Duration pause = keeper.refreshDue();
            Instant next = clock.instant().plus(pause);
            clock.set(next.isBefore(end) ? next : end);
        }
    }

    private static int tag(RootKey key) {
        return key.dnskey().getFootprint();
    }
}
