package org.danelaw.smtp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A connection to a peer that has said all it ever will, in pieces: each arrives when somebody waits for it, and
/// behind
/// the last it closes. What it is told is only counted.
final class MemorySocket extends Socket {
    private final Deque<byte[]> pieces;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private InputStream arrived = InputStream.nullInputStream();
    private boolean closed;

    MemorySocket(List<byte[]> pieces) {
        this.pieces = new ArrayDeque<>(pieces);
    }

    /// All that the peer was told.
    byte[] told() {
        return told.toByteArray();
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                while (arrived.available() == 0) {
                    if (closed || pieces.isEmpty()) {
                        return -1;
                    }
                    arrived = new ByteArrayInputStream(pieces.removeFirst());
                }
                return arrived.read(into, from, length);
            }

            @Override
            public int available() throws IOException {
                return arrived.available();
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return told;
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        // Nobody ever waits.
    }

    @Override
    public void shutdownOutput() {
        // What is told afterwards is told nobody.
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
