package org.danelaw.smtp;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/// The octets of one connection, both ways, each wait bounded by a deadline. Owned by the thread that carries the
/// dialogue.
final class Wire implements Closeable {
    private static final int BUFFER = 8 * 1024;
    /// What a read's own time-out is given to act before the guard cuts: the time-out leaves the connection usable for
    /// a last word, the guard does not.
    private static final Duration GUARD_SLACK = Duration.ofSeconds(1);

    /// Octets kept back at most, to go out together.
    private static final int KEPT_BACK = 8 * 1024;
    /// Octets of a peer that is no longer listened to that are read, so that it can take our last word.
    private static final int DRAINED = 1024 * 1024;

    private final Socket transport;
    private final Duration writeLimit;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final StallGuard guard;
    private final byte[] buffer = new byte[BUFFER];
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int position;
    private int end;

    /// @param writeLimit how long the peer is given to take what [#queue] holds
    Wire(Socket connected, Duration writeLimit) throws IOException {
        this.writeLimit = writeLimit;
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

    /// Takes the client's TLS handshake and goes on over the connection that comes of it.
    SSLSession acceptTls(SSLContext context, Duration limit) throws IOException {
        guard.arm(Deadline.in(limit));
        try {
            transport.setSoTimeout(0);
            InputStream nothingReadYet = InputStream.nullInputStream();
            SSLSocket layered = (SSLSocket) context.getSocketFactory().createSocket(transport, nothingReadYet, true);
            layered.startHandshake();
            continueOver(layered);
            return layered.getSession();
        } catch (IOException broken) {
            throw guard.hasCut() ? new SocketTimeoutException("it took longer than " + words(limit)) : broken;
        } finally {
            guard.disarm();
        }
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

    /// Looks at octets that have come, and says how many of them it takes.
    @FunctionalInterface
    interface Taker {
        int take(byte[] octets, int from, int to);
    }

    /// Hands on what has come and was not read: what `taker` takes of it is read by that.
    void pass(Taker taker) {
        position += taker.take(buffer, position, end);
    }

    /// Whether the peer has sent more than was read.
    boolean hasInput() throws IOException {
        return hasBuffered() || in.available() > 0;
    }

    /// Whether octets that came along with those already read are waiting.
    boolean hasBuffered() {
        return position < end;
    }

    /// Sends these octets with others, at the latest when the peer is next waited for (RFC 2920 section 3.2).
    synchronized void queue(byte[] octets) throws IOException {
        pending.writeBytes(octets);
        if (pending.size() > KEPT_BACK) {
            flush();
        }
    }

    synchronized void flush() throws IOException {
        if (pending.size() > 0) {
            byte[] octets = pending.toByteArray();
            pending.reset();
            write(octets, octets.length, writeLimit);
        }
    }

    /// Sends these octets now.
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

    /// Says that nothing more will be sent, in TLS too where there is TLS, and closes.
    void closeInOrder() {
        endOutput();
        close();
    }

    /// Closes in order a connection over which the peer may still be sending: octets that nobody reads would make TCP
    /// reset the connection, and the peer would lose what it was told last.
    void drainAndClose() {
        endOutput();
        Deadline deadline = Deadline.in(SmtpLimits.GOODBYE);
        guard.arm(deadline);
        inPassing(() -> drain(deadline));
        close();
    }

    /// Says that nothing more will be sent, while another thread waits for the peer: it is woken when the peer closes,
    /// or in a few seconds.
    void hangUp() {
        endOutput();
        guard.arm(Deadline.in(SmtpLimits.GOODBYE));
    }

    private void endOutput() {
        guard.arm(Deadline.in(SmtpLimits.GOODBYE));
        inPassing(() -> socket.shutdownOutput());
        inPassing(transport::shutdownOutput);
        guard.disarm();
    }

    private void drain(Deadline deadline) throws IOException {
        InputStream rest = transport.getInputStream();
        int count = 0;
        for (long total = 0; count >= 0 && total < DRAINED && !deadline.isPast(); total += count) {
            transport.setSoTimeout((int) Math.max(1, deadline.remainingNanos() / 1_000_000));
            count = rest.read(buffer, 0, buffer.length);
        }
    }

    /// Closes at once and without a word.
    @Override
    public void close() {
        guard.close();
        inPassing(transport::close);
    }

    /// A step of closing. It fails where the peer has gone first: then there is nobody left to tell, and nothing that
    /// depended on it.
    private static void inPassing(ClosingStep step) {
        try {
            step.take();
        } catch (IOException gone) {
            // See above.
        }
    }

    private interface ClosingStep {
        void take() throws IOException;
    }

    static String words(Duration limit) {
        return limit.toMillis() < 1_000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
    }

    private void fill(Deadline deadline) throws IOException {
        flush();
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
