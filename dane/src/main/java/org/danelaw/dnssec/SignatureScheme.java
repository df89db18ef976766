package org.danelaw.dnssec;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.spec.KeySpec;
import java.util.List;
import java.util.Optional;

/// One provider's way with one algorithm, by the names that it has for it.
record SignatureScheme(Provider provider, String keyFactory, String signature) {
    static Optional<SignatureScheme> of(Algorithm algorithm, Provider provider) {
        String keyFactory = keyFactory(algorithm);
        if (provider.getService("KeyFactory", keyFactory) == null) {
            return Optional.empty();
        }
        return signatures(algorithm).stream()
                .filter(name -> provider.getService("Signature", name) != null)
                .findFirst()
                .map(name -> new SignatureScheme(provider, keyFactory, name));
    }

    /// Hands a key to the provider; empty where it does not take this one.
    Optional<ImportedKey> key(KeySpec spec) {
        try {
            var factory = KeyFactory.getInstance(keyFactory, provider);
            return Optional.of(new ImportedKey(this, factory.generatePublic(spec)));
        } catch (GeneralSecurityException | RuntimeException notTaken) {
            // Some providers know fewer RSA keys than the standard has, and Bouncy Castle says so unchecked.
            return Optional.empty();
        }
    }

    private static String keyFactory(Algorithm algorithm) {
        return switch (algorithm) {
            case RSASHA1, RSASHA1_NSEC3_SHA1, RSASHA256, RSASHA512 -> "RSA";
            case ECDSAP256SHA256, ECDSAP384SHA384 -> "EC";
            case ED25519 -> "Ed25519";
            case ED448 -> "Ed448";
        };
    }

    private static List<String> signatures(Algorithm algorithm) {
        return switch (algorithm) {
            case RSASHA1, RSASHA1_NSEC3_SHA1 -> List.of("SHA1withRSA");
            case RSASHA256 -> List.of("SHA256withRSA");
            case RSASHA512 -> List.of("SHA512withRSA");
            // These take a signature as the DNS has it (RFC 6605 section 4): two numbers of fixed length, no ASN.1.
            case ECDSAP256SHA256 -> List.of("SHA256withECDSAinP1363Format");
            case ECDSAP384SHA384 -> List.of("SHA384withECDSAinP1363Format");
            case ED25519 -> List.of("Ed25519");
            case ED448 -> List.of("Ed448");
        };
    }

    @Override
    public String toString() {
        return provider.getName();
    }
}
