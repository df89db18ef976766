package org.danelaw.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.danelaw.dns.RecordSet;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.ZoneOwner.Terms;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// That a key is revoked only by its own word, well signed (RFC 5011 section 2.1).
class RevocationsTest {
    private static final ZoneOwner REVOKED = new ZoneOwner(0x181);
    private static final ZoneOwner OTHER = new ZoneOwner();
    private static final RecordSet KEYS =
            new RecordSet(ZoneOwner.ZONE, Type.DNSKEY, 3600, List.of(REVOKED.dnskey(), OTHER.dnskey()));

    private static List<DNSKEYRecord> revoked(SignedSet set) {
        return Revocations.in(set, ZoneOwner.NOW, new Budget(), Crypto.fastest());
    }

    private static List<DNSKEYRecord> revokedUnder(Function<Terms, Terms> change) {
        return revoked(REVOKED.sign(KEYS, change.apply(REVOKED.terms(KEYS))));
    }

    @Test
    void aKeyWithTheFlagThatSignedTheSetIsRevoked() {
        assertThat(revoked(REVOKED.sign(KEYS))).containsExactly(REVOKED.dnskey());
        assertThat(revokedUnder(it -> it.between(
                        ZoneOwner.NOW.minus(Duration.ofDays(9)), ZoneOwner.NOW.minus(Duration.ofMinutes(5)))))
                .as("within the tolerance for clocks")
                .containsExactly(REVOKED.dnskey());
    }

    @Test
    void anotherKeysSignatureRevokesNothing() {
        assertThat(revoked(OTHER.sign(KEYS))).isEmpty();
        assertThat(revoked(new SignedSet(KEYS, List.of()))).isEmpty();
        var forged = OTHER.sign(KEYS, OTHER.terms(KEYS).withTag(REVOKED.dnskey().getFootprint()));
        assertThat(revoked(forged)).as("under the revoked key's tag").isEmpty();
    }

    @Test
    void aKeyThatIsNoZoneKeyIsNotRevoked() {
        var foreign = new ZoneOwner(0x80);
        assertThat(revoked(foreign.sign(new RecordSet(ZoneOwner.ZONE, Type.DNSKEY, 3600, List.of(foreign.dnskey())))))
                .isEmpty();
    }

    @Test
    void aSignatureUnderOtherTermsRevokesNothing() {
        assertThat(revokedUnder(it -> it.covering(Type.A))).isEmpty();
        assertThat(revokedUnder(it -> it.withOwner(Name.fromConstantString("other.example."))))
                .isEmpty();
        assertThat(revokedUnder(it -> it.signedBy(Name.fromConstantString("example."))))
                .isEmpty();
        assertThat(revokedUnder(it -> it.withTag(1))).isEmpty();
        assertThat(revokedUnder(it -> it.withAlgorithm(13))).isEmpty();
        assertThat(revokedUnder(it ->
                        it.between(ZoneOwner.NOW.minus(Duration.ofDays(9)), ZoneOwner.NOW.minus(Duration.ofDays(5)))))
                .isEmpty();
        assertThat(revokedUnder(it ->
                        it.between(ZoneOwner.NOW.plus(Duration.ofDays(5)), ZoneOwner.NOW.plus(Duration.ofDays(9)))))
                .isEmpty();
    }

    @Test
    void aSpentBudgetRevokesNothing() {
        var budget = new Budget();
        while (budget.allowsSignatureCheck()) {
            assertThat(budget.isSpent()).isFalse();
        }
        assertThat(Revocations.in(REVOKED.sign(KEYS), ZoneOwner.NOW, budget, Crypto.fastest()))
                .isEmpty();
    }
}
