package org.danelaw.lab.mailhost;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/// The kinds of key that the lab makes certificates for.
public enum KeyKind {
    RSA_1024("RSA", "1024"),
    RSA_2048("RSA", "2048"),
    RSA_3072("RSA", "3072"),
    RSA_4096("RSA", "4096"),
    P256("EC", "secp256r1"),
    P384("EC", "secp384r1"),
    P521("EC", "secp521r1"),
    ED25519("Ed25519", "Ed25519"),
    ED448("Ed448", "Ed448");

    private final String algorithm;
    private final String size;

    KeyKind(String algorithm, String size) {
        this.algorithm = algorithm;
        this.size = size;
    }

    /// A new pair of keys: RSA-4096 takes seconds, so keep what you get.
    public KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK makes no " + this + " keys", missing);
        }
    }

    private AlgorithmParameterSpec parameters() {
        return switch (algorithm) {
            case "RSA" -> new RSAKeyGenParameterSpec(Integer.parseInt(size), RSAKeyGenParameterSpec.F4);
            case "EC" -> new ECGenParameterSpec(size);
            default -> new NamedParameterSpec(size);
        };
    }
}
