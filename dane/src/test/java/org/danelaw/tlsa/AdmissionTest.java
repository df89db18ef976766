package org.danelaw.tlsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.rules.Rule;
import org.danelaw.tlsa.Admission.Admitted;
import org.danelaw.tlsa.Admission.Denied;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AdmissionTest {
    static Stream<CertificateCase> cases() {
        return CertificateCases.all().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void eachCaseEndsAsItsTableSays(CertificateCase each) {
        var admission = admit(each);
        assertThat(depth(admission))
                .as("%s: %s", each, admission)
                .isEqualTo(each.depth().isPresent() ? Optional.of(each.depth().getAsInt()) : Optional.empty());
        if (admission instanceof Denied(var reasons)) {
            assertThat(reasons)
                    .hasSameSizeAs(each.records())
                    .allSatisfy(reason -> assertThat(reason).matches("[23] [01] [012] [0-9a-f]+(\\.{3})?: .{10,}"));
        }
    }

    private static Admission admit(CertificateCase each) {
        return new TlsaRecords(each.records()).admit(each.identity().chain(), each.references(), CertificateCases.NOW);
    }

    private static Optional<Integer> depth(Admission admission) {
        return switch (admission) {
            case Admitted(var by, var depth, var name) -> Optional.of(depth);
            case Denied denied -> Optional.empty();
        };
    }

    private static void admitted(String... names) {
        for (var name : names) {
            assertThat(admit(CertificateCases.named(name))).as(name).isInstanceOf(Admitted.class);
        }
    }

    private static void denied(String because, String... names) {
        for (var name : names) {
            assertThat(admit(CertificateCases.named(name)))
                    .as(name)
                    .isInstanceOfSatisfying(
                            Denied.class,
                            denied -> assertThat(denied.reasons())
                                    .anySatisfy(reason -> assertThat(reason).contains(because)));
        }
    }

    @Test
    void noTwoCasesShareTheirName() {
        assertThat(CertificateCases.all()).extracting(CertificateCase::name).doesNotHaveDuplicates();
        assertThat(CertificateCases.all()).hasSizeGreaterThan(150);
    }

    @Test
    @Rule("D1")
    void daneEeLooksAtNothingButWhatIsPinned() {
        admitted("self-signed, expired, for another name", "for clients only", "not yet valid", "an authority itself");
        var admission = admit(CertificateCases.named("expired"));
        assertThat(admission)
                .isInstanceOfSatisfying(
                        Admitted.class, it -> assertThat(it.name()).isEmpty());
        denied("the server's key is another", "another key, 3 1 1");
        denied("the server's certificate is another", "another certificate, 3 0 1");
    }

    @Test
    @Rule("D2")
    void whatElseIsPresentedCannotSpoilDaneEe() {
        admitted(
                "second certificate garbage",
                "second certificate truncated",
                "own certificate twice",
                "out of order",
                "strangers behind it",
                "40 certificates",
                "180 KB of certificates");
    }

    @Test
    @Rule("D3")
    void endEntityAndAuthorityAreAlternatives() {
        admitted("EE wrong, TA right", "TA wrong, EE right");
    }

    @Test
    @Rule("D4")
    void anAuthorityIsNeverTheServersOwnCertificate() {
        denied(
                "leads to",
                "DANE-TA names the server's own certificate, 2 0 1",
                "DANE-TA names the server's own key, 2 1 1",
                "DANE-TA holds the server's own certificate, 2 0 0",
                "DANE-TA holds the server's own key, 2 1 0",
                "DANE-TA names the server's own certificate, sent twice");
    }

    @Test
    @Rule("D5")
    void aHashedAuthorityHasToBePresentedAndNoStoreIsAsked() {
        denied("no certificate that was presented leads", "TA not presented, 2 0 1", "TA not presented, 2 1 1");
        admitted("TA not presented, 2 0 0", "TA not presented, 2 1 0");
    }

    @Test
    @Rule("D6")
    void whatStandsAboveThePinnedAuthorityDoesNotMatter() {
        admitted("TA is the issuer alone, 2 1 1", "TA is the issuer, root above it", "expired cross-sign above the TA");
    }

    @Test
    @Rule("D7")
    void everythingBelowTheAuthorityIsVerified() {
        denied("leads to", "stranger, genuine TA appended", "stranger, genuine chain appended", "TA, the path broken");
        denied("not signed by", "stranger in the TA's name, TA appended", "stranger in the TA's name, 2 0 0");
        denied("expired on", "TA, server's certificate expired", "TA, issuer expired");
        denied("valid only from", "TA, server's certificate not yet valid");
        denied("signature", "TA, signature of the server's broken");
        denied(
                "does not hold",
                "TA, issuer without basicConstraints",
                "TA, issuer with CA:FALSE",
                "TA, issuer of version 1");
        denied("does not hold", "TA, issuer without keyCertSign", "issuer of path length 0, another below it");
        denied("does not hold", "server of the TA signs as an authority", "issuer may certify others only");
        denied("not for TLS servers", "TA, issuer for clients only", "TA, server's for clients only");
        denied("may not be used for TLS", "TA, server's keyUsage cRLSign alone");
    }

    @Test
    @Rule("D7")
    void anAuthorityPinnedByItsCertificateIsBoundByWhatThatSays() {
        denied("valid only from", "TA by certificate: expired");
        denied("allows at most 0 authorities", "TA by certificate: path length 0");
        denied(
                "may not certify",
                "TA by certificate: may certify others only",
                "TA by certificate: may not certify these");
        denied("none of an authority", "TA by certificate: CA:FALSE", "TA by certificate: without keyCertSign");
        admitted("TA by key: expired", "TA by key: path length 0", "TA by key: may certify others only");
    }

    @Test
    @Rule("D7")
    void aCommonNameIsAHostsNameForNameConstraintsToo() {
        denied("ertif", "TA, CN that the issuer may not certify", "TA, wildcard CN that the issuer may not certify");
    }

    @Test
    @Rule("D8")
    void aBareKeyVerifiesTheCertificateWhoseIssuerIsAbsent() {
        admitted("TA not presented, 2 1 0", "TA presented, 2 1 0", "TA is the issuer, not presented, 2 1 0");
        denied("not signed by", "another TA, 2 1 0", "stranger in the TA's name, 2 1 0");
        assertThat(depth(admit(CertificateCases.named("TA presented, 2 1 0")))).contains(2);
    }

    @Test
    @Rule("D9")
    void aWholeAuthorityHoldsWhereItsCrossSignedTwinIsPresented() {
        admitted("cross-signed twin of the TA presented, 2 0 0", "cross-signed twin of the TA presented, 2 1 1");
        denied("leads to", "cross-signed twin of the TA presented, 2 0 1");
    }

    @Test
    @Rule("D10")
    void oneOfTheReferenceNamesHasToBeCertified() {
        var each = CertificateCases.named("TA, next-hop domain certified");
        assertThat(admit(each))
                .isInstanceOfSatisfying(
                        Admitted.class, it -> assertThat(it.name()).contains(CertificateCase.name("example.com")));
        denied("is for example.com, not for mx.example.com", "TA, next-hop domain certified but no reference");
        denied("is for mx.example.net, not for mx.example.com", "TA, another name");
    }

    @Test
    @Rule("D11")
    void theCommonNameCountsOnlyWithoutAnyDnsId() {
        admitted("TA, CN alone", "TA, CN right, only an e-mail name beside");
        denied("is for mx.example.net", "TA, CN right, DNS-ID wrong");
    }

    @Test
    @Rule("D11")
    void aWildcardIsTheWholeLeftMostLabelAndNoMore() {
        admitted("TA, wildcard", "TA, name in other letters", "TA, A-label");
        denied(
                "not for mx.example.com",
                "TA, wildcard of another domain",
                "TA, wildcard in a part of a label",
                "TA, wildcard in the second label",
                "TA, wildcard that is all",
                "TA, wildcard one label below the name");
    }

    @Test
    @Rule("D11")
    void aWildcardRightBelowATopLevelDomainStandsForNobody() {
        denied("not for example.com", "TA, wildcard right below a top-level domain");
    }

    @Test
    @Rule("C5")
    void aWeakerDigestDoesNotCountBesideAStrongerOne() {
        denied("a stronger digest outdoes it", "3 1 2 wrong outdoes 3 1 1 right", "2 1 2 wrong outdoes 2 1 1 right");
        admitted(
                "3 1 2 right, 3 1 1 wrong",
                "3 0 2 wrong leaves 3 1 1",
                "2 1 2 wrong leaves 3 1 1",
                "3 1 2 wrong leaves 3 1 0");
    }

    @Test
    @Rule("C6")
    void anUnknownDigestLeavesSha256InForce() {
        var leaf = CertificateMaker.host("mx.example.com").make();
        var records = CertificateCase.records("3 1 3 " + "00".repeat(32), leaf.tlsa(3, 1, 1));
        assertThat(new TlsaRecords(records).admit(List.of(leaf.der()), List.of(), CertificateCases.NOW))
                .isEqualTo(new Admitted(records.getLast(), 0, Optional.empty()));
    }

    @Test
    @Rule("C7")
    void twoHundredRecordsGiveTheSameAnswerAtEveryRotation() {
        var whole = CertificateCases.named("TA presented, 2 1 1");
        var leaf = whole.identity().chain().getFirst();
        var records = new ArrayList<TlsaRecord>(whole.records());
        records.add(new TlsaRecord(3, 1, 0, RawCertificate.publicKeyInfo(leaf).orElseThrow()));
        records.add(new TlsaRecord(3, 0, 0, leaf));
        var random = new Random(7);
        while (records.size() < 200) {
            var noise = new byte[32];
            random.nextBytes(noise);
            records.add(new TlsaRecord(2 + records.size() % 2, records.size() / 2 % 2, 1, noise));
        }
        var first = new TlsaRecords(records).admit(whole.identity().chain(), whole.references(), CertificateCases.NOW);
        assertThat(first).isInstanceOf(Admitted.class);
        for (int rotation = 1; rotation < records.size(); rotation++) {
            Collections.rotate(records, 1);
            assertThat(new TlsaRecords(records)
                            .admit(whole.identity().chain(), whole.references(), CertificateCases.NOW))
                    .isEqualTo(first);
        }
    }

    @Test
    void nothingPresentedIsNothingProved() {
        var records = CertificateCases.named("sound, 3 1 1").records();
        assertThat(new TlsaRecords(records).admit(List.of(), List.of(), CertificateCases.NOW))
                .isInstanceOfSatisfying(
                        Denied.class,
                        it -> assertThat(it.reasons()).containsExactly("the server presented no certificate"));
        assertThat(new TlsaRecords(List.of())
                        .admit(
                                CertificateCases.named("sound, 3 1 1")
                                        .identity()
                                        .chain(),
                                List.of(),
                                CertificateCases.NOW))
                .isEqualTo(new Denied(List.of("there is no TLSA record")));
    }

    @Test
    @Rule({"D8", "D18"})
    void aKeyIsBareWhereOnlyTheRecordHoldsIt() {
        var root = CertificateMaker.authority("Root").make();
        var leaf = CertificateMaker.host("mx.example.com").by(root).make();
        var alone = List.of(leaf.der());
        var both = List.of(leaf.der(), root.der());

        assertThat(record(root.tlsa(2, 1, 0)).isBareKeyBeside(alone)).isTrue();
        assertThat(record(root.tlsa(2, 1, 0)).isBareKeyBeside(both)).isFalse();
        // A certificate is no bare key, a digest holds none, and what names the server itself needs none.
        assertThat(record(root.tlsa(2, 0, 0)).isBareKeyBeside(alone)).isFalse();
        assertThat(record(root.tlsa(2, 1, 1)).isBareKeyBeside(alone)).isFalse();
        assertThat(record(leaf.tlsa(3, 1, 0)).isBareKeyBeside(alone)).isFalse();
    }

    private static TlsaRecord record(String text) {
        return CertificateCase.records(text).iterator().next();
    }

    @Test
    void certificatesOfOneNameThatAllIssueEachOtherAreNotClimbedForEver() {
        var keys = CertificateMaker.authority("Same").make();
        var chain = new ArrayList<byte[]>();
        chain.add(CertificateMaker.host("mx.example.com").by(keys).make().der());
        for (int i = 0; i < 15; i++) {
            chain.add(CertificateMaker.authority("Same").by(keys).make().der());
        }
        var records = CertificateCase.records(
                CertificateMaker.authority("Same").make().tlsa(2, 1, 0));
        assertThat(new TlsaRecords(records).admit(chain, List.of(CertificateCase.BASE), CertificateCases.NOW))
                .isInstanceOfSatisfying(
                        Denied.class,
                        it -> assertThat(it.reasons().toString())
                                .contains("more than 64 signatures", "more than 256 steps"));
    }

    @Test
    void certificatesBeyondTheBoundAreNamedAsNotLookedAt() {
        var many = CertificateCases.named("sound, 3 1 1").identity();
        var padded = new ArrayList<>(many.chain());
        for (int i = 0; i < 20; i++) {
            padded.add(new byte[] {(byte) i});
        }
        var other = CertificateCases.named("another key, 3 1 1").records();
        assertThat(new TlsaRecords(other).admit(padded, List.of(), CertificateCases.NOW))
                .isInstanceOfSatisfying(
                        Denied.class,
                        it -> assertThat(it.reasons().getFirst())
                                .contains("the last 6 of the presented certificates were not looked at"));
    }
}
