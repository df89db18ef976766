package org.danelaw.lab.mailhost;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x500.X500Name;

/// A certificate with its keys, as [CertificateMaker] made it: it can be shown by a host, sign others, and
/// be named by TLSA records.
public final class Certified {
    private final byte[] der;
    private final KeyPair keys;

    Certified(byte[] der, KeyPair keys) {
        this.der = der.clone();
        this.keys = keys;
    }

    public byte[] der() {
        return der.clone();
    }

    public KeyPair keys() {
        return keys;
    }

    /// The same with its last octet altered: a signature that does not hold.
    public Certified tampered() {
        byte[] altered = der.clone();
        altered[altered.length - 1] ^= 1;
        return new Certified(altered, keys);
    }

    /// The same with the keys of another, which it does not certify.
    public Certified withKeysOf(Certified other) {
        return new Certified(der, other.keys);
    }

    /// The subject's name as it stands in the certificate.
    X500Name subject() {
        return X500Name.getInstance(part(4));
    }

    /// The subjectPublicKeyInfo, DER, as it stands in the certificate.
    public byte[] publicKeyInfo() {
        try {
            return part(5).toASN1Primitive().getEncoded();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /// The n-th part behind the version (RFC 5280 section 4.1), cut out by hand: Bouncy Castle does not
    /// read all that the lab makes.
    private ASN1Encodable part(int number) {
        var signed = ASN1Sequence.getInstance(ASN1Sequence.getInstance(der).getObjectAt(0));
        int start = signed.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
        return signed.getObjectAt(start + number);
    }

    /// The certificate as the JDK reads it.
    ///
    /// @throws CertificateException where the JDK cannot, which is what some certificates of the lab are
    /// for
    public X509Certificate parsed() throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /// The data of a TLSA record that names this certificate, as `3 1 1 <hex>` (RFC 6698 section 2.2).
    public String tlsa(int usage, int selector, int matchingType) {
        return usage + " " + selector + " " + matchingType + " " + association(selector, matchingType);
    }

    /// The certificate association data in hexadecimal (RFC 6698 section 2.1.4).
    public String association(int selector, int matchingType) {
        byte[] selected = switch (selector) {
            case 0 -> der;
            case 1 -> publicKeyInfo();
            default -> throw new IllegalArgumentException("no selector " + selector);
        };
        return HexFormat.of()
                .formatHex(
                        switch (matchingType) {
                            case 0 -> selected;
                            case 1 -> digest("SHA-256", selected);
                            case 2 -> digest("SHA-512", selected);
                            default -> throw new IllegalArgumentException("no matching type " + matchingType);
                        });
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
