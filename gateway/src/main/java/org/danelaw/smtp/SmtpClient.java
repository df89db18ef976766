package org.danelaw.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/// One SMTP connection, seen from the client: plain blocking calls, each bounded by its time-out of RFC 5321 section
/// 4.5.3.2. An [IOException] means that the connection is of no more use; its message says what happened, in words.
@SuppressWarnings("DoNotCallSuggester")
public final class SmtpClient implements Closeable {
    private Socket socket;

    private SmtpClient(Socket socket) {
        this.socket = socket;
    }

    public static SmtpClient over(Socket connected, SmtpTimeouts timeouts) throws IOException {
        timeouts.greeting();
        return new SmtpClient(connected);
    }

    /// Waits for the server's greeting.
    public Reply greeting() throws IOException {
        throw new IOException("unbuilt");
    }

    /// Says EHLO and returns the reply; after a positive one, [#capabilities] tells what is offered.
    public Reply hello(String hostname) throws IOException {
        throw new IOException("unbuilt " + hostname);
    }

    public Capabilities capabilities() {
        throw new IllegalStateException("unbuilt");
    }

    /// Says STARTTLS and returns the reply; octets that follow a 220 in plain text break the connection
    /// (CVE-2011-0411).
    public Reply startTls() throws IOException {
        throw new IOException("unbuilt");
    }

    /// The socket that a handshake is to be made over.
    public Socket socket() {
        return socket;
    }

    /// Goes on over the TLS connection made of [#socket]; all that was known of the server is forgotten (RFC 3207
    /// section 4.2).
    public void continueOver(Socket secured) {
        socket = secured;
    }

    /// Whether the server can still be told anything: false once it has said 421.
    public boolean isUsable() {
        return !socket.isClosed();
    }

    /// Sends one message, pipelined where the server allows; the connection is then ready for the next, if it
    /// [#isUsable]. Not to be asked of a server with a [Capabilities#shortfall] for it.
    public Transmission send(Envelope envelope, Content content) throws IOException {
        throw new IOException("unbuilt " + envelope + content);
    }

    /// Says QUIT, waits briefly for the reply, and closes; never fails.
    public void quit() {
        try {
            close();
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
