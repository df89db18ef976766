package org.danelaw.lab.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A Postfix of its own: queue, configuration and log lie in one directory; as a relay it sees the DNS through a
/// resolver of ours, whose address it finds in an `/etc/resolv.conf` of its own. Needs root.
public final class Postfix implements MailServer {
    private static final String SERVICES = """
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsproxy unix - - n - 0 tlsproxy
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """;

    private final ChildProcess process;
    private final Path directory;

    private Postfix(ChildProcess process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /// How a Postfix is set up.
    ///
    /// @param listen where it takes mail
    /// @param nameServer the address of its resolver, at port 53; the machine's own, if empty
    /// @param settings of `main.cf`, in addition to what a child process in a directory of its own needs
    public record Setup(InetSocketAddress listen, Optional<String> nameServer, Map<String, String> settings) {
        public Setup {
            settings = Map.copyOf(settings);
        }

        /// With these settings too, or in place of its own.
        public Setup and(Map<String, String> more) {
            var all = new TreeMap<>(settings);
            all.putAll(more);
            return new Setup(listen, nameServer, all);
        }

        /// At another address.
        public Setup at(InetSocketAddress address) {
            return new Setup(address, nameServer, settings);
        }

        /// A relay that delivers by MX at a TLS security level, as `dane` or `dane-only`.
        public static Setup relay(InetSocketAddress listen, String nameServer, String level) {
            return new Setup(
                    listen,
                    Optional.of(nameServer),
                    Map.of(
                            "smtp_dns_support_level", "dnssec",
                            "smtp_host_lookup", "dns",
                            "smtp_tls_security_level", level,
                            "smtp_tls_loglevel", "1"));
        }

        /// A host that takes all mail over TLS with this certificate and throws it away.
        public static Setup sink(InetSocketAddress listen, Path certificate, Path key) {
            return new Setup(
                    listen,
                    Optional.empty(),
                    Map.of(
                            "smtpd_tls_security_level", "may",
                            "smtpd_tls_cert_file", certificate.toString(),
                            "smtpd_tls_key_file", key.toString(),
                            "relay_domains", "static:all",
                            "default_transport", "discard:",
                            "relay_transport", "discard:"));
        }
    }

    /// Runs in `directory`, which every user must be able to pass through.
    public static Postfix running(Path directory, Setup setup) throws IOException {
        var etc = Files.createDirectories(directory.resolve("etc"));
        Files.createDirectories(directory.resolve("queue"));
        var data = Files.createDirectories(directory.resolve("data"));
        Files.setAttribute(data, "unix:uid", Files.getAttribute(Path.of("/var/lib/postfix"), "unix:uid"));
        Files.writeString(etc.resolve("main.cf"), mainCf(directory, setup));
        Files.writeString(etc.resolve("master.cf"), smtpd(setup.listen()) + SERVICES);
        var process = ChildProcess.start(directory, "postfix", command(directory, etc, setup));
        return new Postfix(process.awaiting(() -> Asking.accepts(setup.listen())), directory);
    }

    private static List<String> command(Path directory, Path etc, Setup setup) throws IOException {
        var postfix = List.of("postfix", "-c", etc.toString(), "start-fg");
        if (setup.nameServer().isEmpty()) {
            return postfix;
        }
        var resolvConf = directory.resolve("resolv.conf");
        Files.writeString(resolvConf, "nameserver " + setup.nameServer().get() + "\noptions trust-ad\n");
        var command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"",
                resolvConf.toString()));
        command.addAll(postfix);
        return command;
    }

    private static String mainCf(Path directory, Setup setup) {
        var settings = new TreeMap<>(Map.of(
                "compatibility_level", "3.6",
                "queue_directory", directory.resolve("queue").toString(),
                "data_directory", directory.resolve("data").toString(),
                "maillog_file", directory.resolve("mail.log").toString(),
                "maillog_file_prefixes", directory.toString(),
                "myhostname", "postfix.danelaw.example",
                // Only addresses that an interface lists are taken here; `master.cf` names the one that counts.
                "inet_interfaces", "127.0.0.1",
                "mynetworks", "127.0.0.0/8 [::1]/128",
                "smtpd_recipient_restrictions", "permit_mynetworks, reject"));
        // The system's own mail must stay out of it: nothing is local, nobody is told of anything.
        settings.putAll(Map.of(
                "mydestination", "",
                "alias_maps", "",
                "local_recipient_maps", "",
                "notify_classes", "",
                "smtpd_tls_chain_files", "",
                "smtp_bind_address", setup.listen().getAddress().getHostAddress(),
                "inet_protocols", "all"));
        settings.putAll(setup.settings());
        var text = new StringBuilder();
        settings.forEach(
                (key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        return text.toString();
    }

    private static String smtpd(InetSocketAddress listen) {
        return listen.getAddress().getHostAddress() + ":" + listen.getPort() + " inet n - n - - smtpd\n";
    }

    @Override
    public List<String> log() throws IOException {
        var file = directory.resolve("mail.log");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
