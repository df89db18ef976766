package org.danelaw.tls;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Octets that a peer sent as a certificate and that the JDK cannot read. They reach the decision as they
/// came; whoever wants more of them than their key is refused.
@SuppressWarnings("serial")
final class UnreadCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;
    private static final X500Principal NOBODY = new X500Principal("");

    private final byte[] octets;

    UnreadCertificate(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return octets.clone();
    }

    /// The key that the handshake is signed with, so that the peer can prove that it has it.
    @Override
    public PublicKey getPublicKey() {
        return PresentedKey.of(octets);
    }

    @Override
    public void verify(PublicKey key) throws CertificateException {
        throw unread();
    }

    @Override
    public void verify(PublicKey key, String provider) throws CertificateException {
        throw unread();
    }

    @Override
    public void checkValidity() throws CertificateNotYetValidException {
        throw new CertificateNotYetValidException(unread().getMessage());
    }

    @Override
    public void checkValidity(Date when) throws CertificateNotYetValidException {
        throw new CertificateNotYetValidException(unread().getMessage());
    }

    private static CertificateException unread() {
        return new CertificateException("a certificate that cannot be read vouches for nothing");
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return true;
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return null;
    }

    @Override
    public int getVersion() {
        return 1;
    }

    @Override
    public BigInteger getSerialNumber() {
        return BigInteger.ZERO;
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return NOBODY;
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return NOBODY;
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getIssuerDN() {
        return NOBODY;
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getSubjectDN() {
        return NOBODY;
    }

    @Override
    public Date getNotBefore() {
        return Date.from(Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Override
    public Date getNotAfter() {
        return Date.from(Instant.EPOCH);
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        throw new CertificateEncodingException(unread());
    }

    @Override
    public byte[] getSignature() {
        return new byte[0];
    }

    @Override
    public String getSigAlgName() {
        return "none";
    }

    @Override
    public String getSigAlgOID() {
        return "0.0";
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return null;
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return null;
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return null;
    }

    @Override
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public String toString() {
        return "a certificate of " + octets.length + " octets that cannot be read";
    }
}
