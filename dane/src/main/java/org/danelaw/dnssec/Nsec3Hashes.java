package org.danelaw.dnssec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;

/// Hashes names as a zone's NSEC3 records do it (RFC 5155 section 5): each name once, and paid for from the budget.
final class Nsec3Hashes {
    private final byte[] salt;
    private final int iterations;
    private final Budget budget;
    private final Map<Name, byte[]> known = new HashMap<>();

    Nsec3Hashes(byte[] salt, int iterations, Budget budget) {
        this.salt = salt;
        this.iterations = iterations;
        this.budget = budget;
    }

    /// The hash of `name`, or empty where the budget does not allow another one.
    Optional<byte[]> of(Name name) {
        byte[] hash = known.get(name);
        if (hash == null && budget.allowsNsec3Hash()) {
            hash = hash(name);
            known.put(name, hash);
        }
        return Optional.ofNullable(hash);
    }

    private byte[] hash(Name name) {
        MessageDigest digest = sha1();
        byte[] hash = name.toWireCanonical();
        for (int i = 0; i <= iterations; i++) {
            digest.update(hash);
            digest.update(salt);
            hash = digest.digest();
        }
        return hash;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
