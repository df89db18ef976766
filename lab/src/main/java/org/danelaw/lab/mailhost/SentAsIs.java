package org.danelaw.lab.mailhost;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Octets that JSSE is made to send as a certificate without looking into them: it asks only for the encoding and, of
/// the first one, for the public key.
final class SentAsIs extends X509Certificate {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final PublicKey key;

    private final byte[] octets;

    SentAsIs(byte[] octets, PublicKey key) {
        this.octets = octets.clone();
        this.key = key;
    }

    @Override
    public byte[] getEncoded() {
        return octets.clone();
    }

    @Override
    public PublicKey getPublicKey() {
        return key;
    }

    @Override
    public String getSigAlgName() {
        return "none";
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return new X500Principal("");
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return new X500Principal("");
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getIssuerDN() {
        return getIssuerX500Principal();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getSubjectDN() {
        return getSubjectX500Principal();
    }

    @Override
    public void verify(PublicKey by) {
        throw unread();
    }

    @Override
    public void verify(PublicKey by, String provider) {
        throw unread();
    }

    @Override
    public void checkValidity() {
        throw unread();
    }

    @Override
    public void checkValidity(Date when) {
        throw unread();
    }

    @Override
    public int getVersion() {
        throw unread();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw unread();
    }

    @Override
    public Date getNotBefore() {
        throw unread();
    }

    @Override
    public Date getNotAfter() {
        throw unread();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw unread();
    }

    @Override
    public byte[] getSignature() {
        throw unread();
    }

    @Override
    public String getSigAlgOID() {
        throw unread();
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
    public boolean hasUnsupportedCriticalExtension() {
        return false;
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
    public String toString() {
        return octets.length + " octets";
    }

    private static UnsupportedOperationException unread() {
        return new UnsupportedOperationException("these octets are sent, never read");
    }
}
