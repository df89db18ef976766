package org.danelaw.lab.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An Exim of its own that takes all mail and keeps it in its queue: with GnuTLS, where the other peers have OpenSSL.
/// Debian's packages of mail servers exclude each other, so that this one is only unpacked. Needs root.
public final class Exim implements MailServer {
    /// Where `.ci/install-peers` unpacks it.
    private static final Path PROGRAM = Path.of("/usr/local/lib/danelaw-peers/usr/sbin/exim4");

    /// As which it works.
    private static final String USER = "Debian-exim";

    private final ChildProcess process;
    private final Path directory;

    private Exim(ChildProcess process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /// What it shows in TLS, as PEM.
    public record Identity(Path certificate, Path key) {}

    /// Runs in `directory`; offers STARTTLS if it has an `identity`.
    public static Exim running(Path directory, InetSocketAddress listen, Optional<Identity> identity)
            throws IOException {
        for (var each : List.of("spool", "log")) {
            var folder = Files.createDirectories(directory.resolve(each));
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName(USER));
        }
        var configuration =
                Files.writeString(directory.resolve("exim.conf"), configuration(directory, listen, identity));
        var command = List.of(PROGRAM.toString(), "-C", configuration.toString(), "-bdf");
        return new Exim(
                ChildProcess.start(directory, "exim", command).awaiting(() -> Asking.accepts(listen)), directory);
    }

    private static String configuration(Path directory, InetSocketAddress listen, Optional<Identity> identity) {
        var lines = new ArrayList<>(List.of(
                "primary_hostname = exim.danelaw.example",
                "keep_environment =",
                "spool_directory = " + directory.resolve("spool"),
                "log_file_path = " + directory.resolve("log/%slog"),
                "log_selector = +received_recipients +tls_cipher",
                "pid_file_path = " + directory.resolve("exim.pid"),
                "local_interfaces = <; " + listen.getAddress().getHostAddress(),
                "daemon_smtp_ports = " + listen.getPort(),
                "host_lookup =",
                "rfc1413_query_timeout = 0s",
                "queue_only = true",
                "smtp_accept_max = 0",
                "smtp_connect_backlog = 200",
                "smtp_accept_queue_per_connection = 0",
                "acl_smtp_rcpt = take"));
        identity.ifPresentOrElse(
                shown -> lines.addAll(List.of(
                        "tls_advertise_hosts = *",
                        "tls_certificate = " + shown.certificate(),
                        "tls_privatekey = " + shown.key())),
                () -> lines.add("tls_advertise_hosts ="));
        lines.addAll(List.of("begin acl", "take:", "  accept"));
        return String.join("\n", lines) + "\n";
    }

    @Override
    public List<String> log() throws IOException {
        var file = directory.resolve("log/mainlog");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Override
    public void close() {
        process.close();
    }
}
