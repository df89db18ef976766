package org.danelaw.lab.world;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.Ed448Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;

/// A public key in the form of a DNSKEY record and what signs with its private half.
///
/// A pair comes from a seed, so the same name always has the same keys; ECDSA signs as RFC 6979 says, without chance.
final class KeyPair {
    private static final ConcurrentHashMap<String, KeyPair> MADE = new ConcurrentHashMap<>();

    /// How many pairs are kept; worlds with more keys make the others anew.
    private static final int KEPT = 20_000;

    private final byte[] publicKey;
    private final UnaryOperator<byte[]> signer;

    KeyPair(byte[] publicKey, UnaryOperator<byte[]> signer) {
        this.publicKey = publicKey.clone();
        this.signer = signer;
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    static KeyPair of(Algorithm algorithm, int rsaBits, String seed) {
        if (MADE.size() > KEPT) {
            MADE.clear();
        }
        return MADE.computeIfAbsent(algorithm + " " + rsaBits + " " + seed, key -> make(algorithm, rsaBits, seed));
    }

    static KeyPair withoutPrivateHalf(byte[] publicKey) {
        return new KeyPair(publicKey, message -> {
            throw new IllegalStateException("nobody knows the private half of this key");
        });
    }

    private static KeyPair make(Algorithm algorithm, int rsaBits, String seed) {
        return switch (algorithm) {
            case RSASHA1, RSASHA1_NSEC3_SHA1 -> RsaKeys.pair(rsaBits, seed, "SHA1withRSA");
            case RSASHA256 -> RsaKeys.pair(rsaBits, seed, "SHA256withRSA");
            case RSASHA512 -> RsaKeys.pair(rsaBits, seed, "SHA512withRSA");
            case ECDSAP256SHA256 -> ecdsa("P-256", seed, SHA256Digest::new);
            case ECDSAP384SHA384 -> ecdsa("P-384", seed, SHA384Digest::new);
            case ED25519 -> ed25519(seed);
            case ED448 -> ed448(seed);
        };
    }

    byte[] sign(byte[] message) {
        return signer.apply(message);
    }

    /// RFC 6605 section 4: the point without its first octet; a signature is r and s.
    private static KeyPair ecdsa(String curve, String seed, java.util.function.Supplier<Digest> digest) {
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(
                new ECDomainParameters(CustomNamedCurves.getByName(curve)), chanceFrom(seed)));
        var pair = generator.generateKeyPair();
        var point = ((ECPublicKeyParameters) pair.getPublic()).getQ().getEncoded(false);
        return new KeyPair(Arrays.copyOfRange(point, 1, point.length), message -> {
            var signer = new DSADigestSigner(
                    new ECDSASigner(new HMacDSAKCalculator(digest.get())), digest.get(), PlainDSAEncoding.INSTANCE);
            signer.init(true, pair.getPrivate());
            return signed(signer, message);
        });
    }

    /// RFC 8080 section 3.
    private static KeyPair ed25519(String seed) {
        var secret = new Ed25519PrivateKeyParameters(chanceFrom(seed));
        return new KeyPair(secret.generatePublicKey().getEncoded(), message -> {
            var signer = new Ed25519Signer();
            signer.init(true, secret);
            return signed(signer, message);
        });
    }

    private static KeyPair ed448(String seed) {
        var secret = new Ed448PrivateKeyParameters(chanceFrom(seed));
        return new KeyPair(secret.generatePublicKey().getEncoded(), message -> {
            var signer = new Ed448Signer(new byte[0]);
            signer.init(true, secret);
            return signed(signer, message);
        });
    }

    private static byte[] signed(org.bouncycastle.crypto.Signer signer, byte[] message) {
        try {
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("a lab key cannot sign", e);
        }
    }

    /// Numbers that look random and are always the same for a seed: SUN's SHA1PRNG is when it is seeded before use.
    private static SecureRandom chanceFrom(String seed) {
        try {
            var chance = SecureRandom.getInstance("SHA1PRNG", "SUN");
            chance.setSeed(seed.getBytes(StandardCharsets.UTF_8));
            return chance;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA1PRNG", e);
        }
    }
}
