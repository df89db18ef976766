package org.danelaw.smtp;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A client that sends whatever it is told to, octet by octet as ISO 8859-1, and reads replies.
public final class Telnet implements Closeable {
    private static final int PATIENCE_MILLIS = 60_000;

    private Socket socket;
    private InputStream in;

    public Telnet(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public static Telnet to(InetSocketAddress address) throws IOException {
        return new Telnet(new Socket(address.getAddress(), address.getPort()));
    }

    public void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /// Sends a line and returns the last line of the reply, without its line end.
    public String say(String line) throws IOException {
        send(line + "\r\n");
        return reply();
    }

    /// Sends a line and returns all lines of the reply, as they come.
    String wholeReplyTo(String line) throws IOException {
        send(line + "\r\n");
        return wholeReply();
    }

    /// All lines of the next reply, as they come.
    public String wholeReply() throws IOException {
        StringBuilder reply = new StringBuilder();
        String line;
        do {
            line = ServerTranscriptTest.readLine(in);
            reply.append(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return reply.toString();
    }

    /// The last line of the next reply; empty where the server has closed.
    public String reply() throws IOException {
        String line = ServerTranscriptTest.readLine(in);
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = ServerTranscriptTest.readLine(in);
        }
        return line.strip();
    }

    /// Everything up to the end of the connection.
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /// Whether the server has said more than was read.
    public boolean hasInput() throws IOException {
        return in.available() > 0;
    }

    /// Waits for a line and takes it.
    void awaitLine() throws IOException {
        ServerTranscriptTest.readLine(in);
    }

    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /// Says STARTTLS and shakes hands, whoever the server is; returns the protocol.
    public String startTls() throws IOException, GeneralSecurityException {
        String reply = say("STARTTLS");
        if (!reply.startsWith("220")) {
            throw new IOException(reply);
        }
        return shakeHands();
    }

    public String shakeHands() throws IOException, GeneralSecurityException {
        SSLSocket secured = (SSLSocket) credulous().getSocketFactory().createSocket(socket, "server", 25, true);
        secured.startHandshake();
        socket = secured;
        in = new BufferedInputStream(secured.getInputStream());
        return secured.getSession().getProtocol();
    }

    static SSLContext credulous() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, null);
        return context;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("a client has no clients");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // These tests ask whether there is TLS, not with whom.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
