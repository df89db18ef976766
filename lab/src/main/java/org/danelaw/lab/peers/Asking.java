package org.danelaw.lab.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// Asks a server whether it is there.
final class Asking {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private Asking() {}

    /// Whether connections to `address` are taken.
    static boolean accepts(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, Math.toIntExact(PATIENCE.toMillis()));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /// Whether the server at `address` answers a question for the root's SOA, whatever it says.
    static boolean isAnswered(InetSocketAddress address) {
        try {
            var resolver = new SimpleResolver(address);
            resolver.setTimeout(PATIENCE);
            resolver.send(Message.newQuery(Record.newRecord(Name.root, Type.SOA, DClass.IN)));
            return true;
        } catch (IOException silent) {
            return false;
        }
    }
}
