package org.danelaw.lab.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.lab.judges.Ruling.BOGUS;
import static org.danelaw.lab.judges.Ruling.INSECURE;
import static org.danelaw.lab.judges.Ruling.SECURE;
import static org.danelaw.lab.world.Damage.allSignaturesAndKeysAreGone;
import static org.danelaw.lab.world.Damage.denial;
import static org.danelaw.lab.world.Damage.denialOf;
import static org.danelaw.lab.world.Damage.ds;
import static org.danelaw.lab.world.Damage.keys;
import static org.danelaw.lab.world.Damage.recordsOf;
import static org.danelaw.lab.world.Damage.serversThat;
import static org.danelaw.lab.world.Damage.signatures;
import static org.danelaw.lab.world.Damage.signaturesOf;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.danelaw.lab.judges.DnsjavaJudge;
import org.danelaw.lab.judges.Ruling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Each kind of damage does to a good zone what its name says, and no more: the judge finds the damaged part broken and
/// its neighbour sound.
class DamageTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String ZONE = """
            @      MX  10 mail
            mail   A   127.0.0.2
            other  A   127.0.0.3
            *.wild A   127.0.0.4
            c      NS  ns.c
            ns.c   A   127.0.0.1
            """;

    /// A damage, then what the judge says of `mail A`, of `other A`, of `nx A` and of `any.wild A`.
    record Row(Damage damage, Ruling mail, Ruling other, Ruling missing, Ruling wildcard) {
        @Override
        public String toString() {
            return damage.toString();
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(signaturesOf("mail", "A").areExpired(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areNotYetValid(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").endBeforeTheyBegin(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areStripped(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areCorrupted(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areMadeByAnotherKey(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").nameAsSigner("evil.example"), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areChangedToLabels(2), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areChangedToOriginalTtl(60), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areProlongedByForgery(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areChangedToAlgorithm(8), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areChangedToTag(1), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").areReplacedByCorruptOnes(3), BOGUS, SECURE, SECURE, SECURE),
                new Row(signaturesOf("mail", "A").comeAfterCorruptOnes(3), SECURE, SECURE, SECURE, SECURE),
                new Row(recordsOf("mail", "A").areReplacedBy("mail A 127.6.6.6"), BOGUS, SECURE, SECURE, SECURE),
                new Row(recordsOf("mail", "A").areJoinedBy("mail A 127.6.6.6"), BOGUS, SECURE, SECURE, SECURE),
                new Row(recordsOf("mail", "A").areGone(), BOGUS, SECURE, SECURE, SECURE),
                new Row(signatures().areExpired(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(signatures().areStripped(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(denial().isMissing(), SECURE, SECURE, BOGUS, BOGUS),
                new Row(denial().isWithoutSignature(), SECURE, SECURE, BOGUS, BOGUS),
                new Row(denial().isCorrupted(), SECURE, SECURE, BOGUS, BOGUS),
                new Row(denial().spansTooLittle(), SECURE, SECURE, BOGUS, BOGUS),
                new Row(denialOf("any.wild").isMissing(), SECURE, SECURE, SECURE, BOGUS),
                new Row(denialOf("nx").isMissing(), SECURE, SECURE, BOGUS, SECURE),
                new Row(denialOf("nx").spansTooLittle(), SECURE, SECURE, BOGUS, SECURE),
                new Row(ds().areOfAnotherKey(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(ds().haveAnotherTag(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(ds().haveAnUnknownAlgorithm(), INSECURE, INSECURE, INSECURE, INSECURE),
                new Row(ds().haveAnUnknownDigest(), INSECURE, INSECURE, INSECURE, INSECURE),
                new Row(ds().comeWithOnesOfAnotherKey(), SECURE, SECURE, SECURE, SECURE),
                new Row(ds().comeWithUnknownOnes(), SECURE, SECURE, SECURE, SECURE),
                new Row(keys().lackTheSepFlag(), SECURE, SECURE, SECURE, SECURE),
                new Row(keys().areNoZoneKeys(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(keys().areSignedByTheWrongOnes(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(signaturesOf("@", "DNSKEY").areExpired(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(signaturesOf("@", "DNSKEY").areMadeByAnotherKey(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(allSignaturesAndKeysAreGone(), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(serversThat(Misconduct.forType("A", Misconduct.servfail())), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(serversThat(Misconduct.stripDnssec()), BOGUS, BOGUS, BOGUS, BOGUS),
                new Row(serversThat(Misconduct.claimAuthenticity()), SECURE, SECURE, SECURE, SECURE));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doesWhatItSaysUnderNsec(Row row) {
        check(row, Zone.named("dane.example").with(ZONE));
    }

    /// With a salt under which the proofs of `nx` and of `any.wild` have no record in common.
    @ParameterizedTest
    @MethodSource("rows")
    void doesWhatItSaysUnderNsec3(Row row) {
        check(row, Zone.named("dane.example").with(ZONE).nsec3(1, "03"));
    }

    private static void check(Row row, Zone good) {
        var judge = new DnsjavaJudge(Internet.at(NOW, good.but(row.damage)), NOW);
        assertThat(judge.on("mail.dane.example", "A")).as("mail").isEqualTo(row.mail);
        assertThat(judge.on("other.dane.example", "A")).as("other").isEqualTo(row.other);
        assertThat(judge.on("nx.dane.example", "A")).as("nx").isEqualTo(row.missing);
        assertThat(judge.on("any.wild.dane.example", "A")).as("any.wild").isEqualTo(row.wildcard);
    }

    @Test
    void aDenialThatLiesAboutTypesIsWellSigned() {
        var hidden = Zone.named("dane.example").with(ZONE).but(denialOf("mail").claimsType("TLSA"));
        assertThat(new DnsjavaJudge(Internet.at(NOW, hidden), NOW).on("mail.dane.example", "TLSA"))
                .isEqualTo(BOGUS);
        assertThat(new DnsjavaJudge(Internet.at(NOW, hidden), NOW).on("mail.dane.example", "TXT"))
                .isEqualTo(SECURE);
    }

    @Test
    void aDelegationWhoseDenialClaimsDsIsBroken() {
        var child = Zone.named("c.dane.example").unsigned().with("www A 127.0.0.9");
        var good = Zone.named("dane.example").with(ZONE);
        assertThat(new DnsjavaJudge(Internet.at(NOW, good, child), NOW).on("www.c.dane.example", "A"))
                .isEqualTo(INSECURE);
        assertThat(new DnsjavaJudge(Internet.at(NOW, good.but(denialOf("c").claimsType("DS")), child), NOW)
                        .on("www.c.dane.example", "A"))
                .isEqualTo(BOGUS);
    }

    @Test
    void iterationsChangedAfterSigningAreBogusAndTooManyAreInsecure() {
        var few = Zone.named("dane.example").with(ZONE).nsec3(1, "");
        assertThat(new DnsjavaJudge(Internet.at(NOW, few.but(denial().isChangedToIterations(2))), NOW)
                        .on("nx.dane.example", "A"))
                .isEqualTo(BOGUS);
        assertThat(new DnsjavaJudge(
                                Internet.at(
                                        NOW,
                                        Zone.named("dane.example").with(ZONE).nsec3(2501, "")),
                                NOW)
                        .on("nx.dane.example", "A"))
                .isEqualTo(INSECURE);
    }

    @Test
    void signaturesCanEndHowLongAgoOneLikes() {
        var ended = Zone.named("dane.example").with(ZONE).lasting(Duration.ofDays(10), Duration.ofHours(-1));
        var internet = Internet.at(NOW, ended);
        assertThat(new DnsjavaJudge(internet, NOW).on("mail.dane.example", "A")).isEqualTo(BOGUS);
        assertThat(new DnsjavaJudge(internet, NOW.minus(Duration.ofHours(2))).on("mail.dane.example", "A"))
                .isEqualTo(SECURE);
    }

    @ParameterizedTest
    @EnumSource
    void tagsCollideUnderEveryAlgorithm(Algorithm algorithm) {
        var colliding =
                Zone.named("dane.example").with(ZONE).signedWith(algorithm).but(keys().collideInTag(2));
        var records = Internet.at(NOW, colliding).answer("dane.example", "DNSKEY").getSection(Section.ANSWER).stream()
                .filter(DNSKEYRecord.class::isInstance)
                .map(DNSKEYRecord.class::cast)
                .toList();
        assertThat(records).hasSize(6);
        assertThat(records.stream().map(DNSKEYRecord::getFootprint).distinct()).hasSize(2);
    }

    @Test
    void allDigestTypesVouch() {
        for (var digest : new int[] {1, 2, 4}) {
            var judge = new DnsjavaJudge(
                    Internet.at(NOW, Zone.named("dane.example").with(ZONE).digests(digest)), NOW);
            assertThat(judge.on("mail.dane.example", "A"))
                    .as("digest " + digest)
                    .isEqualTo(SECURE);
        }
    }

    @Test
    void optOutLeavesUnsignedDelegationsOut() {
        var parent = Zone.named("dane.example").with(ZONE).optOut();
        var child = Zone.named("c.dane.example").unsigned().with("www A 127.0.0.9");
        var internet = Internet.at(NOW, parent, child);
        assertThat(internet.answer("c.dane.example", "DS").getSection(Section.AUTHORITY).stream()
                        .map(Record::getType))
                .contains(Type.NSEC3);
        assertThat(new DnsjavaJudge(internet, NOW).on("www.c.dane.example", "A"))
                .isEqualTo(INSECURE);
        assertThat(new DnsjavaJudge(internet, NOW).on("mail.dane.example", "A")).isEqualTo(SECURE);
    }

    @Test
    void aWorldIsTheSameWheneverItIsMade() {
        var once = Internet.at(NOW, Zone.named("dane.example").with(ZONE).nsec3());
        var again = Internet.at(NOW, Zone.named("dane.example").with(ZONE).nsec3());
        assertThat(once.zone("dane.example").masterFile())
                .isEqualTo(again.zone("dane.example").masterFile());
        assertThat(once.anchorText()).isEqualTo(again.anchorText());
    }
}
