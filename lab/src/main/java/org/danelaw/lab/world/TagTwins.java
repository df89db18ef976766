package org.danelaw.lab.world;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;

/// Well-formed public keys with a wanted key tag: a tag has only 16 bits (RFC 4034 appendix B), and says nothing.
final class TagTwins {
    private static final ConcurrentHashMap<String, byte[]> FOUND = new ConcurrentHashMap<>();
    private static final int TAGS = 1 << 16;

    /// How many candidates are looked at: far more than it takes.
    private static final int MAX_CANDIDATES = 40 * TAGS;

    private static final int POINTS_AT_A_TIME = 1024;

    private TagTwins() {}

    /// The `number`th public key that has the same tag as `key`; nobody knows its private half.
    static byte[] of(ZoneKey key, int number) {
        var plan = key.plan();
        var seed = plan.algorithm() + " " + plan.flags() + " " + key.tag() + " " + number;
        return FOUND.computeIfAbsent(seed, wanted -> find(key, wanted));
    }

    private static byte[] find(ZoneKey key, String seed) {
        return switch (key.plan().algorithm()) {
            case ECDSAP256SHA256 -> point(key, "P-256", seed);
            case ECDSAP384SHA384 -> point(key, "P-384", seed);
            case RSASHA1, RSASHA1_NSEC3_SHA1, RSASHA256, RSASHA512, ED25519, ED448 -> octets(key, seed);
        };
    }

    /// Octets that look random, of which two are set so that the tag comes out.
    private static byte[] octets(ZoneKey key, String seed) {
        var length = key.pair().publicKey().length;
        for (var attempt = 0; attempt < TAGS; attempt++) {
            var candidate = likely(key, seed + " " + attempt, length);
            if (tune(candidate, key) && isWellFormed(candidate, key.plan().algorithm())) {
                return candidate;
            }
        }
        throw new IllegalStateException("no twin for key tag " + key.tag());
    }

    private static byte[] likely(ZoneKey key, String seed, int length) {
        var octets = stretched(seed, length);
        if (key.plan().algorithm().isRsa()) {
            // The exponent as in the true key; a modulus has its first and its last bit set.
            System.arraycopy(key.pair().publicKey(), 0, octets, 0, 4);
            octets[4] |= (byte) 0x80;
            octets[length - 1] |= 1;
        }
        return octets;
    }

    /// The tag is a sum of 16-bit words, so two octets in the middle make up for what is missing.
    private static boolean tune(byte[] candidate, ZoneKey key) {
        var place = candidate.length / 4 * 2;
        for (var correction = 0; correction < 3; correction++) {
            var missing = Math.floorMod(key.tag() - tag(candidate, key), TAGS - 1);
            var word = ((candidate[place] & 0xff) << 8 | (candidate[place + 1] & 0xff)) + missing;
            candidate[place] = (byte) (word >> 8);
            candidate[place + 1] = (byte) word;
            if (tag(candidate, key) == key.tag()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWellFormed(byte[] candidate, Algorithm algorithm) {
        return switch (algorithm) {
            case ED25519 -> Ed25519.validatePublicKeyPartial(candidate, 0);
            case ED448 -> Ed448.validatePublicKeyPartial(candidate, 0);
            case RSASHA1, RSASHA1_NSEC3_SHA1, RSASHA256, RSASHA512, ECDSAP256SHA256, ECDSAP384SHA384 -> true;
        };
    }

    /// Points one after the other on the curve, until one has the tag.
    private static byte[] point(ZoneKey key, String curve, String seed) {
        var parameters = CustomNamedCurves.getByName(curve);
        var point = parameters.getG().multiply(new BigInteger(1, stretched(seed, 16)));
        for (var looked = 0; looked < MAX_CANDIDATES; looked += POINTS_AT_A_TIME) {
            var points = new ECPoint[POINTS_AT_A_TIME];
            for (var i = 0; i < points.length; i++) {
                point = point.add(parameters.getG());
                points[i] = point;
            }
            parameters.getCurve().normalizeAll(points);
            for (var candidate : points) {
                var encoded = candidate.getEncoded(false);
                var octets = Arrays.copyOfRange(encoded, 1, encoded.length);
                if (tag(octets, key) == key.tag()) {
                    return octets;
                }
            }
        }
        throw new IllegalStateException("no twin for key tag " + key.tag());
    }

    private static int tag(byte[] publicKey, ZoneKey like) {
        var plan = like.plan();
        return new DNSKEYRecord(
                        Name.root,
                        DClass.IN,
                        0,
                        plan.flags(),
                        3,
                        plan.algorithm().number(),
                        publicKey)
                .getFootprint();
    }

    private static byte[] stretched(String seed, int length) {
        try {
            var out = new byte[length];
            var digest = MessageDigest.getInstance("SHA-256");
            for (var from = 0; from < length; from += digest.getDigestLength()) {
                var block = digest.digest((seed + " " + from).getBytes(StandardCharsets.UTF_8));
                System.arraycopy(block, 0, out, from, Math.min(block.length, length - from));
            }
            return out;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
