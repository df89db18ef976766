package org.danelaw.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateFactorySpi;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// A certificate reader before the JDK's, because JSSE breaks a handshake off when it cannot read one of
/// the certificates, be it the one that nobody needs.
///
/// It is lenient only in a thread that is within [#reading]; for everybody else it hands on to the JDK's
/// reader.
final class LenientCertificates extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "DanelawCertificates";
    private static final String TYPE = "CertificateFactory";
    private static final String ALGORITHM = "X.509";

    private static final ScopedValue<Boolean> LENIENT = ScopedValue.newInstance();

    private LenientCertificates() {
        super(NAME, "1", "certificates as they came, where the JDK cannot read them");
        putService(new Provider.Service(this, TYPE, ALGORITHM, Reader.class.getName(), List.of("X509"), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                return new Reader();
            }
        });
    }

    static void install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new LenientCertificates(), 1);
        }
    }

    /// Something that reads from a connection.
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /// Does `work` with lenient reading.
    static void reading(Work work) throws IOException {
        ScopedValue.where(LENIENT, true).<Object, IOException>call(() -> {
            work.run();
            return LENIENT;
        });
    }

    private static final class Reader extends CertificateFactorySpi {
        @Override
        public Certificate engineGenerateCertificate(InputStream in) throws CertificateException {
            return LENIENT.isBound() ? read(in) : jdk().generateCertificate(in);
        }

        private static Certificate read(InputStream in) throws CertificateException {
            byte[] octets = all(in);
            try {
                var certificate = jdk().generateCertificate(new ByteArrayInputStream(octets));
                // The JDK stops reading behind a certificate and takes PEM too: the decision needs what
                // really came.
                return Arrays.equals(certificate.getEncoded(), octets) ? certificate : new UnreadCertificate(octets);
            } catch (CertificateException | RuntimeException unreadable) {
                // The JDK declares the first; an Ed25519 key of no octets makes it throw the other.
                return new UnreadCertificate(octets);
            }
        }

        private static byte[] all(InputStream in) throws CertificateException {
            try {
                return in.readAllBytes();
            } catch (IOException broken) {
                throw new CertificateException(broken);
            }
        }

        @Override
        public Collection<? extends Certificate> engineGenerateCertificates(InputStream in)
                throws CertificateException {
            return jdk().generateCertificates(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in) throws CertificateException {
            return jdk().generateCertPath(in);
        }

        @Override
        public CertPath engineGenerateCertPath(InputStream in, String encoding) throws CertificateException {
            return jdk().generateCertPath(in, encoding);
        }

        @Override
        public CertPath engineGenerateCertPath(List<? extends Certificate> certificates) throws CertificateException {
            return jdk().generateCertPath(certificates);
        }

        @Override
        public Iterator<String> engineGetCertPathEncodings() {
            return jdk().getCertPathEncodings();
        }

        @Override
        public CRL engineGenerateCRL(InputStream in) throws CRLException {
            return jdk().generateCRL(in);
        }

        @Override
        public Collection<? extends CRL> engineGenerateCRLs(InputStream in) throws CRLException {
            return jdk().generateCRLs(in);
        }

        private static CertificateFactory jdk() {
            try {
                return CertificateFactory.getInstance(ALGORITHM, "SUN");
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("every JDK reads certificates", missing);
            }
        }
    }
}
