package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.ValidationSettings.Sha1;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Type;

/// Which keys of a zone the parent's DS records, or our trust anchors, let in, and what is said where they let none in.
class EntryPointsTest {
    private static final ZoneOwner OWNER = new ZoneOwner();
    private static final ZoneOwner OTHER = new ZoneOwner();

    private static EntryPoints delegated(DSRecord... records) {
        return EntryPoints.delegated(ZoneOwner.ZONE, List.of(records), ValidationSettings.DEFAULT);
    }

    private static RecordSet keys(DNSKEYRecord... keys) {
        return new RecordSet(ZoneOwner.ZONE, Type.DNSKEY, 3600, List.of(keys));
    }

    private static KeysFinding admit(EntryPoints entries, SignedSet dnskeys) {
        return entries.admit(dnskeys, ZoneOwner.NOW, new Budget(), Crypto.fastest());
    }

    private static String brokenBecause(EntryPoints entries, SignedSet dnskeys) {
        return ((KeysFinding.Broken) admit(entries, dnskeys)).reason().sentence();
    }

    @Test
    void aDigestOfTheKeyThatSignedTheSetLetsAllKeysIn() {
        var set = OWNER.sign(keys(OWNER.dnskey(), OTHER.dnskey()));
        for (int digest : new int[] {1, 2, 4}) {
            var trusted = (KeysFinding.Trusted) admit(delegated(OWNER.ds(digest)), set);
            assertThat(trusted.keys().records()).containsExactly(OWNER.dnskey(), OTHER.dnskey());
            assertThat(trusted.steps().getFirst())
                    .isEqualTo(new Proof.Step.Delegated(
                            ZoneOwner.ZONE, OWNER.dnskey().getFootprint(), 15, digest));
            assertThat(trusted.steps()).hasSize(2);
            assertThat(trusted.validUntil()).isEqualTo(ZoneOwner.NOW.plusSeconds(3600));
        }
    }

    @Test
    void theDigestThatIsToldIsThatOfTheKeyThatSigned() {
        var set = OTHER.sign(keys(OWNER.dnskey(), OTHER.dnskey()));
        var trusted = (KeysFinding.Trusted) admit(delegated(OWNER.ds(2), OTHER.ds(4)), set);
        assertThat(trusted.steps().getFirst())
                .isEqualTo(
                        new Proof.Step.Delegated(ZoneOwner.ZONE, OTHER.dnskey().getFootprint(), 15, 4));
    }

    /// RFC 4035 section 5.2: not any key of the set will do.
    @Test
    void aKeyThatWasNotAdmittedCannotSignTheSet() {
        assertThat(admit(delegated(OWNER.ds(2)), OTHER.sign(keys(OWNER.dnskey(), OTHER.dnskey()))))
                .isInstanceOf(KeysFinding.Broken.class);
    }

    @Test
    void aDigestOfAnotherKeyWithTheSameTagAndAlgorithmLetsNothingIn() {
        byte[] wrong = OWNER.ds(2).getDigest();
        wrong[0] ^= 1;
        assertThat(admit(delegated(ds(15, 2, wrong)), OWNER.sign(keys(OWNER.dnskey()))))
                .isInstanceOf(KeysFinding.Broken.class);
    }

    @Test
    void whereNoKeyIsLetInBothSidesAreTold() {
        assertThat(brokenBecause(delegated(OTHER.ds(2)), OWNER.sign(keys(OWNER.dnskey()))))
                .isEqualTo("no key of dane.example. is one that the DS records at the parent want: "
                        + OTHER.dnskey().getFootprint() + " (algorithm 15); the zone has "
                        + OWNER.dnskey().getFootprint());
        var revoked = new ZoneOwner(0x181);
        var foreign = new ZoneOwner(0);
        var anchors = List.<TrustAnchor>of(new TrustAnchor.Key(OTHER.dnskey()));
        assertThat(brokenBecause(
                        EntryPoints.anchored(ZoneOwner.ZONE, anchors),
                        OWNER.sign(keys(revoked.dnskey(), foreign.dnskey()))))
                .isEqualTo("no key of dane.example. is one that the trust anchor wants: "
                        + OTHER.dnskey().getFootprint() + " (algorithm 15); the zone has "
                        + revoked.dnskey().getFootprint() + " (revoked), "
                        + foreign.dnskey().getFootprint() + " (no zone key)");
    }

    @Test
    void aKeyThatMayNotSignIsNoWayIn() {
        for (int flags : new int[] {0, 0x181}) {
            var owner = new ZoneOwner(flags);
            assertThat(admit(delegated(owner.ds(2)), owner.sign(keys(owner.dnskey()))))
                    .isInstanceOf(KeysFinding.Broken.class);
        }
    }

    /// RFC 4509 section 3.
    @Test
    void aSha1DigestCountsOnlyWithoutABetterOne() {
        var set = OWNER.sign(keys(OWNER.dnskey(), OTHER.dnskey()));
        assertThat(admit(delegated(OWNER.ds(1)), set)).isInstanceOf(KeysFinding.Trusted.class);
        assertThat(admit(delegated(OWNER.ds(1), OTHER.ds(2)), set)).isInstanceOf(KeysFinding.Broken.class);
        assertThat(admit(delegated(OWNER.ds(1), ds(15, 99, new byte[32])), set))
                .as("one of an unknown kind is no better one")
                .isInstanceOf(KeysFinding.Trusted.class);
    }

    @Test
    void recordsOfUnknownKindsAreNoEntryPoints() {
        assertThat(delegated().isEmpty()).isTrue();
        assertThat(delegated(ds(15, 99, new byte[32])).isEmpty()).as("digest").isTrue();
        assertThat(delegated(ds(200, 2, new byte[32])).isEmpty())
                .as("algorithm")
                .isTrue();
        assertThat(delegated(OWNER.ds(2)).isEmpty()).isFalse();
        assertThat(delegated(OWNER.ds(2)).zone()).isEqualTo(ZoneOwner.ZONE);
    }

    @Test
    void algorithmsOnSha1CountAsTheSettingsSay() {
        for (int algorithm : new int[] {5, 7}) {
            var records = List.of(ds(algorithm, 2, new byte[32]));
            assertThat(EntryPoints.delegated(ZoneOwner.ZONE, records, ValidationSettings.DEFAULT)
                            .isEmpty())
                    .isFalse();
            assertThat(EntryPoints.delegated(ZoneOwner.ZONE, records, new ValidationSettings(Sha1.INSECURE, 100))
                            .isEmpty())
                    .isTrue();
        }
        assertThat(EntryPoints.delegated(
                                ZoneOwner.ZONE, List.of(OWNER.ds(2)), new ValidationSettings(Sha1.INSECURE, 100))
                        .isEmpty())
                .isFalse();
    }

    /// RFC 9905: a zone may have keys of both kinds.
    @Test
    void keysOnSha1AreNotLetInWhereTheyCountForNothing() {
        var weak = new DNSKEYRecord(
                ZoneOwner.ZONE, DClass.IN, 3600, 256, 3, 7, OWNER.dnskey().getKey());
        var set = OWNER.sign(keys(OWNER.dnskey(), weak));
        var admitted = (KeysFinding.Trusted) admit(delegated(OWNER.ds(2)), set);
        assertThat(admitted.keys().records()).containsExactlyInAnyOrder(OWNER.dnskey(), weak);
        var strict = new ValidationSettings(Sha1.INSECURE, 100);
        var strictly =
                (KeysFinding.Trusted) admit(EntryPoints.delegated(ZoneOwner.ZONE, List.of(OWNER.ds(2)), strict), set);
        assertThat(strictly.keys().records()).containsExactly(OWNER.dnskey());
    }

    @Test
    void anAnchorLetsItsOwnKeyInWhateverItsFlags() {
        var set = OWNER.sign(keys(OWNER.dnskey()));
        var otherFlags = new DNSKEYRecord(
                ZoneOwner.ZONE, DClass.IN, 0, 256, 3, 15, OWNER.dnskey().getKey());
        for (var anchor : List.of(new TrustAnchor.Key(OWNER.dnskey()), new TrustAnchor.Key(otherFlags))) {
            assertThat(anchor.zone()).isEqualTo(ZoneOwner.ZONE);
            var trusted = (KeysFinding.Trusted) admit(EntryPoints.anchored(ZoneOwner.ZONE, List.of(anchor)), set);
            assertThat(trusted.steps().getFirst())
                    .isEqualTo(new Proof.Step.Anchored(
                            ZoneOwner.ZONE, OWNER.dnskey().getFootprint(), 15));
        }
        assertThat(new TrustAnchor.Digest(OWNER.ds(2)).zone()).isEqualTo(ZoneOwner.ZONE);
    }

    @Test
    void anAnchorOfAnotherAlgorithmOrProtocolIsAnotherKey() {
        var set = OWNER.sign(keys(OWNER.dnskey()));
        byte[] key = OWNER.dnskey().getKey();
        for (var anchor : List.of(
                new DNSKEYRecord(ZoneOwner.ZONE, DClass.IN, 0, 257, 3, 13, key),
                new DNSKEYRecord(ZoneOwner.ZONE, DClass.IN, 0, 257, 2, 15, key),
                OTHER.dnskey())) {
            var entries = EntryPoints.anchored(ZoneOwner.ZONE, List.of(new TrustAnchor.Key(anchor)));
            assertThat(admit(entries, set)).isInstanceOf(KeysFinding.Broken.class);
        }
    }

    @Test
    void hashingForDsRecordsHasItsBudget() {
        byte[] wrong = new byte[32];
        var many = IntStream.range(0, Budget.DS_DIGESTS_A_QUESTION)
                .mapToObj(i -> {
                    byte[] digest = Arrays.copyOf(wrong, wrong.length);
                    digest[0] = (byte) i;
                    return ds(15, 2, digest);
                })
                .toList();
        var set = OWNER.sign(keys(OWNER.dnskey()));
        var budget = new Budget();
        var last = Stream.concat(many.stream().skip(1), Stream.of(OWNER.ds(2))).toList();
        assertThat(EntryPoints.delegated(ZoneOwner.ZONE, last, ValidationSettings.DEFAULT)
                        .admit(set, ZoneOwner.NOW, budget, Crypto.fastest()))
                .isInstanceOf(KeysFinding.Trusted.class);
        assertThat(budget.isSpent()).isFalse();

        var tooMany = Stream.concat(many.stream(), Stream.of(OWNER.ds(2))).toList();
        budget = new Budget();
        assertThat(EntryPoints.delegated(ZoneOwner.ZONE, tooMany, ValidationSettings.DEFAULT)
                        .admit(set, ZoneOwner.NOW, budget, Crypto.fastest()))
                .isInstanceOf(KeysFinding.Broken.class);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void onlyAnAnchoredZoneSpeaksOfTheClock() {
        var set = keys(OWNER.dnskey());
        var past = OWNER.sign(set, OWNER.terms(set).between(day(-30), day(-20)));
        var future = OWNER.sign(set, OWNER.terms(set).between(day(20), day(30)));
        var anchored = EntryPoints.anchored(ZoneOwner.ZONE, List.of(new TrustAnchor.Key(OWNER.dnskey())));

        assertThat(anchored.doubtsClock(past, ZoneOwner.NOW))
                .contains(new Reason(
                        "the local clock seems fast: it says 2026-03-01T12:00:00Z, and the keys of dane.example. are"
                                + " signed from 2026-01-30T12:00:00Z to 2026-02-09T12:00:00Z",
                        ExtendedError.SIGNATURE_EXPIRED));
        assertThat(anchored.doubtsClock(future, ZoneOwner.NOW)).hasValueSatisfying(reason -> {
            assertThat(reason.sentence()).startsWith("the local clock seems slow: ");
            assertThat(reason.code()).isEqualTo(ExtendedError.SIGNATURE_NOT_YET_VALID);
            assertThat(reason).hasToString(reason.sentence() + " (EDE 8)");
        });
        assertThat(anchored.doubtsClock(OWNER.sign(set), ZoneOwner.NOW)).isEmpty();
        assertThat(anchored.doubtsClock(new SignedSet(set, List.of()), ZoneOwner.NOW))
                .isEmpty();
        assertThat(anchored.doubtsClock(
                        new SignedSet(
                                set,
                                Stream.of(past, OWNER.sign(set))
                                        .flatMap(each -> each.signatures().stream())
                                        .toList()),
                        ZoneOwner.NOW))
                .as("one that counts is enough")
                .isEmpty();
        assertThat(delegated(OWNER.ds(2)).doubtsClock(past, ZoneOwner.NOW)).isEmpty();
    }

    private static java.time.Instant day(int number) {
        return ZoneOwner.NOW.plus(Duration.ofDays(number));
    }

    private static DSRecord ds(int algorithm, int digest, byte[] octets) {
        return new DSRecord(ZoneOwner.ZONE, DClass.IN, 3600, OWNER.dnskey().getFootprint(), algorithm, digest, octets);
    }
}
