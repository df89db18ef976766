package org.danelaw.tlsa;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertificateException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.tlsa.CertificateAuthorities.Trust;
import org.junit.jupiter.api.Test;

/// Certificates of a CA store, and the names that they are for (RFC 9525 section 6).
final class CertificateAuthoritiesTest {
    private static final Certified ROOT =
            CertificateMaker.authority("Store Root").make();
    private static final Certified ISSUER =
            CertificateMaker.authority("Store Issuing").by(ROOT).make();
    private static final Certified LEAF =
            CertificateMaker.host("mx.example.com").by(ISSUER).make();

    private static Trust check(Certified... chain) throws CertificateException {
        return check(CertificateCases.NOW, chain);
    }

    private static Trust check(Instant now, Certified... chain) throws CertificateException {
        return new CertificateAuthorities(List.of(ROOT.parsed()))
                .check(List.of(chain).stream().map(Certified::der).toList(), List.of(CertificateCase.BASE), now);
    }

    private static String untrusted(Trust trust) {
        return ((Trust.Untrusted) trust).why();
    }

    @Test
    void aChainToTheStoreIsTrustedForItsName() throws CertificateException {
        assertThat(check(LEAF, ISSUER)).isEqualTo(new Trust.Trusted(CertificateCase.BASE));
        assertThat(check(LEAF, ISSUER, ROOT))
                .as("the root need not come, and may")
                .isInstanceOf(Trust.Trusted.class);
    }

    @Test
    void aChainToSomewhereElseIsNot() throws CertificateException {
        assertThat(untrusted(check(LEAF))).isEqualTo("the certificate leads to no authority of the CA store");
        var namesake = CertificateMaker.authority("Store Root").make();
        assertThat(untrusted(check(
                        CertificateMaker.host("mx.example.com").by(namesake).make())))
                .isEqualTo("the certificate of CN=mx.example.com is not signed by the authority");
    }

    @Test
    void aCertificateForSomebodyElseIsNot() throws CertificateException {
        var other = CertificateMaker.host("www.example.com").by(ROOT).make();
        assertThat(untrusted(check(other))).isEqualTo("the certificate is for www.example.com, not for mx.example.com");
        var byCommonName = CertificateMaker.host("mx.example.com")
                .withoutDnsNames()
                .by(ROOT)
                .make();
        assertThat(untrusted(check(byCommonName)))
                .isEqualTo("the certificate is for no name of a host, not for mx.example.com");
    }

    @Test
    void nothingThatCanBeReadIsNotTrusted() {
        var store = new CertificateAuthorities(List.of());
        assertThat(untrusted(store.check(List.of(), List.of(CertificateCase.BASE), CertificateCases.NOW)))
                .isEqualTo("the server presented no certificate that can be read");
        assertThat(store.check(List.of(new byte[] {1}), List.of(CertificateCase.BASE), CertificateCases.NOW))
                .isInstanceOf(Trust.Untrusted.class);
    }

    /// The instant of the judgement counts, not the machine's clock.
    @Test
    void aCertificateIsJudgedAtTheGivenInstant() throws CertificateException {
        var then = Instant.parse("2041-06-01T00:00:00Z");
        var later = CertificateMaker.host("mx.example.com")
                .valid(Instant.parse("2041-01-01T00:00:00Z"), Instant.parse("2042-01-01T00:00:00Z"))
                .by(ROOT)
                .make();
        assertThat(check(then, later)).isInstanceOf(Trust.Trusted.class);
        assertThat(untrusted(check(later)))
                .isEqualTo("the certificate of CN=mx.example.com is valid only from 2041-01-01T00:00:00Z");
        assertThat(untrusted(check(Instant.parse("2043-01-01T00:00:00Z"), later)))
                .isEqualTo("the certificate of CN=mx.example.com expired on 2042-01-01T00:00:00Z");
    }

    @Test
    void aReasonNamesFiveNamesAndCountsTheRest() throws CertificateException {
        var five = names(5);
        assertThat(untrusted(check(CertificateMaker.host(five).by(ROOT).make())))
                .isEqualTo("the certificate is for " + String.join(", ", five) + ", not for mx.example.com");
        var seven = names(7);
        assertThat(untrusted(check(CertificateMaker.host(seven).by(ROOT).make())))
                .isEqualTo("the certificate is for " + String.join(", ", five) + " and 2 more, not for mx.example.com");
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "h" + i + ".example.com").toArray(String[]::new);
    }
}
