package org.danelaw.lab.mailhost;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// The client's side of a dialogue, line by line, and a handshake that trusts anybody.
final class Dialogue implements Closeable {
    private static final int DEADLINE_MILLIS = 60_000;

    private Socket socket;
    private final List<X509Certificate> shown = new ArrayList<>();

    Dialogue(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(DEADLINE_MILLIS);
    }

    /// Sends `lines`, CRLF behind each, in one piece.
    Dialogue send(String... lines) throws IOException {
        return raw(String.join("\r\n", lines) + "\r\n");
    }

    Dialogue raw(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /// Reads one whole reply; empty when the server is gone.
    String reply() throws IOException {
        var reply = new StringBuilder();
        String line;
        do {
            line = line();
            reply.append(reply.isEmpty() ? "" : "|").append(line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return reply.toString();
    }

    private String line() throws IOException {
        InputStream in = socket.getInputStream();
        var line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    String read(int octets) throws IOException {
        return new String(socket.getInputStream().readNBytes(octets), StandardCharsets.ISO_8859_1);
    }

    String ask(String... lines) throws IOException {
        return send(lines).reply();
    }

    /// Says EHLO and STARTTLS, and shakes hands for `serverName` with these suites, or the usual ones.
    SSLSocket secure(String serverName, String... suites) throws IOException {
        reply();
        ask("EHLO client.example.com");
        ask("STARTTLS");
        return shake(serverName, suites);
    }

    SSLSocket shake(String serverName, String... suites) throws IOException {
        var secured = (SSLSocket) context().getSocketFactory().createSocket(socket, "localhost", 25, true);
        var parameters = secured.getSSLParameters();
        parameters.setServerNames(List.of(new SNIServerName(0, serverName.getBytes(StandardCharsets.ISO_8859_1)) {}));
        if (suites.length > 0) {
            parameters.setCipherSuites(suites);
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        socket = secured;
        return secured;
    }

    /// The certificates of the handshake.
    List<X509Certificate> shown() {
        return shown;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS", "SunJSSE");
            context.init(null, new TrustManager[] {new TrustAnybody(shown)}, null);
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static final class TrustAnybody extends X509ExtendedTrustManager {
        private final List<X509Certificate> shown;

        TrustAnybody(List<X509Certificate> shown) {
            this.shown = shown;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket on) {
            shown.addAll(List.of(chain));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine on) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket on) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine on) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
