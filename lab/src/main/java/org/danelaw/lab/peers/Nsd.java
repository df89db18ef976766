package org.danelaw.lab.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// NSD with signed zone files: the authoritative server of the whole tree, root included, at one address.
public final class Nsd implements AutoCloseable {
    private final ChildProcess process;

    private Nsd(ChildProcess process) {
        this.process = process;
    }

    /// Serves the zones, origin -> master file, at `address`; `directory` takes its configuration and log.
    public static Nsd serving(Path directory, InetSocketAddress address, Map<String, Path> zones) throws IOException {
        var configuration = directory.resolve("nsd.conf");
        Files.writeString(configuration, server(directory, address) + zones(zones));
        var process = ChildProcess.start(directory, "nsd", List.of("nsd", "-d", "-c", configuration.toString()));
        return new Nsd(process.awaiting(() -> Asking.isAnswered(address)));
    }

    private static String server(Path directory, InetSocketAddress address) {
        return """
                server:
                  ip-address: %s@%d
                  username: ""
                  chroot: ""
                  zonesdir: "%s"
                  database: ""
                  pidfile: "%s/nsd.pid"
                  xfrdfile: "%s/xfrd.state"
                  zonelistfile: "%s/zone.list"
                  server-count: 1
                  rrl-ratelimit: 0
                remote-control:
                  control-enable: no
                """.formatted(
                address.getAddress().getHostAddress(), address.getPort(), directory, directory, directory, directory);
    }

    private static String zones(Map<String, Path> zones) {
        return zones.entrySet().stream()
                .map(zone -> "zone:\n  name: \"%s\"\n  zonefile: \"%s\"\n"
                        .formatted(zone.getKey(), zone.getValue().toAbsolutePath()))
                .collect(Collectors.joining());
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
