package org.danelaw.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real [SmtpServer] for each connection to a real socket.
final class ServerUnderTest implements Closeable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<SmtpServer> servers = new CopyOnWriteArrayList<>();
    private final List<Thread> sessions = new CopyOnWriteArrayList<>();
    private final Reception reception;
    private final ServerTimeouts timeouts;

    ServerUnderTest(Reception reception) throws IOException {
        this(reception, ServerTimeouts.DEFAULT);
    }

    ServerUnderTest(Reception reception, ServerTimeouts timeouts) throws IOException {
        this.reception = reception;
        this.timeouts = timeouts;
    }

    /// Connects; when this returns, the session has begun.
    Socket connect() throws IOException {
        Socket client = new Socket(listening.getInetAddress(), listening.getLocalPort());
        SmtpServer server = new SmtpServer(listening.accept(), reception, timeouts);
        servers.add(server);
        sessions.add(Thread.ofVirtual().start(server));
        return client;
    }

    SmtpServer server() {
        return servers.getLast();
    }

    /// Waits until every session is over.
    void join() throws InterruptedException {
        for (Thread session : sessions) {
            session.join();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        servers.forEach(SmtpServer::abort);
    }
}
