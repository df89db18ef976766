package org.danelaw.lab.mailhost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A message as it comes in: counted and hashed, and kept only where asked.
final class Content {
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final boolean keep;
    private long size;

    Content(boolean keep) {
        this.keep = keep;
    }

    void add(byte[] octets, int from, int count) {
        digest.update(octets, from, count);
        size += count;
        if (keep) {
            kept.write(octets, from, count);
        }
    }

    long size() {
        return size;
    }

    String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    String text() {
        return kept.toString(StandardCharsets.ISO_8859_1);
    }

    /// Reads the first line of a message; true if it was the final dot already.
    boolean readLine(Wire wire) throws IOException {
        return read(wire, true);
    }

    /// Reads on up to the final dot, from the beginning of a line.
    void readRest(Wire wire) throws IOException {
        read(wire, false);
    }

    /// Reads lines and takes the stuffed dots out (RFC 5321 section 4.5.2); true at the final dot.
    private boolean read(Wire wire, boolean onlyOne) throws IOException {
        var unstuffed = new byte[4096];
        int held = 0;
        boolean lineStart = true;
        int before = 0;
        while (true) {
            int octet = wire.read();
            if (lineStart && octet == '.') {
                octet = wire.read();
                if (octet == '\r' && wire.peek() == '\n') {
                    wire.read();
                    add(unstuffed, 0, held);
                    return true;
                }
            }
            if (held == unstuffed.length) {
                add(unstuffed, 0, held);
                held = 0;
            }
            unstuffed[held++] = (byte) octet;
            lineStart = before == '\r' && octet == '\n';
            before = octet;
            if (lineStart && onlyOne) {
                add(unstuffed, 0, held);
                return false;
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
