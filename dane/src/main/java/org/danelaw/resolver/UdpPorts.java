package org.danelaw.resolver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingDeque;

/// The UDP ports towards one server: each carries one query at a time, a few in its life, and none after a
/// datagram came that was no reply (somebody may know the port).
///
/// Shared by all threads that ask this server.
final class UdpPorts implements AutoCloseable {
    private static final int MOST_IDLE = 64;

    private final InetSocketAddress server;
    private final LinkedBlockingDeque<UdpPort> idle = new LinkedBlockingDeque<>(MOST_IDLE);

    UdpPorts(InetSocketAddress server) {
        this.server = server;
    }

    /// A port for one query: the caller gives it back, or closes it.
    UdpPort take() throws IOException {
        for (UdpPort port = idle.pollFirst(); port != null; port = idle.pollFirst()) {
            if (port.isFresh()) {
                return port;
            }
            port.close();
        }
        return UdpPort.to(server);
    }

    void giveBack(UdpPort port) {
        if (!port.isFresh() || !idle.offerFirst(port)) {
            port.close();
        }
    }

    /// Closes what has been idle for too long.
    void sweep() {
        for (UdpPort port = idle.pollLast(); port != null; port = idle.pollLast()) {
            if (port.isFresh() && idle.offerLast(port)) {
                return;
            }
            port.close();
        }
    }

    @Override
    public void close() {
        for (UdpPort port = idle.pollFirst(); port != null; port = idle.pollFirst()) {
            port.close();
        }
    }
}
