package org.danelaw.resolver;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// A TCP connection to one server (RFC 7766), which carries one query at a time.
final class TcpLink implements AutoCloseable {
    // RFC 7766 section 6.2.3: a client closes what it does not use; servers close what is idle too, mostly
    // later.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(5);
    private static final int LENGTH_PREFIX = 2;

    private final Socket socket;
    private Deadline idleUntil = Deadline.in(LONGEST_IDLE);

    private TcpLink(Socket socket) {
        this.socket = socket;
    }

    static TcpLink to(InetSocketAddress server, Deadline deadline) throws IOException {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(server, deadline.millisLeft());
            return new TcpLink(socket);
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    /// One message there, one back: at most 65,535 octets by its length prefix, and complete before the
    /// deadline.
    byte[] exchange(byte[] query, Deadline deadline) throws IOException {
        var framed = ByteBuffer.allocate(LENGTH_PREFIX + query.length);
        framed.putShort((short) query.length).put(query);
        socket.getOutputStream().write(framed.array());
        byte[] prefix = read(LENGTH_PREFIX, deadline);
        byte[] message = read((prefix[0] & 0xff) << 8 | (prefix[1] & 0xff), deadline);
        idleUntil = Deadline.in(LONGEST_IDLE);
        return message;
    }

    private byte[] read(int length, Deadline deadline) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] octets = new byte[length];
        int had = 0;
        while (had < length) {
            // A server that sends octet by octet must not get the whole time-out for each of them.
            if (deadline.isOver()) {
                throw new SocketTimeoutException("the reply was not complete in time");
            }
            socket.setSoTimeout(deadline.millisLeft());
            int more = in.read(octets, had, length - had);
            if (more < 0) {
                throw new EOFException("the connection was closed before the reply was complete");
            }
            had += more;
        }
        return octets;
    }

    boolean isFresh() {
        return !idleUntil.isOver();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
