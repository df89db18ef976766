package org.danelaw.tlsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where exactly the bounds lie: what just fits, and what just does not.
final class BoundsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3000             | 3000       | an empty sequence
            30020500         | 30020500   | a short length
            3081020500       | 3081020500 | a long length of one octet
            308200020500     | 308200020500 | of two
            30830000020500   | 30830000020500 | of three
            3084000000020500 |            | of four: beyond any certificate
            3080             |            | an indefinite length, which DER has not
            308100           | 308100     | a long length of nothing
            30               |            | a tag alone
            3081             |            | a length of a length alone
            308200           |            | half of a length
            300205           |            | contents that are cut off
            3f0100           |            | a tag of more than one octet
            3002050000       |            | an octet behind the end
            """)
    void anElementIsReadOnlyWhereItIsWhole(String hex, String whole, String what) {
        assertThat(Der.only(HexFormat.of().parseHex(hex)).map(Der::octets).map(HexFormat.of()::formatHex))
                .as(what)
                .isEqualTo(Optional.ofNullable(whole));
    }

    @Test
    void anIndefiniteLengthIsNoLengthOf128() {
        assertThat(Der.only(HexFormat.of().parseHex("3080" + "00".repeat(128)))).isEmpty();
    }

    @Test
    void whatHasNotTheShapeOfACertificateHasNoKey() {
        var der = HexFormat.of()
                .formatHex(CertificateMaker.host("mx.example.com").make().der());
        assertThat(keyIn(der)).isPresent();
        assertThat(keyIn("31" + der.substring(2)))
                .as("a set in place of the sequence")
                .isEmpty();
        assertThat(keyIn("3000")).as("an empty sequence").isEmpty();
        var serial = "020101";
        var empty = "3000";
        var keyless = "a003020102" + serial + empty.repeat(4);
        assertThat(keyIn("3016" + "3010" + keyless + empty + "0300"))
                .as("one that ends before its key")
                .isEmpty();
    }

    private static Optional<byte[]> keyIn(String hex) {
        return RawCertificate.publicKeyInfo(HexFormat.of().parseHex(hex));
    }

    @Test
    void noPathLeadsFromACertificateThatCannotBeRead() {
        var root = CertificateMaker.authority("Root").make();
        assertThat(new TlsaRecords(CertificateCase.records(root.tlsa(2, 1, 1)))
                        .admit(
                                List.of(new byte[] {1}, root.der()),
                                List.of(CertificateCase.BASE),
                                CertificateCases.NOW))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        denied -> assertThat(denied.reasons())
                                .singleElement()
                                .asString()
                                .endsWith(
                                        "the server's certificate cannot be read, so no path leads from it to an authority"));
    }

    /// RFC 6125 section 2.3.1: the most specific one.
    @Test
    void ofSeveralCommonNamesTheLastCounts() {
        var root = CertificateMaker.authority("Root").make();
        var leaf = CertificateMaker.host("x").withoutDnsNames().by(root);
        assertThat(admit(
                        root.tlsa(2, 1, 0),
                        leaf.subject("CN=www.example.com,CN=mx.example.com").make()))
                .isInstanceOf(Admission.Admitted.class);
        assertThat(admit(
                        root.tlsa(2, 1, 0),
                        leaf.subject("CN=mx.example.com,CN=www.example.com").make()))
                .isInstanceOf(Admission.Denied.class);
    }

    @Test
    void aSequenceHasSixteenElementsAtMost() {
        assertThat(Der.only(sequenceOf(16)).flatMap(Der::elements))
                .hasValueSatisfying(it -> assertThat(it).hasSize(16));
        assertThat(Der.only(sequenceOf(17)).flatMap(Der::elements)).isEmpty();
        assertThat(Der.only(HexFormat.of().parseHex("30030500" + "05")).flatMap(Der::elements))
                .as("a last element that is cut off")
                .isEmpty();
    }

    private static byte[] sequenceOf(int nulls) {
        return HexFormat.of().parseHex("30%02x".formatted(2 * nulls) + "0500".repeat(nulls));
    }

    @Test
    void sixteenCertificatesAreLookedAt() {
        assertThat(PresentedChain.of(different(16, 1)).caveat()).isEmpty();
        assertThat(PresentedChain.of(different(17, 1)).caveat()).startsWith("; the last 1 of the presented");
        var twice = List.of(new byte[] {1}, new byte[] {1}, new byte[] {2});
        assertThat(PresentedChain.of(twice).caveat())
                .as("one that comes again is looked at")
                .isEmpty();
    }

    @Test
    void aHundredKilobytesAreLookedAt() {
        assertThat(PresentedChain.of(different(2, PresentedChain.MOST_OCTETS / 2))
                        .caveat())
                .isEmpty();
        var one = new ArrayList<>(different(2, PresentedChain.MOST_OCTETS / 2));
        one.add(new byte[] {9});
        assertThat(PresentedChain.of(one).caveat()).startsWith("; the last 1 of the presented");
    }

    private static List<byte[]> different(int count, int octets) {
        var all = new ArrayList<byte[]>();
        for (int i = 0; i < count; i++) {
            var each = new byte[octets];
            Arrays.fill(each, (byte) i);
            all.add(each);
        }
        return all;
    }

    @Test
    void aRecordIsSpelledUpToADigestsLength() {
        assertThat(new TlsaRecord(255, 255, 255, "ab".repeat(64)).abbreviated())
                .isEqualTo("255 255 255 " + "ab".repeat(64));
        assertThat(new TlsaRecord(255, 255, 255, "ab".repeat(65)).abbreviated())
                .isEqualTo("255 255 255 " + "ab".repeat(64) + "...");
    }

    @Test
    void aReasonIsCutBehindAThousandCharacters() {
        assertThat(Admission.printable("x".repeat(1_000))).isEqualTo("x".repeat(1_000));
        assertThat(Admission.printable("x".repeat(1_001))).isEqualTo("x".repeat(1_000) + "...");
        assertThat(Admission.printable("a\r\nb\u00e9~ ")).isEqualTo("a??b?~ ");
    }

    @Test
    void recordsThatPinAnAuthorityMakeNamesCount() {
        var leaf = CertificateMaker.host("mx.example.com").make();
        assertThat(new TlsaRecords(CertificateCase.records(leaf.tlsa(3, 1, 1))).pinAuthorities())
                .isFalse();
        assertThat(new TlsaRecords(CertificateCase.records(leaf.tlsa(3, 1, 1), leaf.tlsa(2, 1, 1))).pinAuthorities())
                .isTrue();
        assertThat(new TlsaRecords(CertificateCase.records("2 1 1 00")).pinAuthorities())
                .as("an unusable record")
                .isFalse();
    }

    @Test
    void anAuthoritysCertificateThatCannotBeReadIsNoAnchor() {
        var root = CertificateMaker.authority("Root").make();
        var leaf = CertificateMaker.host("mx.example.com").by(root).make();
        // The shape of a certificate, so that the record is usable, and no certificate that Java reads.
        var hex = HexFormat.of().formatHex(root.der());
        var record = new TlsaRecord(2, 0, 0, hex.replaceFirst("a003020102", "a003020109"));
        assertThat(TlsaRecords.usable(List.of(record))).hasSize(1);
        assertThat(new TlsaRecords(List.of(record))
                        .admit(List.of(leaf.der()), List.of(CertificateCase.BASE), CertificateCases.NOW))
                .isInstanceOf(Admission.Denied.class);
    }

    /// RFC 5280 section 6.1.3: names chain too, not keys alone.
    @Test
    void anAuthorityOfAnotherNameIsNotTheIssuerThoughItHasItsKey() {
        var root = CertificateMaker.authority("Root").make();
        var renamed = CertificateMaker.authority("Other").keys(root.keys()).make();
        var leaf = CertificateMaker.host("mx.example.com").by(root).make();
        assertThat(admit(root.tlsa(2, 0, 0), leaf)).isInstanceOf(Admission.Admitted.class);
        assertThat(admit(renamed.tlsa(2, 0, 0), leaf)).isInstanceOf(Admission.Denied.class);
    }

    @Test
    void anAuthorityThatSharesTheServersKeyIsAnotherCertificate() {
        var root = CertificateMaker.authority("Root").make();
        var leaf = CertificateMaker.host("mx.example.com")
                .keys(root.keys())
                .by(root)
                .make();
        assertThat(admit(root.tlsa(2, 0, 0), leaf)).isInstanceOf(Admission.Admitted.class);
    }

    /// RFC 5280 section 6.1.4: a self-issued certificate is no step of a path's length.
    @Test
    void aSelfIssuedAuthorityDoesNotCountAgainstThePathLength() {
        var old = CertificateMaker.authority("Root").pathLength(0).make();
        var renewed = CertificateMaker.authority("Root").by(old).make();
        var below = CertificateMaker.authority("Below").by(old).make();
        assertThat(admit(
                        old.tlsa(2, 0, 0),
                        CertificateMaker.host("mx.example.com").by(renewed).make(),
                        renewed))
                .isInstanceOf(Admission.Admitted.class);
        assertThat(admit(
                        old.tlsa(2, 0, 0),
                        CertificateMaker.host("mx.example.com").by(below).make(),
                        below))
                .isInstanceOf(Admission.Denied.class);
    }

    @Test
    void aNameThatCannotBeHeldAgainstAConstraintDoesNotKeepIt() {
        var root = CertificateMaker.authority("Root").permitting("example.com").make();
        // A directoryName (RFC 5280 section 4.2.1.6) that is no name: the JDK passes it over, Bouncy Castle throws.
        var names = new DERSequence(new DERTaggedObject(false, 4, new DEROctetString(new byte[] {1})));
        var leaf = CertificateMaker.host("mx.example.com")
                .with(Extension.subjectAlternativeName, false, names)
                .by(root)
                .make();
        assertThat(admit(root.tlsa(2, 0, 0), leaf))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        denied -> assertThat(denied.reasons())
                                .singleElement()
                                .asString()
                                .contains(
                                        "what the authority CN=Root may certify, or a name below it, cannot be read"));
    }

    /// Fifteen authorities of one name and key, each a way to the anchor, and each way broken by the server's own
    /// dates.
    @Test
    void aWayCostsAsManySignatureChecksAsItHasCertificates() {
        var authority = CertificateMaker.authority("Same").make();
        var chain = new ArrayList<Certified>();
        chain.add(
                CertificateMaker.host("mx.example.com").expired().by(authority).make());
        for (int i = 0; i < 15; i++) {
            chain.add(CertificateMaker.authority("Same")
                    .keys(authority.keys())
                    .by(authority)
                    .make());
        }
        assertThat(admit(authority.tlsa(2, 1, 1), chain.toArray(Certified[]::new)))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        denied -> assertThat(denied.reasons())
                                .singleElement()
                                .asString()
                                .contains("expired on", "more than 64 signatures would have to be checked"));
    }

    /// RFC 5280 section 6.1.4: what both permit is nothing. The JDK throws an unchecked exception on the way to that.
    @Test
    void authoritiesThatPermitDifferentDomainsPermitNone() {
        var root = CertificateMaker.authority("Root").make();
        var com = CertificateMaker.authority("Com")
                .permitting("example.com")
                .by(root)
                .make();
        var org = CertificateMaker.authority("ca.example.com")
                .permitting("example.org")
                .by(com)
                .make();
        var leaf = CertificateMaker.host("mx.example.com").by(org).make();
        assertThat(admit(root.tlsa(2, 1, 0), leaf, org, com))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        denied -> assertThat(denied.reasons())
                                .singleElement()
                                .asString()
                                .contains("the certificates make no path"));
    }

    /// RFC 7672 section 3.2.3: the CN counts where there is no DNS-ID; where nobody can read whether there is, it does
    /// not.
    @Test
    void theCommonNameCountsOnlyWhereThereIsNoSubjectAltName() {
        var root = CertificateMaker.authority("Root").permitting("example.com").make();
        var bare = CertificateMaker.host("mx.example.com").withoutDnsNames();
        assertThat(admit(root.tlsa(2, 1, 0), bare.by(root).make())).isInstanceOf(Admission.Admitted.class);

        var unreadable = new DEROctetString(new byte[] {1, 2, 3});
        var leaf = bare.with(Extension.subjectAlternativeName, false, unreadable)
                .by(root)
                .make();
        assertThat(admit(root.tlsa(2, 1, 0), leaf))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        denied -> assertThat(denied.reasons())
                                .singleElement()
                                .asString()
                                .contains("the certificate is for no name of a host"));
    }

    @Test
    void aCommonNameWithinWhatTheAuthorityPermitsIsAdmitted() {
        var root = CertificateMaker.authority("Root").permitting("example.com").make();
        var leaf = CertificateMaker.host("mx.example.com")
                .withoutDnsNames()
                .by(root)
                .make();
        assertThat(admit(root.tlsa(2, 0, 0), leaf)).isInstanceOf(Admission.Admitted.class);
        var other = CertificateMaker.authority("Root").permitting("example.org").make();
        var beyond = CertificateMaker.host("mx.example.com")
                .withoutDnsNames()
                .by(other)
                .make();
        assertThat(admit(other.tlsa(2, 0, 0), beyond))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        denied -> assertThat(denied.reasons())
                                .singleElement()
                                .asString()
                                .contains("the authority CN=Root may not certify mx.example.com"));
    }

    @Test
    void aPurposeThatCannotBeReadIsNotThatOfAServer() {
        var root = CertificateMaker.authority("Root").make();
        var leaf = CertificateMaker.host("mx.example.com")
                .with(Extension.extendedKeyUsage, false, new DEROctetString(new byte[] {1, 2, 3}))
                .by(root)
                .make();
        assertThat(admit(root.tlsa(2, 0, 0), leaf))
                .isInstanceOfSatisfying(
                        Admission.Denied.class,
                        denied -> assertThat(denied.reasons())
                                .singleElement()
                                .asString()
                                .endsWith("the certificate of CN=mx.example.com is not for TLS servers"));
    }

    /// The JDK throws an unchecked exception for it.
    @Test
    void aKeyOfNoOctetsIsAKeyThatNobodyHas() throws IOException {
        var keyless = HexFormat.of().parseHex("300a300506032b6570030100");
        var leaf = CertificateMaker.host("mx.example.com").make();
        assertThat(admit("2 1 0 " + HexFormat.of().formatHex(keyless), leaf)).isInstanceOf(Admission.Denied.class);

        byte[] certificate = withKey(leaf.der(), keyless);
        var whole = new TlsaRecord(2, 0, 0, certificate);
        assertThat(TlsaRecords.usable(List.of(whole))).containsExactly(whole);
        assertThat(new TlsaRecords(List.of(whole))
                        .admit(List.of(leaf.der()), List.of(CertificateCase.BASE), CertificateCases.NOW))
                .isInstanceOf(Admission.Denied.class);
        assertThat(new TlsaRecords(CertificateCase.records(leaf.tlsa(2, 1, 1)))
                        .admit(List.of(leaf.der(), certificate), List.of(CertificateCase.BASE), CertificateCases.NOW))
                .as("presented behind the server's own")
                .isInstanceOf(Admission.Denied.class);
    }

    /// The certificate with another subjectPublicKeyInfo.
    private static byte[] withKey(byte[] certificate, byte[] keyInfo) throws IOException {
        var parts = ASN1Sequence.getInstance(certificate).toArray();
        var signed = ASN1Sequence.getInstance(parts[0]).toArray();
        signed[6] = ASN1Sequence.getInstance(keyInfo);
        parts[0] = new DERSequence(signed);
        return new DERSequence(parts).getEncoded();
    }

    private static Admission admit(String tuple, Certified... chain) {
        return new TlsaRecords(CertificateCase.records(tuple))
                .admit(
                        List.of(chain).stream().map(Certified::der).toList(),
                        List.of(CertificateCase.BASE),
                        CertificateCases.NOW);
    }
}
