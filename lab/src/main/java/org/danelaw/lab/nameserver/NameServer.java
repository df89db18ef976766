package org.danelaw.lab.nameserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.danelaw.lab.world.Transport;

/// A running name server on one address, over UDP and TCP, until it is closed. A virtual thread for each UDP query and
/// each TCP connection.
public final class NameServer implements AutoCloseable {
    /// How often a free port is looked for that is free for both UDP and TCP.
    private static final int MAX_PORTS_TRIED = 50;

    private static final int MAX_UDP_QUERY_OCTETS = 4096;

    private final DatagramSocket udp;
    private final Optional<ServerSocket> tcp;
    private final Exchange exchange;
    /// Threads of the system's, which it gives their share of a busy machine: virtual ones would wait behind whatever
    /// computes in the same process, and who asks would take the server for dead.
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("nameserver-", 0).factory());

    private NameServer(DatagramSocket udp, Optional<ServerSocket> tcp, Answers answers) {
        this.udp = udp;
        this.tcp = tcp;
        this.exchange = new Exchange(answers, new QueryLog());
    }

    /// On a free port of 127.0.0.1.
    public static NameServer start(Answers answers) throws IOException {
        return start("127.0.0.1", 0, answers);
    }

    /// On any loopback address, as 127.0.0.53 or ::1; port 0 takes a free one.
    public static NameServer start(String address, int port, Answers answers) throws IOException {
        return started(new InetSocketAddress(InetAddress.ofLiteral(address), port), true, answers);
    }

    /// A server that refuses TCP connections.
    public static NameServer startWithoutTcp(Answers answers) throws IOException {
        return started(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), false, answers);
    }

    private static NameServer started(InetSocketAddress at, boolean withTcp, Answers answers) throws IOException {
        if (!at.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(at + " is not a loopback address");
        }
        var server = bound(at, withTcp, answers);
        server.threads.execute(server::receive);
        server.tcp.ifPresent(socket -> server.threads.execute(() -> server.accept(socket)));
        return server;
    }

    private static NameServer bound(InetSocketAddress at, boolean withTcp, Answers answers) throws IOException {
        for (var tried = 1; ; tried++) {
            var udp = new DatagramSocket(at);
            try {
                var tcp = withTcp ? Optional.of(listening(udp)) : Optional.<ServerSocket>empty();
                return new NameServer(udp, tcp, answers);
            } catch (IOException e) {
                udp.close();
                if (at.getPort() != 0 || tried == MAX_PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    private static ServerSocket listening(DatagramSocket udp) throws IOException {
        var tcp = new ServerSocket();
        try {
            tcp.setReuseAddress(true);
            tcp.bind(udp.getLocalSocketAddress());
            return tcp;
        } catch (IOException e) {
            tcp.close();
            throw e;
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    public QueryLog queries() {
        return exchange.log();
    }

    private void receive() {
        var packet = new DatagramPacket(new byte[MAX_UDP_QUERY_OCTETS], MAX_UDP_QUERY_OCTETS);
        try {
            while (!udp.isClosed()) {
                udp.receive(packet);
                var octets = Arrays.copyOf(packet.getData(), packet.getLength());
                var from = packet.getSocketAddress();
                threads.execute(() -> serve(octets, from));
            }
        } catch (IOException e) {
            throwUnlessClosed(e);
        }
    }

    private void serve(byte[] octets, SocketAddress from) {
        exchange.query(octets, Transport.UDP).ifPresent(query -> {
            var response = exchange.answer(query);
            if (Exchange.slept(response.after())) {
                exchange.wire(query, response).ifPresent(answer -> send(answer, from));
            }
        });
    }

    private void send(byte[] answer, SocketAddress to) {
        try {
            udp.send(new DatagramPacket(answer, answer.length, to));
        } catch (IOException e) {
            throwUnlessClosed(e);
        }
    }

    private void accept(ServerSocket listening) {
        try {
            while (!listening.isClosed()) {
                var socket = listening.accept();
                threads.execute(() -> new TcpConnection(socket, exchange).serve());
            }
        } catch (IOException e) {
            throwUnlessClosed(e);
        }
    }

    /// The sockets of a server that is closed fail in whatever they do; nothing else may.
    private void throwUnlessClosed(IOException e) {
        if (!udp.isClosed()) {
            throw new UncheckedIOException("the name server at " + address() + " broke", e);
        }
    }

    /// Ends everything; open connections are cut.
    @Override
    public void close() throws IOException {
        udp.close();
        if (tcp.isPresent()) {
            tcp.get().close();
        }
        threads.shutdownNow();
    }
}
