package org.danelaw.tlsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.rules.Rule;
import org.danelaw.tlsa.Usability.Unusable;
import org.danelaw.tlsa.Usability.Usable;
import org.junit.jupiter.api.Test;

final class UsabilityTest {
    private static final Certified LEAF =
            CertificateMaker.host("mx.example.com").make();
    private static final String SHA256 = "ab".repeat(32);
    private static final String SHA512 = "ab".repeat(64);

    private static Usability of(int usage, int selector, int matchingType, String data) {
        return Usability.of(new TlsaRecord(usage, selector, matchingType, data));
    }

    private static void unusable(String why, Usability usability) {
        assertThat(usability)
                .isInstanceOfSatisfying(
                        Unusable.class, it -> assertThat(it.why()).contains(why));
    }

    @Test
    void bothUsagesSelectorsAndAllMatchingTypesOfMailAreUsable() {
        for (int usage : new int[] {2, 3}) {
            for (int selector : new int[] {0, 1}) {
                assertThat(of(usage, selector, 1, SHA256)).isEqualTo(new Usable());
                assertThat(of(usage, selector, 2, SHA512)).isEqualTo(new Usable());
                assertThat(of(usage, selector, 0, LEAF.association(selector, 0)))
                        .isEqualTo(new Usable());
            }
        }
    }

    @Test
    @Rule("C1")
    void usagesOtherThanDaneTaAndDaneEeAreUnusable() {
        unusable("RFC 7672 section 3.1.3", of(0, 1, 1, SHA256));
        unusable("RFC 7672 section 3.1.3", of(1, 1, 1, SHA256));
        IntStream.rangeClosed(4, 255).forEach(usage -> unusable("usage " + usage, of(usage, 1, 1, SHA256)));
    }

    @Test
    @Rule("C2")
    void unknownSelectorsAndMatchingTypesAreUnusable() {
        IntStream.rangeClosed(2, 255).forEach(selector -> unusable("selector " + selector, of(3, selector, 1, SHA256)));
        IntStream.rangeClosed(3, 255).forEach(type -> unusable("matching type " + type, of(3, 1, type, SHA256)));
    }

    @Test
    @Rule("C2")
    void digestsOfAnotherLengthAreUnusable() {
        unusable("31 octets in place of 32", of(3, 1, 1, SHA256.substring(2)));
        unusable("33 octets in place of 32", of(3, 1, 1, SHA256 + "00"));
        unusable("32 octets in place of 64", of(3, 1, 2, SHA256));
    }

    @Test
    @Rule("C2")
    void recordsWithoutAssociationDataAreUnusable() {
        byte[] whole = {3, 1, 1};
        for (int octets = 0; octets <= whole.length; octets++) {
            var record = TlsaRecord.ofData(Arrays.copyOf(whole, octets));
            unusable("no certificate association data", Usability.of(record));
        }
    }

    @Test
    void dataFromTheDnsAreThreeNumbersAndTheRest() {
        assertThat(TlsaRecord.ofData(new byte[] {3, 1, 2, (byte) 0xab, 0})).hasToString("3 1 2 ab00");
        assertThat(TlsaRecord.ofData(new byte[] {(byte) 200, 0})).hasToString("200 0 255 ");
    }

    @Test
    @Rule("C2")
    void wholeDataThatAreNoneAreUnusable() {
        for (int usage : new int[] {2, 3}) {
            unusable("no certificate", of(usage, 0, 0, SHA256));
            unusable("no public key", of(usage, 1, 0, LEAF.association(0, 0)));
            unusable("no certificate", of(usage, 0, 0, LEAF.association(1, 0)));
            unusable("no certificate", of(usage, 0, 0, LEAF.association(0, 0) + "00"));
            unusable("no public key", of(usage, 1, 0, LEAF.association(1, 0).substring(2)));
        }
    }

    @Test
    @Rule("C2")
    void anUnusableRecordDoesNotSpoilAnother() {
        var good = CertificateCase.record(LEAF.tlsa(3, 1, 1));
        var bad = new TlsaRecord(3, 9, 1, SHA256);
        assertThat(TlsaRecords.usable(List.of(bad, good))).containsExactly(good);
        assertThat(new TlsaRecords(List.of(bad, good)).admit(List.of(LEAF.der()), List.of(), CertificateCases.NOW))
                .isInstanceOf(Admission.Admitted.class);
    }

    @Test
    @Rule("C3")
    void privateUseValuesFromTheDnsMeanNothing() {
        unusable("usage 255", of(255, 1, 1, SHA256));
        unusable("selector 255", of(3, 255, 1, SHA256));
        unusable("matching type 255", of(3, 1, 255, SHA256));
    }

    @Test
    @Rule("C4")
    void whereNoRecordIsUsableNoneIsLeftToAuthenticateWith() {
        var records = List.of(new TlsaRecord(1, 1, 1, SHA256), new TlsaRecord(3, 1, 1, "00"));
        assertThat(TlsaRecords.usable(records)).isEmpty();
        assertThat(new TlsaRecords(records).admit(List.of(LEAF.der()), List.of(), CertificateCases.NOW))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        it -> assertThat(it.reasons()).hasSize(2).allMatch(reason -> reason.contains(": unusable: ")));
    }

    @Test
    @Rule("C5")
    void theStrongestDigestOfEachUsageAndSelectorIsKept() {
        var weak = new TlsaRecord(3, 1, 1, SHA256);
        var strong = new TlsaRecord(3, 1, 2, SHA512);
        var otherSelector = new TlsaRecord(3, 0, 1, SHA256);
        var otherUsage = new TlsaRecord(2, 1, 1, SHA256);
        var whole = CertificateCase.record(LEAF.tlsa(3, 1, 0));
        var malformedStrong = new TlsaRecord(2, 1, 2, "00");
        assertThat(new TlsaRecords(List.of(weak, strong, otherSelector, otherUsage, whole, malformedStrong)).counting())
                .containsExactlyInAnyOrder(strong, otherSelector, otherUsage, whole);
    }

    @Test
    void aRecordHoldsOctetsOnly() {
        assertThatThrownBy(() -> new TlsaRecord(256, 0, 0, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TlsaRecord(3, -1, 0, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TlsaRecord(3, 1, 1, "abc")).isInstanceOf(IllegalArgumentException.class);
        assertThat(new TlsaRecord(3, 1, 1, "AB").toString()).isEqualTo("3 1 1 ab");
    }
}
