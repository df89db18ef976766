package org.danelaw.tls;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.danelaw.tlsa.RawCertificate;

/// The key of a certificate that the JDK cannot read; no key at all where that cannot be read either, and
/// then nothing that is signed with it holds.
final class PresentedKey {
    /// Those that the JDK can compute with. Bouncy Castle has a hundred, which at their first use
    /// cost a hundred megabytes and a second in the middle of a handshake.
    private static final List<String> CURVES = List.of("secp256r1", "secp384r1", "secp521r1");

    private PresentedKey() {}

    static PublicKey of(byte[] certificate) {
        return RawCertificate.publicKeyInfo(certificate)
                .flatMap(PresentedKey::read)
                .orElseGet(Unusable::new);
    }

    private static Optional<PublicKey> read(byte[] octets) {
        try {
            var info = withNamedCurve(SubjectPublicKeyInfo.getInstance(octets));
            var algorithm = info.getAlgorithm().getAlgorithm().getId();
            return Optional.of(
                    KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info.getEncoded("DER"))));
        } catch (GeneralSecurityException | java.io.IOException | RuntimeException unknown) {
            // The providers declare the first two; hostile keys have made them throw several of the others.
            return Optional.empty();
        }
    }

    /// The JDK knows curves by name only. One that is written out is taken for a named one if all of it is
    /// the same, the field, a, b, the generator, its order: a curve that shares only some of them is how
    /// CVE-2020-0601 forged keys.
    private static SubjectPublicKeyInfo withNamedCurve(SubjectPublicKeyInfo info) {
        if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return info;
        }
        var parameters = X962Parameters.getInstance(info.getAlgorithm().getParameters());
        if (parameters.isNamedCurve() || parameters.isImplicitlyCA()) {
            return info;
        }
        var name = nameOf(X9ECParameters.getInstance(parameters.getParameters()))
                .orElseThrow(() -> new IllegalArgumentException("a curve without a name"));
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, name),
                info.getPublicKeyData().getOctets());
    }

    private static Optional<ASN1ObjectIdentifier> nameOf(X9ECParameters curve) {
        return CURVES.stream()
                .filter(name -> isSame(ECNamedCurveTable.getByName(name), curve))
                .findFirst()
                .map(ECNamedCurveTable::getOID);
    }

    private static boolean isSame(X9ECParameters named, X9ECParameters curve) {
        return named.getCurve().equals(curve.getCurve())
                && named.getG().equals(curve.getG())
                && named.getN().equals(curve.getN());
    }

    /// Of no algorithm, so JSSE refuses whatever is signed with it.
    private static final class Unusable implements PublicKey {
        private static final long serialVersionUID = 1L;

        @Override
        public String getAlgorithm() {
            return "unknown";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }
}
