package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Period.Relation;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;

/// The bounds of signature checks, and the dates that they are held against.
class SignaturesTest {
    private static final Instant NOW = Instant.parse("2015-08-10T00:00:00Z");
    private static final String MX = """
            example.com. 3600 IN MX 10 mail.example.com.
            example.com. 3600 IN RRSIG MX 15 2 3600 1440021600 1438207200 3613 example.com. (
                oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg== )
            """;
    private static final String DNSKEY =
            "example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=";

    private static Checked check(SignedSet set, int keys, Budget budget) {
        var key = Text.record(DNSKEY, DNSKEYRecord.class);
        return new Signatures(ZoneKeys.of(key.getName(), Collections.nCopies(keys, key), Crypto.fastest()), NOW, budget)
                .check(set);
    }

    /// The set under `count` copies of a signature that is not good.
    private static SignedSet forged(int count) {
        var good = Text.set(MX);
        var signature = good.signatures().getFirst();
        var bad = new RRSIGRecord(
                signature.getName(),
                signature.getDClass(),
                signature.getTTL(),
                signature.getTypeCovered(),
                signature.getAlgorithm(),
                signature.getOrigTTL(),
                signature.getExpire(),
                signature.getTimeSigned(),
                signature.getFootprint(),
                signature.getSigner(),
                new byte[64]);
        return new SignedSet(good.set(), Collections.nCopies(count, bad));
    }

    private static int checksLeft(Budget budget) {
        int left = 0;
        while (budget.allowsSignatureCheck()) {
            left++;
        }
        return left;
    }

    @Test
    void oneGoodSignatureCostsOneCheck() {
        var budget = new Budget();
        assertThat(check(Text.set(MX), 1, budget)).isInstanceOf(Checked.Verified.class);
        assertThat(checksLeft(budget)).isEqualTo(Budget.SIGNATURE_CHECKS_A_QUESTION - 1);
    }

    @Rule("A18")
    @Test
    void aSetCostsSixteenChecksHoweverManyKeysAndSignaturesItHas() {
        for (int[] shape : new int[][] {{1, 500}, {500, 1}, {100, 100}}) {
            var budget = new Budget();
            assertThat(check(forged(shape[1]), shape[0], budget)).isInstanceOf(Checked.Failed.class);
            assertThat(checksLeft(budget))
                    .isEqualTo(Budget.SIGNATURE_CHECKS_A_QUESTION - Budget.SIGNATURE_CHECKS_A_SET);
        }
    }

    @Rule("A18")
    @Test
    void aQuestionCosts128ChecksHoweverManySetsItHas() {
        var budget = new Budget();
        for (int set = 0; set < 8; set++) {
            check(forged(100), 1, budget);
            assertThat(budget.isSpent()).isFalse();
        }
        assertThat(check(Text.set(MX), 1, budget))
                .as("a good one that comes too late")
                .isInstanceOf(Checked.Failed.class);
        assertThat(budget.isSpent()).isTrue();
    }

    @Test
    void aSignatureNobodyHasTheKeyOfCostsNothing() {
        var budget = new Budget();
        var other = Text.record(
                "example.com. 3600 IN DNSKEY 257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=",
                DNSKEYRecord.class);
        var keys = ZoneKeys.of(other.getName(), List.of(other), Crypto.fastest());
        assertThat(new Signatures(keys, NOW, budget).check(Text.set(MX))).isInstanceOf(Checked.Failed.class);
        assertThat(checksLeft(budget)).isEqualTo(Budget.SIGNATURE_CHECKS_A_QUESTION);
    }

    @Test
    void aRecordTwiceInASetIsSignedOnce() {
        var good = Text.set(MX);
        var record = good.set().records().getFirst();
        var twice = new SignedSet(
                new org.danelaw.dns.RecordSet(good.set().owner(), good.set().type(), 3600, List.of(record, record)),
                good.signatures());
        assertThat(check(twice, 1, new Budget())).isInstanceOf(Checked.Verified.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            257 | 3 | true  | a zone key with the SEP flag
            256 | 3 | true  | a zone key without it
            257 | 2 | false | another protocol than 3
            1   | 3 | false | no zone key
            385 | 3 | false | a revoked key
            """)
    void flagsAndProtocolSayWhetherAKeyMaySign(int flags, int protocol, boolean mayIt, String what)
            throws GeneralSecurityException, DNSSEC.DNSSECException {
        var zone = Name.fromConstantString("example.com.");
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var key = new DNSKEYRecord(zone, DClass.IN, 3600, flags, protocol, 15, pair.getPublic());
        var records = Text.set(MX).set();
        var signature = DNSSEC.sign(
                new RRset(records.records().getFirst()),
                key,
                pair.getPrivate(),
                NOW.minusSeconds(3600),
                NOW.plusSeconds(3600));
        var keys = ZoneKeys.of(zone, List.of(key), Crypto.fastest());
        var checked = new Signatures(keys, NOW, new Budget()).check(new SignedSet(records, List.of(signature)));
        assertThat(checked instanceof Checked.Verified).as(what).isEqualTo(mayIt);
    }

    @Rule("A22")
    @Test
    void aSetIsKeptNoLongerThanItsSignatureAndTheOriginalTtl() {
        // RFC 4035 section 5.3.3 names the signature's own TTL too, which nobody has signed.
        assertThat(secondsKept(MX.replace("3600 IN RRSIG", "60 IN RRSIG"))).isEqualTo(60);
        assertThat(secondsKept(MX.replace("3600 IN", "7200 IN")))
                .as("a server made both longer than the signer did")
                .isEqualTo(3600);
    }

    private static long secondsKept(String set) {
        var verified = (Checked.Verified) check(Text.set(set), 1, new Budget());
        assertThat(verified.validUntil())
                .isEqualTo(NOW.plusSeconds(verified.set().ttlSeconds()));
        return verified.set().ttlSeconds();
    }

    @Rule("A23")
    @Test
    void theToleranceIsATenthOfTheLifeBetweenAnHourAndADay() {
        assertThat(skewOf(Duration.ofMinutes(1))).isEqualTo(Duration.ofHours(1));
        assertThat(skewOf(Duration.ofHours(50))).isEqualTo(Duration.ofHours(5));
        assertThat(skewOf(Duration.ofDays(30))).isEqualTo(Duration.ofHours(24));
    }

    private static Duration skewOf(Duration life) {
        var period = new Period(NOW, NOW.plus(life));
        long seconds = 0;
        while (period.relation(period.expiration().plusSeconds(seconds + 1)) == Relation.WITHIN_SKEW) {
            seconds++;
        }
        assertThat(period.relation(period.inception().minusSeconds(seconds))).isEqualTo(Relation.WITHIN_SKEW);
        assertThat(period.relation(period.inception().minusSeconds(seconds + 1)))
                .isEqualTo(Relation.BEFORE);
        return Duration.ofSeconds(seconds);
    }

    @Test
    void aSignatureThatEndsBeforeItBeginsNeverCounts() {
        var period = new Period(NOW, NOW.minusSeconds(600));
        for (int minutes = -30; minutes <= 30; minutes++) {
            assertThat(period.relation(NOW.plus(Duration.ofMinutes(minutes)))).isIn(Relation.BEFORE, Relation.AFTER);
        }
    }

    @Test
    void datesBehindTheYear2106AreReadAsSerialNumbers() {
        // RFC 4034 section 3.1.5: 32 bits of seconds end on 2106-02-07.
        var now = Instant.parse("2106-02-07T00:00:00Z");
        var signature = new RRSIGRecord(
                Name.root,
                1,
                0,
                1,
                15,
                0,
                Instant.ofEpochSecond(86_400),
                Instant.parse("2106-02-06T00:00:00Z"),
                0,
                Name.root,
                new byte[0]);
        assertThat(Period.of(signature, now).expiration()).isEqualTo(Instant.parse("2106-02-08T06:28:16Z"));
        assertThat(Period.of(signature, now).relation(now)).isEqualTo(Relation.WITHIN);
    }
}
