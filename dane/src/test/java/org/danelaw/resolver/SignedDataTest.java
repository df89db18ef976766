package org.danelaw.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.lab.world.Damage.allSignaturesAndKeysAreGone;
import static org.danelaw.lab.world.Damage.ds;
import static org.danelaw.lab.world.Damage.keys;
import static org.danelaw.lab.world.Damage.recordsOf;
import static org.danelaw.lab.world.Damage.serversThat;
import static org.danelaw.lab.world.Damage.signatures;
import static org.danelaw.lab.world.Damage.signaturesOf;
import static org.danelaw.lab.world.Misconduct.forType;
import static org.danelaw.lab.world.Misconduct.servfail;
import static org.danelaw.lab.world.Misconduct.stripDnssec;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.dns.Answer;
import org.danelaw.dns.ShortTlsaRecord;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;
import org.danelaw.dnssec.ValidationSettings.Sha1;
import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Algorithm;
import org.danelaw.lab.world.Damage;
import org.danelaw.lab.world.Key;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TLSARecord;

/// Signatures, keys and DS records: a good zone, and its twins that are broken in one way each.
class SignedDataTest {
    private static Zone dane() {
        return Zone.named("dane.example").with("""
                @    MX 10 mail
                mail A  127.0.0.2
                """);
    }

    private static String mxOf(Zone dane) {
        return Look.into(dane).at("dane.example", "MX");
    }

    private static ExtendedError codeFor(Damage damage) {
        return Look.into(dane().but(damage)).reason("dane.example", "MX").code();
    }

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmIsChecked(Algorithm algorithm) {
        var dane = dane().signedWith(algorithm);
        assertThat(mxOf(dane)).isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane.nsec3())).isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane.but(signaturesOf("@", "MX").areCorrupted()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane.but(signaturesOf("@", "DNSKEY").areCorrupted()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane.but(signaturesOf("@", "MX").areMadeByAnotherKey())))
                .isEqualTo("BOGUS");
    }

    @Test
    @Rule("C2")
    void aTlsaRecordThatIsTooShortIsSignedLikeAnyOther() {
        var owner = Name.fromConstantString("_25._tcp.mail.dane.example.");
        var tlsa = List.of(
                new ShortTlsaRecord(owner, 300, new byte[] {3, 1}),
                new TLSARecord(owner, DClass.IN, 300, 3, 1, 1, new byte[32]));
        var dane = dane().with(tlsa);
        assertThat(Look.into(dane).at("_25._tcp.mail.dane.example", "TLSA")).isEqualTo("SECURE FOUND");
        var without = dane.but(
                recordsOf("_25._tcp.mail", "TLSA").areReplacedBy("_25._tcp.mail TLSA 3 1 1 " + "00".repeat(32)));
        assertThat(Look.into(without).at("_25._tcp.mail.dane.example", "TLSA")).isEqualTo("BOGUS");
    }

    static Stream<Arguments> brokenSignatures() {
        var mx = signaturesOf("@", "MX");
        return Stream.of(
                Arguments.of(mx.areExpired(), ExtendedError.SIGNATURE_EXPIRED),
                Arguments.of(mx.areNotYetValid(), ExtendedError.SIGNATURE_NOT_YET_VALID),
                Arguments.of(mx.endBeforeTheyBegin(), ExtendedError.SIGNATURE_NOT_YET_VALID),
                Arguments.of(mx.areCorrupted(), ExtendedError.DNSSEC_BOGUS),
                Arguments.of(mx.areMadeByAnotherKey(), ExtendedError.DNSSEC_BOGUS),
                Arguments.of(mx.areProlongedByForgery(), ExtendedError.DNSSEC_BOGUS),
                Arguments.of(mx.areChangedToOriginalTtl(7200), ExtendedError.DNSSEC_BOGUS),
                Arguments.of(mx.areChangedToAlgorithm(15), ExtendedError.DNSKEY_MISSING),
                Arguments.of(mx.areChangedToAlgorithm(200), ExtendedError.UNSUPPORTED_DNSKEY_ALGORITHM),
                Arguments.of(mx.areChangedToTag(1), ExtendedError.DNSKEY_MISSING),
                Arguments.of(mx.areReplacedByCorruptOnes(5), ExtendedError.DNSSEC_BOGUS),
                Arguments.of(recordsOf("@", "MX").areReplacedBy("@ MX 10 evil"), ExtendedError.DNSSEC_BOGUS),
                Arguments.of(recordsOf("@", "MX").areJoinedBy("@ MX 5 evil"), ExtendedError.DNSSEC_BOGUS));
    }

    @ParameterizedTest
    @MethodSource("brokenSignatures")
    void aBrokenSignatureIsBogusAndSaysWhy(Damage damage, ExtendedError code) {
        assertThat(mxOf(dane())).isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane().but(damage))).isEqualTo("BOGUS");
        assertThat(codeFor(damage)).isEqualTo(code);
    }

    @Test
    void theSignerIsTheZoneAndNoOther() {
        // Above the owner, but not the zone; below it; beside it.
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").nameAsSigner("example"))))
                .isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").nameAsSigner("mail.dane.example"))))
                .isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").nameAsSigner("other.example"))))
                .isEqualTo("BOGUS");
    }

    @Test
    void moreLabelsThanTheOwnerHasAreBogus() {
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").areChangedToLabels(3))))
                .isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").countLabels(3)))).isEqualTo("BOGUS");
    }

    @Test
    void aWildcardAboveTheZoneIsNotTheZonesToSign() {
        // The signature over *.example is good, and the zone has no right to make it.
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").countLabels(1)))).isEqualTo("BOGUS");
    }

    @Rule("A12")
    @Test
    void recordsWithoutSignaturesInASignedZoneAreBogusAndNotInsecure() {
        var stripped = signaturesOf("@", "MX").areStripped();
        assertThat(mxOf(dane().but(stripped))).isEqualTo("BOGUS");
        assertThat(codeFor(stripped)).isEqualTo(ExtendedError.RRSIGS_MISSING);
        assertThat(mxOf(dane().but(signatures().areStripped()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(allSignaturesAndKeysAreGone()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(serversThat(stripDnssec())))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(signaturesOf("@", "DNSKEY").areStripped()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().unsigned())).isEqualTo("INSECURE FOUND");
        assertThat(mxOf(dane().island())).isEqualTo("INSECURE FOUND");
    }

    @Rule("A12")
    @Test
    void aDelegationStrippedOfItsProofIsBogusAndNotInsecure() {
        var look = Look.into(dane().unsigned(), Zone.named("example").but(serversThat(forType("DS", stripDnssec()))));
        assertThat(look.at("dane.example", "MX")).isEqualTo("BOGUS");
    }

    @Test
    void aServerThatFailsIsUnavailableAndNotBogus() {
        assertThat(mxOf(dane().but(serversThat(forType("MX", servfail()))))).isEqualTo("UNAVAILABLE");
        assertThat(mxOf(dane().but(serversThat(forType("DNSKEY", servfail()))))).isEqualTo("UNAVAILABLE");
        var parent = Zone.named("example").but(serversThat(forType("DS", servfail())));
        assertThat(Look.into(dane(), parent).at("dane.example", "MX")).isEqualTo("UNAVAILABLE");
        assertThat(Look.into(dane().unsigned(), parent).at("dane.example", "MX"))
                .isEqualTo("UNAVAILABLE");
    }

    @Rule("A17")
    @Test
    void dsRecordsOfUnknownKindsMakeAZoneInsecure() {
        assertThat(mxOf(dane().but(ds().haveAnUnknownAlgorithm()))).isEqualTo("INSECURE FOUND");
        assertThat(mxOf(dane().but(ds().haveAnUnknownDigest()))).isEqualTo("INSECURE FOUND");
        assertThat(mxOf(dane().but(ds().comeWithUnknownOnes()))).isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane().but(
                                ds().comeWithUnknownOnes(),
                                signaturesOf("@", "MX").areCorrupted())))
                .as("one known DS is enough to bind the zone")
                .isEqualTo("BOGUS");
    }

    @Rule("A17")
    @ParameterizedTest
    @EnumSource(names = {"RSASHA1", "RSASHA1_NSEC3_SHA1"})
    void algorithmsOnSha1AreAcceptedOrInsecureAsTheOperatorSays(Algorithm algorithm) {
        var dane = dane().signedWith(algorithm);
        assertThat(Look.with(new ValidationSettings(Sha1.ACCEPT, 100), dane).at("dane.example", "MX"))
                .isEqualTo("SECURE FOUND");
        assertThat(Look.with(new ValidationSettings(Sha1.INSECURE, 100), dane).at("dane.example", "MX"))
                .isEqualTo("INSECURE FOUND");
        assertThat(Look.with(new ValidationSettings(Sha1.INSECURE, 100), dane.signedWith(Algorithm.RSASHA256))
                        .at("dane.example", "MX"))
                .isEqualTo("SECURE FOUND");
    }

    @Rule("A17")
    @ParameterizedTest
    @EnumSource(names = {"RSASHA1", "RSASHA1_NSEC3_SHA1"})
    void whatOnlySha1SignedInAZoneThatABetterDsBindsIsBogusWhereSha1CountsForNothing(Algorithm algorithm) {
        var mixed = dane().keys(Key.ksk(Algorithm.RSASHA256), Key.zsk(algorithm));
        assertThat(Look.with(new ValidationSettings(Sha1.ACCEPT, 100), mixed).at("dane.example", "MX"))
                .isEqualTo("SECURE FOUND");
        assertThat(Look.with(new ValidationSettings(Sha1.INSECURE, 100), mixed).at("dane.example", "MX"))
                .isEqualTo("BOGUS");
    }

    @Rule("A26")
    @Test
    void sha1DigestsAreIgnoredBesideBetterOnes() {
        assertThat(mxOf(dane().digests(1))).isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane().digests(2))).isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane().digests(4))).isEqualTo("SECURE FOUND");
        for (int better : new int[] {2, 4}) {
            var both = dane().digests(1, better);
            assertThat(mxOf(both)).isEqualTo("SECURE FOUND");
            assertThat(mxOf(both.but(ds().ofDigestAreOfAnotherKey(1)))).isEqualTo("SECURE FOUND");
            assertThat(mxOf(both.but(ds().ofDigestAreOfAnotherKey(better)))).isEqualTo("BOGUS");
        }
        assertThat(mxOf(dane().digests(2, 4).but(ds().ofDigestAreOfAnotherKey(4))))
                .as("one good path is enough")
                .isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane().but(ds().comeWithOnesOfAnotherKey()))).isEqualTo("SECURE FOUND");
    }

    @Rule("A27")
    @Test
    void theKeysMustBeSignedByOneThatTheParentVouchesFor() {
        var wrong = keys().areSignedByTheWrongOnes();
        assertThat(mxOf(dane().but(wrong))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(ds().areOfAnotherKey()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(ds().haveAnotherTag()))).isEqualTo("BOGUS");
        assertThat(codeFor(ds().areOfAnotherKey())).isEqualTo(ExtendedError.DNSKEY_MISSING);
    }

    @Test
    void revokedKeysAndOtherKeysThanZoneKeysProveNothing() {
        assertThat(mxOf(dane().but(keys().areRevoked()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(keys().areNoZoneKeys()))).isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(keys().lackTheSepFlag()))).isEqualTo("SECURE FOUND");
    }

    @Test
    void keysWithTheSameTagAreAllTried() {
        var dane = dane().signedWith(Algorithm.ED25519);
        assertThat(mxOf(dane.but(keys().collideInTag()))).isEqualTo("SECURE FOUND");
        assertThat(mxOf(dane.but(keys().collideInTag(), signaturesOf("@", "MX").areCorrupted())))
                .isEqualTo("BOGUS");
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").comeAfterCorruptOnes(15))))
                .isEqualTo("SECURE FOUND");
    }

    @Rule("A18")
    @Test
    void keysTimesSignaturesAreBounded() {
        assertThat(mxOf(dane().but(signaturesOf("@", "MX").comeAfterCorruptOnes(16))))
                .as("the good one would be the seventeenth check")
                .isEqualTo("BOGUS");
        var trap = dane().signedWith(Algorithm.ED25519)
                .but(keys().collideInTag(12), signaturesOf("@", "MX").comeAfterCorruptOnes(12));
        assertThat(mxOf(trap)).isNotEqualTo("SECURE FOUND").doesNotStartWith("INSECURE");
    }

    @Rule("A23")
    @Test
    void aTenthOfASignaturesLifeIsForgivenButAtMostADay() {
        var tenDays = dane().lasting(Duration.ofDays(9), Duration.ofDays(1));
        assertThat(mxAfter(Duration.ofHours(24 + 23), tenDays)).isEqualTo("SECURE FOUND");
        assertThat(mxAfter(Duration.ofHours(24 + 25), tenDays)).isEqualTo("BOGUS");
        var hundredHours = dane().lasting(Duration.ofHours(50), Duration.ofHours(50));
        assertThat(mxAfter(Duration.ofHours(59), hundredHours)).isEqualTo("SECURE FOUND");
        assertThat(mxAfter(Duration.ofHours(61), hundredHours)).isEqualTo("BOGUS");
    }

    @Rule("A23")
    @Test
    void anHourIsForgivenHoweverShortASignaturesLife() {
        var twoHours = dane().lasting(Duration.ofHours(1), Duration.ofHours(1));
        assertThat(mxAfter(Duration.ofMinutes(119), twoHours)).isEqualTo("SECURE FOUND");
        assertThat(mxAfter(Duration.ofMinutes(121), twoHours)).isEqualTo("BOGUS");
    }

    @Rule("A23")
    @Test
    void aSignatureThatBeginsSoonIsForgivenToo() {
        var soon = dane().lasting(Duration.ofHours(-9), Duration.ofHours(109));
        var late = dane().lasting(Duration.ofHours(-11), Duration.ofHours(111));
        assertThat(mxOf(soon)).isEqualTo("SECURE FOUND");
        assertThat(mxOf(late)).isEqualTo("BOGUS");
    }

    @Rule("A23")
    @Test
    void whatWasOnlyForgivenIsNotCached() {
        var tenDays = dane().lasting(Duration.ofDays(9), Duration.ofDays(1));
        var now = Look.NOW.plus(Duration.ofHours(30));
        var answer = (Validated.Secure<Answer>) Look.at(now, tenDays).answer("dane.example", "MX");
        assertThat(answer.proof().validUntil()).isEqualTo(now);
        assertThat(((Answer.Found) answer.value()).set().ttlSeconds()).isZero();
    }

    @Rule("A23")
    @Test
    void aWrongLocalClockIsNamed() {
        var fast = Look.at(Look.NOW.plus(Duration.ofDays(365)), dane()).reason("dane.example", "MX");
        assertThat(fast.sentence()).contains("local clock seems fast", "2027-03-01");
        assertThat(fast.code()).isEqualTo(ExtendedError.SIGNATURE_EXPIRED);
        var slow = Look.at(Look.NOW.minus(Duration.ofDays(365)), dane()).reason("dane.example", "MX");
        assertThat(slow.sentence()).contains("local clock seems slow", "2025-03-01");
        assertThat(slow.code()).isEqualTo(ExtendedError.SIGNATURE_NOT_YET_VALID);
        assertThat(Look.into(dane().but(signatures().areExpired()))
                        .reason("dane.example", "MX")
                        .sentence())
                .as("a zone that forgot to sign says nothing of our clock")
                .doesNotContain("clock");
    }

    @Rule("A22")
    @Test
    void anAnswerIsKeptNoLongerThanAnythingOnItsWay() {
        var shortSet = dane().with("short 30 A 127.0.0.9");
        var answer = (Validated.Secure<Answer>) Look.into(shortSet).answer("short.dane.example", "A");
        assertThat(answer.proof().validUntil()).isEqualTo(Look.NOW.plusSeconds(30));

        var endsSoon = dane().lasting(Duration.ofDays(20), Duration.ofSeconds(100));
        var ending = (Validated.Secure<Answer>) Look.into(endsSoon).answer("dane.example", "MX");
        assertThat(ending.proof().validUntil()).isEqualTo(Look.NOW.plusSeconds(100));
        assertThat(((Answer.Found) ending.value()).set().ttlSeconds()).isEqualTo(100);
    }

    @Rule("A22")
    @Test
    void aServerCannotProlongWhatItsSignerMadeShort() {
        var prolonged = dane().with("short 30 A 127.0.0.9")
                .but(recordsOf("short", "A").areReplacedBy("short 3000 A 127.0.0.9"));
        var answer = (Validated.Secure<Answer>) Look.into(prolonged).answer("short.dane.example", "A");
        assertThat(answer.proof().validUntil()).isEqualTo(Look.NOW.plusSeconds(30));
        assertThat(((Answer.Found) answer.value()).set().ttlSeconds()).isEqualTo(30);
    }

    @Test
    void aSignerThatIsElsewhereMakesRecordsNoLessSigned() {
        var elsewhere = Zone.named("unsigned.example").unsigned().with("www A 127.0.0.6");
        var claimed = dane().but(
                        recordsOf("@", "MX").areReplacedBy("@ MX 10 evil"),
                        signaturesOf("@", "MX").nameAsSigner("unsigned.example"));
        assertThat(Look.into(claimed, elsewhere).at("dane.example", "MX"))
                .as("forged records that say they are from an unsigned zone")
                .isEqualTo("BOGUS");
    }

    private static String mxAfter(Duration later, Zone dane) {
        return Look.at(Look.NOW.plus(later), dane).at("dane.example", "MX");
    }
}
