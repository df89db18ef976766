package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.Reply;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.ValidationSettings.Sha1;
import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Where exactly bounds lie, and how long what was proved may be kept.
class HoldsAndBoundsTest {
    private static final ZoneOwner OWNER = new ZoneOwner();
    private static final String HASH = "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom";

    private static Denials denials(String... nsec3) {
        List<RecordSet> sets =
                Text.sets(String.join("\n", nsec3)).stream().map(SignedSet::set).toList();
        return new Denials(ZoneOwner.ZONE, sets, new ValidationSettings(Sha1.ACCEPT, 3), new Budget());
    }

    private static String nsec3(int iterations, String salt) {
        return HASH + ".dane.example. NSEC3 1 0 " + iterations + " " + salt + " " + HASH + " A";
    }

    /// RFC 9276 section 3.2.
    @Rule("A18")
    @Test
    void oneIterationTooManyMakesEveryDenialInsecure() {
        var name = Name.fromConstantString("a.dane.example.");
        var wildcard = Name.fromConstantString("*.dane.example.");
        var within = denials(nsec3(3, "-"));
        assertThat(within.absence(name, Type.A)).isNotInstanceOf(Denial.TooManyIterations.class);
        assertThat(within.delegation(name)).isNotInstanceOf(Denial.TooManyIterations.class);
        assertThat(within.noCloserMatch(name, wildcard)).isNotInstanceOf(Denial.TooManyIterations.class);

        var beyond = denials(nsec3(4, "-"));
        var why = new Denial.TooManyIterations("the NSEC3 records of dane.example. ask for 4 iterations, more than 3");
        assertThat(beyond.absence(name, Type.A)).isEqualTo(why);
        assertThat(beyond.delegation(name)).isEqualTo(why);
        assertThat(beyond.noCloserMatch(name, wildcard)).isEqualTo(why);
    }

    /// RFC 5155 section 8.2: hashes under another salt say nothing of these names.
    @Test
    void recordsWithOtherParametersDoNotBelongToTheProof() {
        var apex =
                new Nsec3Hashes(new byte[0], 0, new Budget()).of(ZoneOwner.ZONE).orElseThrow();
        String owner = base32(apex);
        apex[apex.length - 1]++;
        var atApex = owner + ".dane.example. NSEC3 1 0 0 - " + base32(apex) + " SOA";
        var overAll = HASH + ".dane.example. NSEC3 1 0 0 %s " + HASH + " A";
        var name = Name.fromConstantString("b.dane.example.");

        assertThat(denials(atApex, overAll.formatted("-")).absence(name, Type.A))
                .isInstanceOf(Denial.NoSuchName.class);
        assertThat(denials(atApex, overAll.formatted("ab")).absence(name, Type.A))
                .isInstanceOf(Denial.Unproven.class);
    }

    private static String base32(byte[] hash) {
        return new org.xbill.DNS.utils.base32(org.xbill.DNS.utils.base32.Alphabet.BASE32HEX, false, true)
                .toString(hash);
    }

    @Test
    void theOnlyNameOfAZoneDeniesAllOthers() {
        assertThat(denials("dane.example. NSEC dane.example. SOA")
                        .absence(Name.fromConstantString("b.dane.example."), Type.A))
                .isInstanceOf(Denial.NoSuchName.class);
    }

    @Test
    void aNameWithNamesBelowItIsACloserMatchThanTheWildcard() {
        var name = Name.fromConstantString("b.dane.example.");
        var wildcard = Name.fromConstantString("*.dane.example.");
        assertThat(denials("a.dane.example. NSEC c.dane.example. A").noCloserMatch(name, wildcard))
                .isInstanceOf(Denial.NoSuchName.class);
        assertThat(denials("a.dane.example. NSEC c.b.dane.example. A").noCloserMatch(name, wildcard))
                .isInstanceOf(Denial.Unproven.class);
    }

    @Test
    void noLimitIsBelowNothing() {
        assertThat(new ValidationSettings(Sha1.ACCEPT, 0).nsec3Iterations()).isZero();
        assertThatThrownBy(() -> new ValidationSettings(Sha1.ACCEPT, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            03 | 512  | true  | the least modulus
            03 | 511  | false | one bit less
            03 | 4096 | true  | the greatest modulus
            03 | 4097 | false | one bit more
            """)
    void anRsaModulusHasItsBounds(String exponent, int bits, boolean isKey, String what) {
        assertThat(PublicKeys.read(Algorithm.RSASHA256, rsa("01" + exponent, bits))
                        .isPresent())
                .as(what)
                .isEqualTo(isKey);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            08ffffffffffffffff       | true  | 64 bits
            09010000000000000001     | false | 65 bits
            000003010001             | true  | a length in its long form
            0101                     | false | the exponent 1
            """)
    void anRsaExponentHasItsBounds(String exponent, boolean isKey, String what) {
        assertThat(PublicKeys.read(Algorithm.RSASHA256, rsa(exponent, 1024)).isPresent())
                .as(what)
                .isEqualTo(isKey);
    }

    /// A length of more than 255 octets needs both octets of the long form; so long an exponent is no key, and the
    /// modulus behind it is never read as one.
    @Test
    void aLongExponentIsNotReadAsAShortOne() {
        String field = "000103" + "00".repeat(256) + "010001" + "ff".repeat(128);
        assertThat(PublicKeys.read(Algorithm.RSASHA256, HexFormat.of().parseHex(field)))
                .hasValueSatisfying(key -> assertThat(((java.security.spec.RSAPublicKeySpec) key).getPublicExponent())
                        .isEqualTo(65_537));
        assertThat(PublicKeys.read(Algorithm.RSASHA256, HexFormat.of().parseHex("000003010001")))
                .as("no modulus")
                .isEmpty();
    }

    private static byte[] rsa(String exponent, int bits) {
        var modulus = java.math.BigInteger.ONE.shiftLeft(bits).subtract(java.math.BigInteger.ONE);
        String hex = modulus.toString(16);
        return HexFormat.of().parseHex(exponent + (hex.length() % 2 == 0 ? "" : "0") + hex);
    }

    @Test
    void aDenialIsKeptAsLongAsTheShortestLivedOfItsRecordsAndItsSoa() {
        var early = "a.dane.example. 3600 NSEC m.dane.example. A";
        var late = "dane.example. 3600 NSEC a.dane.example. A";
        assertThat(denied(100, soa(5_000), early, late)).isEqualTo(Duration.ofSeconds(100));
        assertThat(denied(100, soa(5_000), late, early)).isEqualTo(Duration.ofSeconds(100));
        assertThat(denied(3_000, soa(50), early, late)).isEqualTo(Duration.ofSeconds(50));
    }

    private static String soa(int minimum) {
        return "dane.example. 3600 SOA ns.dane.example. root.dane.example. 1 1 1 1 " + minimum;
    }

    /// How long `b.dane.example. A` counts as absent, by records of which that over it is signed for so many seconds.
    private static Duration denied(int seconds, String... authority) {
        var sets = Stream.of(authority)
                .map(line -> Text.set(line).set())
                .map(set -> OWNER.sign(
                        set,
                        OWNER.terms(set)
                                .between(
                                        ZoneOwner.NOW.minus(Duration.ofDays(1)),
                                        ZoneOwner.NOW.plusSeconds(set.owner().labels() == 4 ? seconds : 86_400))))
                .toList();
        var question = new org.danelaw.dns.Question(Name.fromConstantString("b.dane.example."), Type.A);
        var zone = new ZoneTrust.Signed(ZoneOwner.ZONE, OWNER.keys(), new Proof(List.of(), java.time.Instant.MAX));
        var reply = new Reply(question, 3, List.of(), sets);
        var absence = new SignedReply(zone, reply, ValidationSettings.DEFAULT, ZoneOwner.NOW, new Budget())
                .absence(question.name(), question.type());
        return Duration.between(
                ZoneOwner.NOW, ((Validated.Secure<Denial>) absence).proof().validUntil());
    }
}
