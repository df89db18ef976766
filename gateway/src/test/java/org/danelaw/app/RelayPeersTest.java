package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.peers.Postfix;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Mail in bulk from Postfix' `smtp-source`, through the gateway, to a Postfix whose certificate its TLSA record names,
/// behind a real Unbound and NSD: all of it arrives, over proven connections only.
@Tag("peers")
class RelayPeersTest {
    private static final int MESSAGES = Boolean.getBoolean("danelaw.exam") ? 5_000 : 1_000;
    private static final int OCTETS = 10_240;

    /// Postfix serves 100 clients at a time; others would wait behind its door for a greeting, 5 minutes at worst.
    private static final int CONNECTIONS = 50;

    private static final String HOST = "127.0.0.212";
    private static final Pattern SENT = Pattern.compile("to=<([^>]+)>.*status=sent");
    private static final Pattern PROVEN = Pattern.compile("DCID (\\d+) TLS success .* for there\\.example");
    private static final Pattern DANE = Pattern.compile("DCID (\\d+) DANE success for there\\.example");
    private static final Pattern DONE = Pattern.compile("Message done DCID (\\d+) MID (\\d+)");
    private static final Pattern FINISHED = Pattern.compile("Message finished MID (\\d+) done");

    @TempDir
    private Path folder;

    @Test
    @Timeout(1200)
    void allMailArrivesOverProvenConnectionsOnly() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var certificate = CertificateMaker.host("mx.there.example").make();
        var pem = PemFiles.write(certificate, folder, "mx");
        var port = LiveRealm.freePort();
        var zone = Zone.named("there.example").with("""
                @                MX   10 mx
                mx               A    %s
                _%d._tcp.mx      TLSA %s
                """.formatted(HOST, port, certificate.tlsa(3, 1, 1)));
        var sink = Postfix.Setup.sink(new InetSocketAddress(HOST, port), pem.certificate(), pem.key());
        try (var tree = SignedTree.of(Files.createDirectory(folder.resolve("dns")), zone);
                var postfix = Postfix.running(Files.createDirectory(folder.resolve("postfix")), sink);
                var serve = ServeProcess.start(configuration(tree, port))) {
            var listener = serve.awaitReady();
            var start = System.nanoTime();
            feed(listener);
            var fed = System.nanoTime();
            awaitFinished();
            var done = System.nanoTime();
            assertThat(serve.stop()).isZero();
            judge(postfix);
            System.out.printf(
                    Locale.ROOT,
                    "%d messages of %d octets: taken at %.0f/s, delivered to Postfix and settled at %.0f/s%n",
                    MESSAGES,
                    OCTETS,
                    MESSAGES / seconds(start, fed),
                    MESSAGES / seconds(start, done));
        }
    }

    private static double seconds(long from, long to) {
        return Duration.ofNanos(to - from).toMillis() / 1e3;
    }

    private Path configuration(SignedTree tree, int port) throws IOException {
        return Files.writeString(folder.resolve("gw.toml"), """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [dns]
                trust-anchor = "%s"
                [[dns.resolver]]
                address = "127.0.0.1:%d"
                [[listener]]
                name = "in"
                address = "127.0.0.1:0"
                [[listener.sender-group]]
                name = "loopback"
                networks = ["127.0.0.0/8"]
                policy = "out"
                [mail-flow-policy.out]
                action = "relay"
                [destination-controls.default]
                dane = "opportunistic"
                concurrent-connections = %d
                [delivery]
                port = %d
                """.formatted(
                        tree.anchors(), tree.resolver().getPort(), CONNECTIONS, port));
    }

    /// Each message has a recipient of its own, and `smtp-source` fails unless all are taken.
    private static void feed(InetSocketAddress listener) throws Exception {
        var source = new ProcessBuilder(
                        "smtp-source",
                        "-s",
                        "20",
                        "-d",
                        "-N",
                        "-m",
                        Integer.toString(MESSAGES),
                        "-l",
                        Integer.toString(OCTETS),
                        "-f",
                        "a@sender.example",
                        "-t",
                        "b@there.example",
                        "inet:127.0.0.1:" + listener.getPort())
                .inheritIO()
                .start();
        assertThat(source.waitFor()).as("smtp-source: all were taken").isZero();
    }

    private void awaitFinished() throws Exception {
        while (matches(FINISHED, log()).size() < MESSAGES) {
            Thread.sleep(100);
        }
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("data/log/mail_logs"));
    }

    private void judge(Postfix postfix) throws IOException {
        var arrived = matches(SENT, postfix.log());
        assertThat(arrived).as("none lost, none twice").hasSize(MESSAGES).doesNotHaveDuplicates();
        var log = log();
        var carriers = matches(DONE, log);
        assertThat(carriers).hasSize(MESSAGES);
        assertThat(matches(PROVEN, log)).as("TLS success for the domain").containsAll(carriers);
        assertThat(matches(DANE, log)).as("DANE success").containsAll(carriers);
        assertThat(log).noneMatch(line -> line.contains("DANE fallback") || line.contains("DANE failed"));
    }

    /// What the first group of the pattern is in each line that has it.
    private static List<String> matches(Pattern pattern, List<String> lines) {
        return lines.stream()
                .map(pattern::matcher)
                .map(line -> line.find() ? Optional.of(line.group(1)) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .collect(Collectors.toList());
    }
}
