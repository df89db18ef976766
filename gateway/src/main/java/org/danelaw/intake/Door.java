package org.danelaw.intake;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.danelaw.dns.FailureText;

/// A bound address: a thread that accepts, and gives each client to the listener that stands there at that moment.
/// Another listener may take its place; who is connected stays with the one that he met.
final class Door implements Closeable {
    private final InetSocketAddress wanted;
    private volatile ServerSocket socket;
    private volatile Listener listener;
    private volatile Optional<Thread> acceptor = Optional.empty();

    private Door(InetSocketAddress wanted, ServerSocket socket, Listener listener) {
        this.wanted = wanted;
        this.socket = socket;
        this.listener = listener;
    }

    /// Binds the listener's address; nobody is answered before [#start].
    ///
    /// @throws BindException that names the listener and its address, where that is not to be had
    static Door bind(Listener listener) throws BindException {
        var settings = listener.settings();
        try {
            return new Door(settings.address(), bound(settings.address()), listener);
        } catch (IOException notToBeHad) {
            var named = new BindException("listener " + settings.name() + " cannot listen on " + settings.address()
                    + ": " + FailureText.of(notToBeHad));
            named.initCause(notToBeHad);
            throw named;
        }
    }

    private static ServerSocket bound(InetSocketAddress address) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address, IntakeLimits.BACKLOG);
            return socket;
        } catch (IOException inUse) {
            socket.close();
            throw inUse;
        }
    }

    /// Binds again what was closed, and accepts.
    void reopen() throws IOException {
        socket = bound(wanted);
        start();
    }

    /// Begins to accept clients.
    void start() {
        var accepting = socket;
        var name = "listener-" + listener.settings().name();
        acceptor = Optional.of(Thread.ofVirtual().name(name).start(() -> acceptAll(accepting)));
    }

    private void acceptAll(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket client = accepting.accept();
                Listener host = listener;
                Thread.ofVirtual().name("smtp-in").start(() -> host.serve(client));
            } catch (IOException failed) {
                pauseUnlessClosed(accepting);
            }
        }
    }

    /// Without a pause, a listener that is out of file descriptors would spin until one is free.
    private static void pauseUnlessClosed(ServerSocket accepting) {
        if (!accepting.isClosed()) {
            LockSupport.parkNanos(IntakeLimits.ACCEPT_PAUSE.toNanos());
        }
    }

    Listener listener() {
        return listener;
    }

    /// From the next client on, `next` stands here.
    void hand(Listener next) {
        listener = next;
    }

    /// Whether a listener with these settings may stand here. Port 0 means any port: the listener of the same name
    /// keeps the one that it got.
    boolean suits(ListenerSettings settings) {
        return wanted.equals(settings.address())
                && (wanted.getPort() != 0 || listener.settings().name().equals(settings.name()));
    }

    /// Whether this address stands in the way of the other: one port, and one of the two is for all of the machine's
    /// addresses.
    boolean isInTheWayOf(InetSocketAddress other) {
        return wanted.getPort() != 0
                && wanted.getPort() == other.getPort()
                && (wanted.getAddress().isAnyLocalAddress()
                        || other.getAddress().isAnyLocalAddress());
    }

    /// The address that is really listened on.
    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /// Accepts nobody more, and gives the address up; who is connected is not touched.
    @Override
    public void close() {
        try {
            socket.close();
            // The system has the address back only when nobody is in accept() any more.
            for (Thread accepting : acceptor.stream().toList()) {
                accepting.join();
            }
        } catch (IOException closedAnyway) {
            // A socket that only listens loses nothing by an error at its end.
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
