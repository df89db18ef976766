package org.danelaw.lab.mailhost;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/// What follows a 220 to STARTTLS: a handshake, or what a test wants in its place.
final class ServerHandshake {
    private final Socket plain;
    private final TlsContexts contexts;
    private final Visit visit;

    ServerHandshake(Socket plain, TlsContexts contexts, Visit visit) {
        this.plain = plain;
        this.contexts = contexts;
        this.visit = visit;
    }

    /// Shakes hands with the certificate for the name that the client asks for.
    SSLSocket shake(StartTls.Shakes manner, Wire wire) throws IOException {
        var hello = ClientHello.read(wire);
        var name = hello.serverName();
        name.ifPresent(visit::askedFor);
        var early = new ByteArrayOutputStream();
        early.write(hello.octets());
        early.write(wire.leftOver());
        var socket = (SSLSocket) contexts.forName(name)
                .getSocketFactory()
                .createSocket(plain, new ByteArrayInputStream(early.toByteArray()), true);
        socket.setEnabledProtocols(manner.protocols().toArray(String[]::new));
        if (!manner.suites().isEmpty()) {
            socket.setEnabledCipherSuites(manner.suites().toArray(String[]::new));
        }
        socket.startHandshake();
        visit.secured(socket.getSession().getProtocol(), socket.getSession().getCipherSuite());
        return socket;
    }

    void garbage() throws IOException {
        plain.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        plain.shutdownOutput();
        drain();
    }

    /// A fatal alert in a record of its own (RFC 8446 sections 5.1 and 6).
    void alert(int description) throws IOException {
        plain.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, (byte) description});
        plain.shutdownOutput();
        drain();
    }

    /// Waits for the client to go, so that no reset overtakes what was sent.
    private void drain() throws IOException {
        plain.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    }
}
