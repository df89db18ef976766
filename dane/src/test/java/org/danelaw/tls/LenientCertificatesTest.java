package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.KeyKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class LenientCertificatesTest {
    private static final byte[] GARBAGE = {1, 2, 3};

    @BeforeAll
    static void install() {
        JsseTlsConnector.prepare();
    }

    private static X509Certificate read(byte[] octets) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(octets));
    }

    private static X509Certificate readLeniently(byte[] octets) throws IOException {
        var read = new AtomicReference<X509Certificate>();
        LenientCertificates.reading(() -> {
            try {
                read.set(read(octets));
            } catch (CertificateException strict) {
                throw new IOException(strict);
            }
        });
        return read.get();
    }

    @Test
    void everybodyElseIsServedByTheJdk() throws Exception {
        assertThatThrownBy(() -> read(GARBAGE)).isInstanceOf(CertificateException.class);
        var sound = CertificateMaker.host("mx.example.com").make();
        assertThat(read(sound.der()).getEncoded()).isEqualTo(sound.der());
        assertThat(CertificateFactory.getInstance("X.509").getCertPathEncodings())
                .toIterable()
                .contains("PkiPath");
    }

    /// An Ed25519 certificate whose key has no octets: the JDK throws an unchecked exception for it.
    @Test
    void whateverTheJdkThrowsTheOctetsAreCarried() throws Exception {
        var sound = HexFormat.of()
                .formatHex(CertificateMaker.host("mx.example.com")
                        .key(KeyKind.ED25519)
                        .make()
                        .der());
        // Of the key's 32 octets, the last of which now stand outside of any field.
        var broken =
                HexFormat.of().parseHex(sound.replaceFirst("302a300506032b6570032100", "300a300506032b6570030100"));
        var carried = readLeniently(broken);
        assertThat(carried.getEncoded()).isEqualTo(broken);
        assertThat(carried.getPublicKey().getAlgorithm()).isEqualTo("unknown");
    }

    @Test
    void withinAHandshakeWhatCannotBeReadIsCarriedAndVouchesForNothing() throws Exception {
        var carried = readLeniently(GARBAGE);
        assertThat(carried.getEncoded()).isEqualTo(GARBAGE);
        assertThatThrownBy(carried::checkValidity).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> carried.verify(carried.getPublicKey())).isInstanceOf(CertificateException.class);
        assertThat(carried.getBasicConstraints()).isEqualTo(-1);
        assertThat(carried.hasUnsupportedCriticalExtension()).isTrue();
    }

    @Test
    void withinAHandshakeWhatCanBeReadIsTheJdks() throws Exception {
        var sound = CertificateMaker.host("mx.example.com").make();
        assertThat(readLeniently(sound.der())).isEqualTo(sound.parsed());
    }

    @Test
    void octetsBehindACertificateAreNotLostToTheDecision() throws Exception {
        var sound = CertificateMaker.host("mx.example.com").make().der();
        var longer = java.util.Arrays.copyOf(sound, sound.length + 1);
        assertThat(readLeniently(longer).getEncoded()).isEqualTo(longer);
    }

    @Test
    void aCurveThatIsWrittenOutIsTheNamedOneOnlyIfAllOfItIsTheSame() throws Exception {
        var explicit =
                CertificateMaker.host("mx.example.com").explicitParameters().make();
        assertThat(readLeniently(explicit.der()).getPublicKey())
                .isEqualTo(explicit.keys().getPublic());
        // Another generator is how keys of others were forged (CVE-2020-0601).
        var forged = CertificateMaker.host("mx.example.com")
                .explicitParametersWithAnotherGenerator()
                .make();
        assertThat(readLeniently(forged.der()).getPublicKey().getAlgorithm()).isEqualTo("unknown");
    }
}
