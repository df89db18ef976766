package org.danelaw.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.danelaw.resolver.DnsServer;

/// The resolvers that this machine is set up with, for those who name none.
public final class SystemResolvers {
    /// As in resolv.conf(5): further ones are ignored.
    private static final int MAX_SERVERS = 3;

    private static final int PORT = 53;

    /// Where Unix systems keep them.
    public static final Path FILE = Path.of("/etc/resolv.conf");

    private SystemResolvers() {}

    /// The `nameserver` lines of `file`; where there are none, this machine itself, as resolv.conf(5) has it.
    public static List<DnsServer> of(Path file) {
        try (var lines = Files.lines(file)) {
            var named = lines.map(line -> line.strip().split("\\s+"))
                    .filter(words -> words.length >= 2 && words[0].equals("nameserver"))
                    .flatMap(words -> address(words[1]))
                    .limit(MAX_SERVERS)
                    .toList();
            return named.isEmpty() ? List.of(server(InetAddress.getLoopbackAddress())) : named;
        } catch (IOException unreadable) {
            return List.of(server(InetAddress.getLoopbackAddress()));
        }
    }

    private static Stream<DnsServer> address(String literal) {
        try {
            return Stream.of(server(InetAddress.ofLiteral(literal)));
        } catch (IllegalArgumentException noAddress) {
            return Stream.of();
        }
    }

    private static DnsServer server(InetAddress address) {
        return new DnsServer(new InetSocketAddress(address, PORT), 0);
    }
}
