package org.danelaw.resolver;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Optional;

/// A UDP socket on a random port that hears one server only: the system drops what comes from other
/// addresses, and tells when nobody listens there.
///
/// The system picks the port (bind to port 0), at random from its own range: it knows the ports that are
/// spoken for.
final class UdpPort implements AutoCloseable {
    // We ask for at most 1,232 octets; what fills this buffer is cut off, and asked again over TCP.
    private static final int BUFFER = 4096;
    // Few enough that a port which somebody found out is soon worth nothing, enough to halve the cost of a
    // query.
    private static final int MOST_QUERIES = 24;
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(5);

    private final DatagramChannel channel;
    private final DatagramSocket socket;
    private final DatagramPacket packet = new DatagramPacket(new byte[BUFFER], BUFFER);
    private final Deadline life = Deadline.in(LONGEST_LIFE);
    private int queries;

    private UdpPort(DatagramChannel channel) {
        this.channel = channel;
        this.socket = channel.socket();
    }

    static UdpPort to(InetSocketAddress server) throws IOException {
        var family = server.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.connect(server);
            return new UdpPort(channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    void send(byte[] query) throws IOException {
        queries++;
        channel.write(ByteBuffer.wrap(query));
    }

    /// How many octets came before the deadline, into `received()`; nothing if none did.
    Optional<Integer> receive(Deadline deadline) throws IOException {
        socket.setSoTimeout(deadline.millisLeft());
        packet.setLength(BUFFER);
        try {
            socket.receive(packet);
            return Optional.of(packet.getLength());
        } catch (SocketTimeoutException nothing) {
            return Optional.empty();
        }
    }

    /// The buffer of what came last; the next datagram overwrites it.
    byte[] received() {
        return packet.getData();
    }

    static boolean isCut(int length) {
        return length == BUFFER;
    }

    /// Whether this port may carry one more query.
    boolean isFresh() {
        return queries < MOST_QUERIES && !life.isOver();
    }

    @Override
    public void close() {
        // Closes the channel too; there is nothing in it that could get lost.
        socket.close();
    }
}
