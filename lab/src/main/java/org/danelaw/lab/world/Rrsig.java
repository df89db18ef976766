package org.danelaw.lab.world;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// Copies of a signature record with one field changed, in the wire form of RFC 4034 section 3.1.
final class Rrsig {
    private static final int ALGORITHM = 2;
    private static final int LABELS = 3;
    private static final int ORIGINAL_TTL = 4;
    private static final int EXPIRATION = 8;
    private static final int TAG = 16;
    private static final int SIGNER = 18;

    private Rrsig() {}

    static RRSIGRecord algorithm(RRSIGRecord like, int number) {
        return made(like, rdata(like).put(ALGORITHM, (byte) number).array());
    }

    static RRSIGRecord labels(RRSIGRecord like, int count) {
        return made(like, rdata(like).put(LABELS, (byte) count).array());
    }

    static RRSIGRecord originalTtl(RRSIGRecord like, long seconds) {
        return made(like, rdata(like).putInt(ORIGINAL_TTL, (int) seconds).array());
    }

    static RRSIGRecord expiration(RRSIGRecord like, long epochSecond) {
        return made(like, rdata(like).putInt(EXPIRATION, (int) epochSecond).array());
    }

    static RRSIGRecord tag(RRSIGRecord like, int tag) {
        return made(like, rdata(like).putShort(TAG, (short) tag).array());
    }

    static RRSIGRecord signer(RRSIGRecord like, Name signer) {
        return made(like, joined(like, signer, like.getSignature()));
    }

    static RRSIGRecord signature(RRSIGRecord like, byte[] signature) {
        return made(like, joined(like, like.getSigner(), signature));
    }

    /// One bit of the signature turned over.
    static RRSIGRecord corrupted(RRSIGRecord like) {
        return corrupted(like, 0);
    }

    /// Bits of the signature turned over, others for each number.
    static RRSIGRecord corrupted(RRSIGRecord like, int number) {
        var octets = like.getSignature().clone();
        octets[octets.length / 2 + 1] ^= (byte) (number >> 8);
        octets[octets.length / 2] ^= (byte) (number + 1);
        return signature(like, octets);
    }

    private static byte[] joined(RRSIGRecord like, Name signer, byte[] signature) {
        var name = signer.toWireCanonical();
        return ByteBuffer.allocate(SIGNER + name.length + signature.length)
                .put(Arrays.copyOf(rdata(like).array(), SIGNER))
                .put(name)
                .put(signature)
                .array();
    }

    private static ByteBuffer rdata(RRSIGRecord record) {
        return ByteBuffer.wrap(record.rdataToWireCanonical());
    }

    /// From wire form, because dnsjava's constructor counts the labels by itself.
    private static RRSIGRecord made(RRSIGRecord like, byte[] rdata) {
        return (RRSIGRecord) Record.newRecord(like.getName(), Type.RRSIG, like.getDClass(), like.getTTL(), rdata);
    }
}
