package org.danelaw.dnssec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;

/// The digests of DS records that we make (IANA registry "DNSSEC Delegation Signer (DS) Resource Record Digest
/// Algorithms"; RFC 8624 section 3.3): GOST R 34.11-94, number 3, is not to be used, and others are unknown.
enum DsDigest {
    SHA1(1, "SHA-1"),
    SHA256(2, "SHA-256"),
    SHA384(4, "SHA-384");

    private final int number;
    private final String javaName;

    DsDigest(int number, String javaName) {
        this.number = number;
        this.javaName = javaName;
    }

    static Optional<DsDigest> of(DSRecord ds) {
        return Arrays.stream(values())
                .filter(digest -> digest.number == ds.getDigestID())
                .findFirst();
    }

    /// RFC 4034 section 5.1.4: over the key's owner in canonical form and its data.
    byte[] over(DNSKEYRecord key) {
        try {
            MessageDigest digest = MessageDigest.getInstance(javaName);
            digest.update(key.getName().toWireCanonical());
            digest.update(key.rdataToWireCanonical());
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + javaName, impossible);
        }
    }
}
