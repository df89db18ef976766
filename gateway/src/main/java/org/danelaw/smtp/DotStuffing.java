package org.danelaw.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Writes a message's content as the data of a transaction (RFC 5321 section 4.5.2): a dot at the start of a line is
/// doubled, and a line with a single dot ends it. What would let the next server see another end of the message than
/// ours, a bare CR or LF, is never sent.
final class DotStuffing {
    private static final int PIECE = 8 * 1024;
    private static final int BLOCK = 16 * 1024;
    private static final int END = 5;

    private final Wire wire;
    private final Duration blockLimit;
    /// Room for what is not yet worth a write, one more piece with all its octets doubled, and the end.
    private final byte[] block = new byte[BLOCK + 2 * PIECE + END];

    private int length;
    private int last = '\n';

    DotStuffing(Wire wire, Duration blockLimit) {
        this.wire = wire;
        this.blockLimit = blockLimit;
    }

    /// Writes all but the final dot; the last block may still be in memory. Returns the octets taken.
    long writeLines(InputStream content) throws IOException {
        byte[] piece = new byte[PIECE];
        long total = 0;
        for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
            for (int i = 0; i < count; ) {
                stuff(piece[i++] & 0xff);
                i += run(piece, i, count);
            }
            total += count;
            if (length >= BLOCK) {
                flush();
            }
        }
        return total;
    }

    /// Ends the data.
    void writeEnd() throws IOException {
        if (last == '\r') {
            throw bare("CR");
        }
        // RFC 5321 section 4.1.1.4: an incomplete last line is completed.
        if (last != '\n') {
            append('\r');
            append('\n');
        }
        append('.');
        append('\r');
        append('\n');
        flush();
    }

    /// Copies what follows of the line, up to its end, all at once: octets of which none is of interest as the last one
    /// either. Returns how many.
    private int run(byte[] piece, int from, int to) {
        if (last == '\r' || last == '\n') {
            return 0;
        }
        int end = from;
        while (end < to && piece[end] != '\r' && piece[end] != '\n') {
            end++;
        }
        System.arraycopy(piece, from, block, length, end - from);
        length += end - from;
        return end - from;
    }

    private void stuff(int octet) {
        if (octet == '\n' && last != '\r') {
            throw bare("LF");
        }
        if (last == '\r' && octet != '\n') {
            throw bare("CR");
        }
        if (octet == '.' && last == '\n') {
            append('.');
        }
        append(octet);
        last = octet;
    }

    private void append(int octet) {
        block[length++] = (byte) octet;
    }

    private void flush() throws IOException {
        wire.write(block, length, blockLimit);
        length = 0;
    }

    private static IllegalArgumentException bare(String what) {
        return new IllegalArgumentException("the content has a bare " + what + ": intake must not have let it in");
    }
}
