package org.danelaw.lab.mailhost;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// A running SMTP server on loopback; closing it closes its connections.
///
/// Owns the list of visits and of open sockets; one virtual thread serves each connection.
public final class MailHost implements AutoCloseable {
    private static final int BACKLOG = 1024;
    /// Older visits are forgotten.
    private static final int MOST_VISITS = 10_000;

    private final MailHostSettings settings;
    private final ServerSocket server;
    private final TlsContexts tls;
    private final Deque<Visit> visits = new ArrayDeque<>();
    private final Set<Socket> open = new HashSet<>();
    private final LongAdder connections = new LongAdder();
    private final LongAdder mails = new LongAdder();

    MailHost(MailHostSettings settings, ServerSocket server) {
        this.settings = settings;
        this.server = server;
        this.tls = new TlsContexts(settings);
    }

    /// A host of this name, which its greeting bears, with nothing else said: it takes all mail, offers no certificate
    /// and so no STARTTLS.
    public static MailHostSettings named(String name) {
        return MailHostSettings.named(name);
    }

    static MailHost start(MailHostSettings settings) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(settings.address(), settings.port()), BACKLOG);
        var host = new MailHost(settings, server);
        Thread.ofVirtual().name(settings.name()).start(host::accept);
        return host;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    public InetAddress ip() {
        return server.getInetAddress();
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The latest connections, the oldest first.
    public List<Visit> visits() {
        synchronized (visits) {
            return List.copyOf(visits);
        }
    }

    /// All messages of all visits that came whole.
    public List<Mail> mails() {
        var all = new ArrayList<Mail>();
        visits().forEach(visit -> all.addAll(visit.mails()));
        return all;
    }

    public long connectionCount() {
        return connections.sum();
    }

    /// Messages that came whole and were accepted, also where visits are not kept.
    public long mailCount() {
        return mails.sum();
    }

    /// How many connections are open now.
    public int openCount() {
        synchronized (open) {
            return open.size();
        }
    }

    @Override
    public void close() {
        closeQuietly(server);
        synchronized (open) {
            open.forEach(MailHost::closeQuietly);
        }
    }

    private static void closeQuietly(java.io.Closeable resource) {
        try {
            resource.close();
        } catch (IOException gone) {
            // Closing is all that was wanted of it.
            assert gone != null;
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                serve(server.accept());
            } catch (IOException closed) {
                if (!server.isClosed()) {
                    throw new IllegalStateException(settings.name() + " cannot accept", closed);
                }
            }
        }
    }

    private void serve(Socket socket) {
        var visit = new Visit();
        connections.increment();
        synchronized (open) {
            open.add(socket);
        }
        if (settings.keep() != Keep.COUNTS) {
            remember(visit);
        }
        Thread.ofVirtual()
                .name(settings.name() + " " + socket.getRemoteSocketAddress())
                .start(() -> run(socket, visit));
    }

    private void remember(Visit visit) {
        synchronized (visits) {
            if (visits.size() == MOST_VISITS) {
                visits.removeFirst();
            }
            visits.addLast(visit);
        }
    }

    private void run(Socket socket, Visit visit) {
        Consumer<Mail> count = mail -> {
            if (mail.accepted()) {
                mails.increment();
            }
        };
        try (socket) {
            socket.setTcpNoDelay(true);
            new Session(settings, tls, visit, count.andThen(settings.listener()), socket).run();
        } catch (IOException broken) {
            visit.broke(String.valueOf(broken.getMessage()));
        } finally {
            synchronized (open) {
                open.remove(socket);
            }
            visit.ended();
        }
    }
}
