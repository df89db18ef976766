package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import org.danelaw.lab.mailhost.CertificateMaker;
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
