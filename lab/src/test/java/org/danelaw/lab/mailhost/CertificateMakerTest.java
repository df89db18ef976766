package org.danelaw.lab.mailhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CertificateMakerTest {
    private final Certified root = CertificateMaker.authority("Lab Root").make();

    @ParameterizedTest
    @EnumSource(value = KeyKind.class)
    void everyKindOfKeyIsCertified(KeyKind kind) throws Exception {
        var issuer =
                CertificateMaker.authority("Lab " + kind).keys(kind.known()).make();
        issuer.parsed().verify(issuer.keys().getPublic());
        var leaf = CertificateMaker.host("mx.example.com").by(issuer).make();
        leaf.parsed().verify(issuer.keys().getPublic());
        assertThat(issuer.parsed().getPublicKey()).isEqualTo(issuer.keys().getPublic());
    }

    @Test
    void aHostIsSoundByDefault() throws Exception {
        var leaf = CertificateMaker.host("mx.example.com", "mx2.example.com")
                .by(root)
                .make()
                .parsed();
        leaf.checkValidity();
        leaf.verify(root.keys().getPublic());
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=mx.example.com");
        assertThat(leaf.getIssuerX500Principal().getName()).isEqualTo("CN=Lab Root");
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(List.of(2, "mx.example.com"), List.of(2, "mx2.example.com"));
        assertThat(leaf.getExtendedKeyUsage()).containsExactly(KeyPurposeId.id_kp_serverAuth.getId());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void anAuthorityMaySign() throws Exception {
        assertThat(root.parsed().getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
        assertThat(root.parsed().getKeyUsage()[5]).isTrue();
        assertThat(CertificateMaker.authority("a").pathLength(1).make().parsed().getBasicConstraints())
                .isEqualTo(1);
    }

    @Test
    void datesAreWrongOnDemand() {
        assertThatThrownBy(() -> CertificateMaker.host("a.example")
                        .expired()
                        .make()
                        .parsed()
                        .checkValidity())
                .isInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(() -> CertificateMaker.host("a.example")
                        .notYetValid()
                        .make()
                        .parsed()
                        .checkValidity())
                .isInstanceOf(CertificateNotYetValidException.class);
    }

    @Test
    void oddFormsAreWhatTheySay() throws Exception {
        var host = CertificateMaker.host("a.example");
        assertThat(host.versionOne().make().parsed().getVersion()).isEqualTo(1);
        assertThat(CertificateMaker.host("a.example")
                        .digest("SHA1")
                        .make()
                        .parsed()
                        .getSigAlgName())
                .isEqualTo("SHA1withECDSA");
        assertThat(CertificateMaker.host("a.example")
                        .withoutKeyUsage()
                        .make()
                        .parsed()
                        .getKeyUsage())
                .isNull();
        assertThat(CertificateMaker.bare("a.example").make().parsed().getNonCriticalExtensionOIDs())
                .isNull();
        assertThat(CertificateMaker.authority("a")
                        .permitting("example.com")
                        .make()
                        .parsed()
                        .getCriticalExtensionOIDs())
                .contains("2.5.29.30");
    }

    @Test
    void emptyIssuersAndWrittenOutCurvesAreWhatTheJdkCannotRead() {
        var emptyIssuer = CertificateMaker.host("a.example").issuerName("").make();
        assertThatThrownBy(emptyIssuer::parsed).isInstanceOf(CertificateException.class);
        var explicit = CertificateMaker.host("a.example").explicitParameters().make();
        assertThatThrownBy(explicit::parsed).isInstanceOf(CertificateException.class);
        assertThat(explicit.publicKeyInfo())
                .hasSizeGreaterThan(explicit.keys().getPublic().getEncoded().length);
    }

    @Test
    void twinsShareTheirKey() throws Exception {
        var other = CertificateMaker.authority("Other Root").make();
        var twin = CertificateMaker.authority("Lab Root")
                .keys(root.keys())
                .by(other)
                .make();
        var leaf = CertificateMaker.host("a.example").by(root).make().parsed();
        leaf.verify(twin.parsed().getPublicKey());
        twin.parsed().verify(other.keys().getPublic());
        assertThatThrownBy(() -> leaf.verify(other.keys().getPublic())).isInstanceOf(SignatureException.class);
        assertThat(twin.association(1, 1)).isEqualTo(root.association(1, 1));
        assertThat(twin.association(0, 1)).isNotEqualTo(root.association(0, 1));
    }

    @Test
    void tlsaTuplesAreThoseOfRfc6698() throws Exception {
        var key = root.keys().getPublic().getEncoded();
        var hex = HexFormat.of();
        assertThat(root.tlsa(2, 0, 0)).isEqualTo("2 0 0 " + hex.formatHex(root.der()));
        assertThat(root.tlsa(3, 1, 1))
                .isEqualTo("3 1 1 "
                        + hex.formatHex(MessageDigest.getInstance("SHA-256").digest(key)));
        assertThat(root.tlsa(3, 1, 2))
                .isEqualTo("3 1 2 "
                        + hex.formatHex(MessageDigest.getInstance("SHA-512").digest(key)));
    }
}
