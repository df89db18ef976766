package org.danelaw.lab.mailhost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Objects;

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

    /// The same keys each time, for tests that have no time for new ones: RSA keys from a file that
    /// everybody can read, others made anew.
    public KeyPair known() {
        return algorithm.equals("RSA") ? published() : generate();
    }

    private KeyPair published() {
        var file = Objects.requireNonNull(KeyKind.class.getResourceAsStream("rsa-" + size + ".pem"), "the keys");
        try (file) {
            var pem =
                    new String(file.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
            var factory = KeyFactory.getInstance(algorithm);
            var secret = (RSAPrivateCrtKey) factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
            var open = new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent());
            return new KeyPair(factory.generatePublic(open), secret);
        } catch (GeneralSecurityException | IOException broken) {
            throw new IllegalStateException("the keys " + this, broken);
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
