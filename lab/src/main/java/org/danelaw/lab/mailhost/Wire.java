package org.danelaw.lab.mailhost;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The octets of a connection, buffered both ways; replies to pipelined commands leave in one piece.
final class Wire {
    private static final int BUFFER = 16 * 1024;
    private static final int LONGEST_LINE = 64 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final byte[] input = new byte[BUFFER];
    private int next;
    private int end;
    private byte[] output = new byte[512];
    private int pending;

    Wire(Socket socket) throws IOException {
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /// A line as it came, without its CRLF, in Latin-1; only CRLF ends it.
    ///
    /// @throws EOFException when the client is gone
    String line() throws IOException {
        var line = new byte[128];
        int length = 0;
        while (true) {
            int octet = read();
            if (octet == '\n' && length > 0 && line[length - 1] == '\r') {
                return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
            }
            if (length == line.length) {
                if (length >= LONGEST_LINE) {
                    throw new IOException("a line longer than " + LONGEST_LINE);
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) octet;
        }
    }

    int read() throws IOException {
        if (next == end) {
            fill();
        }
        return input[next++] & 0xff;
    }

    int peek() throws IOException {
        int octet = read();
        next--;
        return octet;
    }

    private void fill() throws IOException {
        // The client may be waiting for what is still held back here.
        flush();
        next = 0;
        end = Math.max(0, in.read(input));
        if (end == 0) {
            throw new EOFException("the client closed the connection");
        }
    }

    /// Reads exactly `count` octets into `content`.
    void copy(long count, Content content) throws IOException {
        long left = count;
        while (left > 0) {
            if (next == end) {
                fill();
            }
            int piece = (int) Math.min(left, end - next);
            content.add(input, next, piece);
            next += piece;
            left -= piece;
        }
    }

    void say(byte[] octets) {
        if (pending + octets.length > output.length) {
            output = Arrays.copyOf(output, 2 * (pending + octets.length));
        }
        System.arraycopy(octets, 0, output, pending, octets.length);
        pending += octets.length;
    }

    void flush() throws IOException {
        if (pending > 0) {
            out.write(output, 0, pending);
            out.flush();
            pending = 0;
        }
    }

    /// What has been read from the socket and not yet used.
    byte[] leftOver() {
        var rest = Arrays.copyOfRange(input, next, end);
        next = end;
        return rest;
    }

    /// Reads and forgets until the client goes.
    void drain() throws IOException {
        flush();
        next = end;
        while (in.read(input) >= 0) {
            next = end;
        }
    }
}
