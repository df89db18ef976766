package org.danelaw.lab.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.List;
import java.util.Objects;
import org.xbill.DNS.DNSOutput;

/// RSA pairs from a small store of primes: making new ones would be most of what a test does.
///
/// Zones share these keys. Nothing depends on them being different: a key is only ever tried in its own zone.
final class RsaKeys {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
    private static final List<Primes> STORE = read();

    private RsaKeys() {}

    private record Primes(int bits, BigInteger p, BigInteger q) {}

    static KeyPair pair(int bits, String seed, String signature) {
        var fitting = STORE.stream().filter(primes -> primes.bits == bits).toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException("the lab has RSA keys of 1024 and 2048 bits, not of " + bits);
        }
        var primes = fitting.get(Math.floorMod(seed.hashCode(), fitting.size()));
        var secret = privateKey(primes);
        return new KeyPair(publicKey(primes.p.multiply(primes.q)), message -> sign(signature, secret, message));
    }

    /// RFC 3110 section 2: the exponent's length, the exponent, the modulus.
    static byte[] publicKey(BigInteger modulus) {
        var exponent = EXPONENT.toByteArray();
        var out = new DNSOutput();
        out.writeU8(exponent.length);
        out.writeByteArray(exponent);
        out.writeByteArray(unsigned(modulus));
        return out.toByteArray();
    }

    private static byte[] unsigned(BigInteger number) {
        var octets = number.toByteArray();
        return octets[0] == 0 ? java.util.Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    private static PrivateKey privateKey(Primes primes) {
        var p1 = primes.p.subtract(BigInteger.ONE);
        var q1 = primes.q.subtract(BigInteger.ONE);
        var d = EXPONENT.modInverse(p1.multiply(q1));
        var spec = new RSAPrivateCrtKeySpec(
                primes.p.multiply(primes.q),
                EXPONENT,
                d,
                primes.p,
                primes.q,
                d.mod(p1),
                d.mod(q1),
                primes.q.modInverse(primes.p));
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored RSA key is no key", e);
        }
    }

    private static byte[] sign(String algorithm, PrivateKey secret, byte[] message) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a lab key cannot sign", e);
        }
    }

    private static List<Primes> read() {
        try (var in = Objects.requireNonNull(RsaKeys.class.getResourceAsStream("rsa-primes.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(RsaKeys::primes)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Primes primes(String line) {
        var field = line.split(" ", -1);
        return new Primes(Integer.parseInt(field[0]), new BigInteger(field[1], 16), new BigInteger(field[2], 16));
    }
}
