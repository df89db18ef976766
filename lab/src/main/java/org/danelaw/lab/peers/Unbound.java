package org.danelaw.lab.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Unbound before a tree of our own: validating with the tree's anchor, or only iterating.
public final class Unbound implements AutoCloseable {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    private final ChildProcess process;

    private Unbound(ChildProcess process) {
        this.process = process;
    }

    /// How an Unbound is set up.
    ///
    /// @param anchor a file with the root's DS or DNSKEY records; without one it iterates and validates nothing
    /// @param at the instant at which signatures are judged; now, if empty
    /// @param servers where names at and below a zone are asked for, zone -> authoritative server; `.` at least
    /// @param more lines of the `server:` section, as `aggressive-nsec: no`
    public record Setup(
            InetSocketAddress listen,
            Optional<Path> anchor,
            Optional<Instant> at,
            boolean forwards,
            Map<String, InetSocketAddress> servers,
            List<String> more) {
        public Setup {
            servers = Map.copyOf(servers);
            more = List.copyOf(more);
        }

        /// An iterator that asks authoritative servers and validates nothing.
        public static Setup iterating(InetSocketAddress listen, InetSocketAddress authority) {
            return new Setup(listen, Optional.empty(), Optional.empty(), false, Map.of(".", authority), List.of());
        }

        /// A validator that asks authoritative servers.
        public static Setup validating(InetSocketAddress listen, InetSocketAddress authority, Path anchor) {
            return new Setup(listen, Optional.of(anchor), Optional.empty(), false, Map.of(".", authority), List.of());
        }

        public Setup with(String... lines) {
            return new Setup(listen, anchor, at, forwards, servers, List.of(lines));
        }

        /// A validator that asks another recursive server.
        public static Setup forwarding(InetSocketAddress listen, InetSocketAddress recursive, Path anchor) {
            return new Setup(listen, Optional.of(anchor), Optional.empty(), true, Map.of(".", recursive), List.of());
        }
    }

    /// Runs in `directory`, which takes the configuration and the log.
    public static Unbound running(Path directory, String name, Setup setup) throws IOException {
        var configuration = directory.resolve(name + ".conf");
        Files.writeString(configuration, server(directory, name, setup) + validation(setup) + servers(setup));
        var process =
                ChildProcess.start(directory, name, List.of("unbound", "-d", "-p", "-c", configuration.toString()));
        return new Unbound(process.awaiting(() -> Asking.isAnswered(setup.listen())));
    }

    private static String server(Path directory, String name, Setup setup) {
        return """
                server:
                  directory: "%s"
                  interface: %s
                  port: %d
                  username: ""
                  chroot: ""
                  pidfile: "%s/%s.pid"
                  use-syslog: no
                  logfile: ""
                  verbosity: 1
                  val-log-level: 2
                  num-threads: 1
                  outgoing-range: 4096
                  num-queries-per-thread: 2048
                  access-control: 127.0.0.0/8 allow
                  do-not-query-localhost: no
                  do-ip6: no
                  unblock-lan-zones: yes
                  insecure-lan-zones: yes
                  qname-minimisation: no
                  minimal-responses: yes
                  module-config: "%s"
                """.formatted(
                        directory,
                        setup.listen().getAddress().getHostAddress(),
                        setup.listen().getPort(),
                        directory,
                        name,
                        setup.anchor().isPresent() ? "validator iterator" : "iterator");
    }

    private static String validation(Setup setup) {
        return setup.anchor()
                        .map(file -> "  trust-anchor-file: \"" + file.toAbsolutePath() + "\"\n")
                        .orElse("")
                + setup.at()
                        .map(instant -> "  val-override-date: \"" + DATE.format(instant) + "\"\n")
                        .orElse("")
                + setup.more().stream().map(line -> "  " + line + "\n").collect(Collectors.joining())
                + "remote-control:\n  control-enable: no\n";
    }

    private static String servers(Setup setup) {
        var kind = setup.forwards() ? "forward" : "stub";
        return setup.servers().entrySet().stream()
                .map(server -> "%s-zone:\n  name: \"%s\"\n  %s-addr: %s@%d\n"
                        .formatted(
                                kind,
                                server.getKey(),
                                kind,
                                server.getValue().getAddress().getHostAddress(),
                                server.getValue().getPort()))
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
