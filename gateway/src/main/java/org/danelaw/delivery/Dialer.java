package org.danelaw.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/// Makes TCP connections. A lab's dialer leads the addresses of its world to loopback.
@FunctionalInterface
public interface Dialer {
    /// Connects, from `source` where there is one; the message of what is thrown says in words why it
    /// failed.
    Socket dial(InetSocketAddress remote, Optional<InetAddress> source, Duration timeout) throws IOException;

    /// Dials for real.
    static Socket tcp(InetSocketAddress remote, Optional<InetAddress> source, Duration timeout) throws IOException {
        var socket = new Socket();
        try {
            if (source.isPresent()) {
                socket.bind(new InetSocketAddress(source.get(), 0));
            }
            socket.connect(remote, Math.toIntExact(timeout.toMillis()));
            // Commands are short and wait for replies: Nagle's algorithm would only delay them.
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }
}
