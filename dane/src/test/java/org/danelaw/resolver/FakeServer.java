package org.danelaw.resolver;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A name server on loopback, UDP and TCP on one port, that does with each query whatever a test says.
final class FakeServer implements AutoCloseable {
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final InetSocketAddress address;
    private final Thread datagramThread;
    private final AtomicInteger connections = new AtomicInteger();
    private final Queue<Message> datagrams = new ConcurrentLinkedQueue<>();
    private final Queue<InetSocketAddress> clients = new ConcurrentLinkedQueue<>();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    /// What the server does with a datagram.
    @FunctionalInterface
    interface OnDatagram {
        void handle(byte[] query, Sender back) throws IOException;
    }

    /// What the server does with a connection.
    @FunctionalInterface
    interface OnConnection {
        void handle(Socket connection) throws IOException;
    }

    @FunctionalInterface
    interface Sender {
        void send(byte[] datagram) throws IOException;
    }

    private FakeServer(OnDatagram onDatagram, OnConnection onConnection) {
        try {
            tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        address = new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
        datagramThread = Thread.ofVirtual().name("fake udp").start(() -> serveUdp(onDatagram));
        Thread.ofVirtual().name("fake tcp").start(() -> serveTcp(onConnection));
    }

    static FakeServer with(OnDatagram onDatagram, OnConnection onConnection) {
        return new FakeServer(onDatagram, onConnection);
    }

    /// UDP as said; TCP answers well.
    static FakeServer onUdp(OnDatagram onDatagram) {
        return with(onDatagram, answering());
    }

    /// Truncates everything over UDP; TCP as said.
    static FakeServer onTcp(OnConnection onConnection) {
        return with((query, back) -> back.send(truncated(query)), onConnection);
    }

    /// Answers well, everything with one address.
    static FakeServer good() {
        return onUdp((query, back) -> back.send(answer(query)));
    }

    /// Answers with an RCODE.
    static FakeServer saying(int rcode) {
        return onUdp((query, back) ->
                back.send(reply(query, message -> message.getHeader().setRcode(rcode))));
    }

    static FakeServer silent() {
        return onUdp((_, _) -> {});
    }

    /// Serves one query after the other on a connection, each with a good answer.
    static OnConnection answering() {
        return answering(FakeServer::answer);
    }

    static OnConnection answering(Transform answer) {
        return connection -> {
            while (true) {
                sendFramed(connection, answer.of(readFramed(connection)));
            }
        };
    }

    @FunctionalInterface
    interface Transform {
        byte[] of(byte[] query);
    }

    static byte[] readFramed(Socket connection) throws IOException {
        var in = new DataInputStream(connection.getInputStream());
        return in.readNBytes(in.readUnsignedShort());
    }

    static void sendFramed(Socket connection, byte[] message) throws IOException {
        var out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(message.length);
        out.write(message);
        out.flush();
    }

    static byte[] answer(byte[] query) {
        return reply(query, message -> {
            Record question = message.getQuestion();
            message.addRecord(
                    new ARecord(question.getName(), DClass.IN, 300, InetAddress.getLoopbackAddress()), Section.ANSWER);
        });
    }

    static byte[] truncated(byte[] query) {
        return reply(query, message -> message.getHeader().setFlag(Flags.TC));
    }

    /// A DNSKEY record, with a signature that nobody will check.
    static void addSignedKeys(Message message) {
        Name zone = message.getQuestion().getName();
        var key = new DNSKEYRecord(zone, DClass.IN, 300, 257, 3, DNSSEC.Algorithm.ECDSAP256SHA256, new byte[64]);
        message.addRecord(key, Section.ANSWER);
        message.addRecord(
                new RRSIGRecord(
                        zone,
                        DClass.IN,
                        300,
                        Type.DNSKEY,
                        DNSSEC.Algorithm.ECDSAP256SHA256,
                        300,
                        java.time.Instant.now().plusSeconds(1000),
                        java.time.Instant.now().minusSeconds(1000),
                        key.getFootprint(),
                        zone,
                        new byte[64]),
                Section.ANSWER);
    }

    static byte[] reply(byte[] query, Consumer<Message> change) {
        Message asked = parse(query);
        var reply = new Message(asked.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RA);
        reply.addRecord(asked.getQuestion(), Section.QUESTION);
        if (asked.getOPT() != null) {
            reply.addRecord(new OPTRecord(1232, 0, 0, 0x8000), Section.ADDITIONAL);
        }
        change.accept(reply);
        return reply.toWire();
    }

    static Message parse(byte[] octets) {
        try {
            return new Message(octets);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void serveUdp(OnDatagram onDatagram) {
        try {
            while (true) {
                var packet = new DatagramPacket(new byte[4096], 4096);
                udp.receive(packet);
                byte[] query = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                datagrams.add(parse(query));
                clients.add((InetSocketAddress) packet.getSocketAddress());
                onDatagram.handle(
                        query,
                        octets -> udp.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress())));
            }
        } catch (SocketException closed) {
            // The test is over.
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void serveTcp(OnConnection onConnection) {
        try {
            while (true) {
                Socket connection = tcp.accept();
                open.add(connection);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> {
                    try (connection) {
                        onConnection.handle(connection);
                    } catch (IOException gone) {
                        // The client closed first.
                    }
                });
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    DnsServer server() {
        return server(0);
    }

    DnsServer server(int priority) {
        return new DnsServer(address, priority);
    }

    /// The queries that came over UDP.
    List<Message> datagrams() {
        return List.copyOf(datagrams);
    }

    /// Where they came from.
    List<InetSocketAddress> clients() {
        return List.copyOf(clients);
    }

    int connections() {
        return connections.get();
    }

    /// Closes both ports for good, as soon as this returns.
    void stop() {
        udp.close();
        try {
            tcp.close();
            for (Socket connection : open) {
                connection.close();
            }
            // The system gives the port back only when the thread has left it.
            datagramThread.join();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
