package org.danelaw.dnssec;

import java.math.BigInteger;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Reads the public key field of a DNSKEY record into the form that Java's key factories take. A key that has not the
/// shape of its algorithm is no key.
final class PublicKeys {
    // RFC 3110 section 2: moduli of up to 4096 bits. Shorter ones than 512 bits no provider takes.
    static final int LEAST_RSA_MODULUS_BITS = 512;
    static final int GREATEST_RSA_MODULUS_BITS = 4096;
    // Greater exponents serve nobody but those who want to keep us busy: the time for a check grows with their length.
    static final int GREATEST_RSA_EXPONENT_BITS = 64;

    // The DER of a SubjectPublicKeyInfo up to the key's own octets (RFC 5480 section 2, RFC 8410 section 4).
    private static final byte[] P256 = octets("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
    private static final byte[] P384 = octets("3076301006072a8648ce3d020106052b8104002203620004");
    private static final byte[] ED25519 = octets("302a300506032b6570032100");
    private static final byte[] ED448 = octets("3043300506032b6571033a00");

    private PublicKeys() {}

    /// The key in `field`, or empty where it has not the shape of `algorithm`'s keys.
    static Optional<KeySpec> read(Algorithm algorithm, byte[] field) {
        return switch (algorithm) {
            case RSASHA1, RSASHA1_NSEC3_SHA1, RSASHA256, RSASHA512 -> rsa(field);
            case ECDSAP256SHA256 -> encoded(P256, field, 64);
            case ECDSAP384SHA384 -> encoded(P384, field, 96);
            case ED25519 -> encoded(ED25519, field, 32);
            case ED448 -> encoded(ED448, field, 57);
        };
    }

    /// RFC 6605 section 4 and RFC 8080 section 3: the field is the bare point, or the bare key.
    private static Optional<KeySpec> encoded(byte[] before, byte[] field, int length) {
        if (field.length != length) {
            return Optional.empty();
        }
        byte[] whole = Arrays.copyOf(before, before.length + length);
        System.arraycopy(field, 0, whole, before.length, length);
        return Optional.of(new X509EncodedKeySpec(whole));
    }

    /// RFC 3110 section 2: the exponent's length in one octet, or in two behind a zero, the exponent, the modulus.
    private static Optional<KeySpec> rsa(byte[] field) {
        if (field.length < 3) {
            return Optional.empty();
        }
        boolean isLong = field[0] == 0;
        int start = isLong ? 3 : 1;
        int length = isLong ? ((field[1] & 0xff) << 8) | (field[2] & 0xff) : field[0] & 0xff;
        if (start + length >= field.length) {
            return Optional.empty();
        }
        var exponent = new BigInteger(1, field, start, length);
        var modulus = new BigInteger(1, field, start + length, field.length - start - length);
        return isSound(exponent, modulus) ? Optional.of(new RSAPublicKeySpec(modulus, exponent)) : Optional.empty();
    }

    private static boolean isSound(BigInteger exponent, BigInteger modulus) {
        return exponent.testBit(0)
                && exponent.bitLength() > 1
                && exponent.bitLength() <= GREATEST_RSA_EXPONENT_BITS
                && modulus.bitLength() >= LEAST_RSA_MODULUS_BITS
                && modulus.bitLength() <= GREATEST_RSA_MODULUS_BITS;
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
