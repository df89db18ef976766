package org.danelaw.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Duration;
import javax.net.ssl.SSLSocket;

/// A TLS connection over a socket that was there before: reads and writes go through TLS, all else to that
/// socket.
///
/// JSSE's own layered sockets either close what they stand on before a peer could read the last alert, or
/// wait for the peer when they are closed; this one does neither.
final class SecuredSocket extends Socket {
    /// A goodbye that the peer does not take in this time is left unsaid.
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final SSLSocket secured;
    private final Socket plain;

    SecuredSocket(SSLSocket secured, Socket plain) {
        this.secured = secured;
        this.plain = plain;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return secured.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return secured.getOutputStream();
    }

    @Override
    public void shutdownOutput() throws IOException {
        secured.shutdownOutput();
    }

    /// Says close_notify (RFC 8446 section 6.1) and does not wait for the peer's.
    @Override
    public void close() throws IOException {
        if (plain.isClosed()) {
            return;
        }
        try (plain;
                var _ = Deadline.of(GOODBYE, plain)) {
            secured.shutdownOutput();
        } catch (IOException gone) {
            // The peer was faster, or does not read: there is nobody to say goodbye to.
            plain.close();
        }
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        plain.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return plain.getSoTimeout();
    }

    @Override
    public InetAddress getInetAddress() {
        return plain.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return plain.getLocalAddress();
    }

    @Override
    public int getPort() {
        return plain.getPort();
    }

    @Override
    public int getLocalPort() {
        return plain.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return plain.getRemoteSocketAddress();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return plain.getLocalSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return plain.isConnected();
    }

    @Override
    public boolean isBound() {
        return plain.isBound();
    }

    @Override
    public boolean isClosed() {
        return plain.isClosed();
    }

    @Override
    public boolean isInputShutdown() {
        return plain.isInputShutdown();
    }

    @Override
    public boolean isOutputShutdown() {
        return plain.isOutputShutdown();
    }

    @Override
    public void setTcpNoDelay(boolean on) throws SocketException {
        plain.setTcpNoDelay(on);
    }

    @Override
    public void setKeepAlive(boolean on) throws SocketException {
        plain.setKeepAlive(on);
    }

    @Override
    public void setSoLinger(boolean on, int seconds) throws SocketException {
        plain.setSoLinger(on, seconds);
    }

    @Override
    public String toString() {
        return "TLS over " + plain;
    }
}
