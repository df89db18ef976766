package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.ZoneOwner.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Signatures of which the mathematics hold and the terms do not (RFC 4035 section 5.3.1): none of them counts, and
/// each
/// reason names the set and what is wrong.
class SignatureTermsTest {
    private static final ZoneOwner OWNER = new ZoneOwner();
    private static final Instant NOW = ZoneOwner.NOW;
    private static final RecordSet MAIL =
            Text.set("mail.dane.example. 3600 IN A 192.0.2.1").set();
    private static final RecordSet ABROAD =
            Text.set("mail.other.example. 3600 IN A 192.0.2.1").set();

    static Stream<Arguments> broken() {
        int tag = OWNER.dnskey().getFootprint();
        return Stream.of(
                row(
                        MAIL,
                        "is for another type",
                        it -> it.covering(Type.AAAA),
                        "has a signature that is not made for it"),
                row(
                        MAIL,
                        "is for another name",
                        it -> it.withOwner(name("www.dane.example.")),
                        "has a signature that is not made for it"),
                row(
                        MAIL,
                        "is another zone's",
                        it -> it.signedBy(name("example.")),
                        "has a signature that is not made for it"),
                row(ABROAD, "is over a set outside of the zone", it -> it, "has a signature that is not made for it"),
                row(
                        MAIL,
                        "has more labels than the name",
                        it -> it.withLabels(4),
                        "has a signature that is not made for it"),
                row(
                        MAIL,
                        "is made for a wildcard above the zone",
                        it -> it.withLabels(1),
                        "has a signature that is not made for it"),
                row(
                        MAIL,
                        "is of an unknown algorithm",
                        it -> it.withAlgorithm(200),
                        "is signed with algorithm 200, which we do not know"),
                row(
                        MAIL,
                        "is over",
                        it -> it.between(NOW.minus(Duration.ofDays(30)), NOW.minus(Duration.ofDays(2))),
                        "has a signature that ended at 2026-02-27T12:00:00Z"),
                row(
                        MAIL,
                        "is not yet due",
                        it -> it.between(NOW.plus(Duration.ofDays(2)), NOW.plus(Duration.ofDays(30))),
                        "has a signature that counts only from 2026-03-03T12:00:00Z on"),
                row(
                        MAIL,
                        "has another key's tag",
                        it -> it.withTag(OWNER.dnskey().getFootprint() ^ 1),
                        "is signed with key " + (OWNER.dnskey().getFootprint() ^ 1)
                                + " (algorithm 15) of dane.example., which the zone does not have"),
                row(
                        MAIL,
                        "names an algorithm that the key is not of",
                        it -> it.withAlgorithm(13),
                        "is signed with key " + tag
                                + " (algorithm 13) of dane.example., which the zone does not have"));
    }

    private static Arguments row(RecordSet set, String what, Function<Terms, Terms> change, String why) {
        return Arguments.of(set, what, change, why);
    }

    @ParameterizedTest(name = "a signature that {1}")
    @MethodSource("broken")
    void aGoodSignatureUnderOtherTermsIsNone(RecordSet set, String what, Function<Terms, Terms> change, String why) {
        assertThat(check(OWNER.sign(set, change.apply(OWNER.terms(set))), OWNER.keys()))
                .isInstanceOfSatisfying(
                        Checked.Failed.class,
                        failed -> assertThat(failed.reason().sentence()).isEqualTo(set.owner() + " A " + why));
    }

    @Test
    void aSetWithoutSignaturesSaysSo() {
        assertThat(check(new SignedSet(MAIL, List.of()), OWNER.keys()))
                .isEqualTo(new Checked.Failed(
                        new Reason("no signature came with mail.dane.example. A", ExtendedError.RRSIGS_MISSING)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0   | which is no zone key                 | NO_ZONE_KEY_BIT_SET
            384 | which is revoked or not for DNSSEC   | DNSKEY_MISSING
            """)
    void aKeyThatMayNotSignIsTold(int flags, String why, ExtendedError code) {
        var owner = new ZoneOwner(flags);
        assertThat(check(owner.sign(MAIL), owner.keys()))
                .isEqualTo(new Checked.Failed(new Reason(
                        "mail.dane.example. A is signed with key "
                                + owner.dnskey().getFootprint() + " (algorithm 15) of dane.example., " + why,
                        code)));
    }

    @Test
    void theReasonIsOfTheSignatureThatCameFarthest() {
        var late = OWNER.sign(
                MAIL, OWNER.terms(MAIL).between(NOW.minus(Duration.ofDays(30)), NOW.minus(Duration.ofDays(2))));
        var foreign = OWNER.sign(MAIL, OWNER.terms(MAIL).withAlgorithm(200));
        for (var order : List.of(List.of(late, foreign), List.of(foreign, late))) {
            var both = new SignedSet(
                    MAIL,
                    order.stream().flatMap(each -> each.signatures().stream()).toList());
            assertThat(check(both, OWNER.keys()))
                    .isInstanceOfSatisfying(
                            Checked.Failed.class,
                            failed -> assertThat(failed.reason().code()).isEqualTo(ExtendedError.SIGNATURE_EXPIRED));
        }
    }

    @Test
    void ofTwoThatCameEquallyFarTheFirstIsTold() {
        var first = OWNER.sign(MAIL, OWNER.terms(MAIL).withAlgorithm(200));
        var second = OWNER.sign(MAIL, OWNER.terms(MAIL).withAlgorithm(201));
        var both = new SignedSet(
                MAIL,
                Stream.of(first, second)
                        .flatMap(each -> each.signatures().stream())
                        .toList());
        assertThat(check(both, OWNER.keys()))
                .isInstanceOfSatisfying(
                        Checked.Failed.class,
                        failed -> assertThat(failed.reason().sentence()).contains("algorithm 200"));
    }

    @Test
    void aSetIsKeptNoLongerThanItsTtlItsOriginalTtlAndItsSignature() {
        var verified = (Checked.Verified) check(OWNER.sign(MAIL), OWNER.keys());
        assertThat(verified.validUntil()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(verified.set().ttlSeconds()).isEqualTo(3600);
        assertThat(verified.madeFrom()).isEqualTo(MAIL.owner());

        var soon = OWNER.terms(MAIL).between(NOW.minus(Duration.ofDays(1)), NOW.plusSeconds(100));
        assertThat(((Checked.Verified) check(OWNER.sign(MAIL, soon), OWNER.keys())).validUntil())
                .isEqualTo(NOW.plusSeconds(100));

        var longer = new RecordSet(MAIL.owner(), MAIL.type(), 90_000, MAIL.records());
        assertThat(((Checked.Verified) check(OWNER.sign(longer), OWNER.keys()))
                        .set()
                        .ttlSeconds())
                .isEqualTo(3600);
    }

    @Test
    void whatOnlyTheToleranceForClocksLetThroughIsNotKept() {
        var justOver = OWNER.terms(MAIL).between(NOW.minus(Duration.ofDays(1)), NOW.minusSeconds(60));
        assertThat(((Checked.Verified) check(OWNER.sign(MAIL, justOver), OWNER.keys())).validUntil())
                .isEqualTo(NOW);
    }

    @Test
    void fewerLabelsMeanAWildcardAndTheWildcardItselfHasAllOfIts() {
        var made = (Checked.Verified) check(OWNER.sign(MAIL, OWNER.terms(MAIL).withLabels(2)), OWNER.keys());
        assertThat(made.madeFrom()).isEqualTo(name("*.dane.example."));
        assertThat(made.isExpansion()).isTrue();

        var wildcard = Text.set("*.dane.example. 3600 IN A 192.0.2.1").set();
        var itself = (Checked.Verified) check(OWNER.sign(wildcard), OWNER.keys());
        assertThat(itself.isExpansion()).isFalse();
        assertThat(check(OWNER.sign(wildcard, OWNER.terms(wildcard).withLabels(3)), OWNER.keys()))
                .as("the asterisk is no label")
                .isInstanceOf(Checked.Failed.class);
    }

    private static Checked check(SignedSet signed, ZoneKeys keys) {
        return new Signatures(keys, NOW, new Budget()).check(signed);
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }
}
