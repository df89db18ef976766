package org.danelaw.smtp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// The octets of one connection, both ways, each wait bounded by a deadline. Owned by the thread that carries the
/// dialogue.
final class Wire implements Closeable {
    private static final int BUFFER = 8 * 1024;
    /// What a read's own time-out is given to act before the guard cuts: the time-out leaves the connection usable for
    /// a last word, the guard does not.
    private static final Duration GUARD_SLACK = Duration.ofSeconds(1);

    private final Socket transport;
    private final StallGuard guard;
    private final byte[] buffer = new byte[BUFFER];
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int position;
    private int end;

    Wire(Socket connected) throws IOException {
        transport = connected;
        socket = connected;
        in = connected.getInputStream();
        out = connected.getOutputStream();
        guard = new StallGuard(connected);
    }

    Socket socket() {
        return socket;
    }

    /// Goes on over a socket layered upon this one; what was read and not yet used is forgotten.
    void continueOver(Socket layered) throws IOException {
        socket = layered;
        in = layered.getInputStream();
        out = layered.getOutputStream();
        position = 0;
        end = 0;
    }

    /// The next octet.
    ///
    /// @throws EOFException where the peer has closed its side
    /// @throws SocketTimeoutException where the deadline comes first
    int read(Deadline deadline) throws IOException {
        if (position == end) {
            fill(deadline);
        }
        return buffer[position++] & 0xff;
    }

    /// Whether the peer has sent more than was read.
    boolean hasInput() throws IOException {
        return hasBuffered() || in.available() > 0;
    }

    /// Whether octets that came along with those already read are waiting.
    boolean hasBuffered() {
        return position < end;
    }

    void write(byte[] octets, int length, Duration limit) throws IOException {
        guard.arm(Deadline.in(limit));
        try {
            out.write(octets, 0, length);
            out.flush();
        } catch (IOException broken) {
            throw guard.hasCut() ? new SocketTimeoutException("the peer took no octet for " + words(limit)) : broken;
        } finally {
            guard.disarm();
        }
    }

    /// Closes with a TLS close_notify, if there is TLS, and within a few seconds whatever the peer does.
    void closeInOrder() {
        guard.arm(Deadline.in(SmtpLimits.GOODBYE));
        try (Socket closing = socket) {
            closing.shutdownOutput();
        } catch (IOException gone) {
            // Closing is the last thing that happens here; a peer that has gone first changes nothing.
            guard.disarm();
        } finally {
            close();
        }
    }

    /// Closes at once and without a word.
    @Override
    public void close() {
        guard.close();
        try {
            transport.close();
        } catch (IOException gone) {
            // As above: the connection is over either way.
            guard.disarm();
        }
    }

    static String words(Duration limit) {
        return limit.toMillis() < 1_000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
    }

    private void fill(Deadline deadline) throws IOException {
        long millis = deadline.remainingNanos() / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("the time is up");
        }
        socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
        guard.arm(deadline.plus(GUARD_SLACK));
        try {
            int count = in.read(buffer, 0, buffer.length);
            if (count < 0) {
                throw new EOFException("the peer closed the connection");
            }
            position = 0;
            end = count;
        } catch (IOException broken) {
            throw guard.hasCut() ? new SocketTimeoutException("the time is up") : broken;
        } finally {
            guard.disarm();
        }
    }
}
