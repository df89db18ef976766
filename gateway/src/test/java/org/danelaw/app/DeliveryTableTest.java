package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.danelaw.app.DeliveryCase.Fate;
import org.danelaw.app.DeliveryCase.Kind;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Event;
import org.danelaw.json.Word;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.KeyKind;
import org.danelaw.lab.peers.Exim;
import org.danelaw.lab.peers.MailServer;
import org.danelaw.lab.peers.Postfix;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.world.Zone;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.SmtpClient;
import org.danelaw.smtp.SmtpTimeouts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Mail to real mail servers of two kinds under every TLS Support and DANE Support value: what becomes of it, by the
/// gateway's events and by the servers' own logs.
class DeliveryTableTest {
    private static final String WITH_TLS = "127.0.0.213";
    private static final String WITHOUT_TLS = "127.0.0.214";
    private static final InetSocketAddress AUTHORITY = new InetSocketAddress("127.0.53.6", 53);
    private static final String OTHER_KEY = "ab".repeat(32);

    @TempDir
    private Path folder;

    /// A mail server at two addresses, with STARTTLS and without.
    ///
    /// @param line of its log, for a message that it took
    /// @param tls what `how` says there of one that came over TLS
    private record Server(MailServer withTls, MailServer withoutTls, Pattern line, String tls)
            implements AutoCloseable {
        /// Whether it took a message over TLS, by recipient.
        Map<String, Boolean> taken() throws IOException {
            return Stream.concat(withTls.log().stream(), withoutTls.log().stream())
                    .flatMap(each -> line.matcher(each).results())
                    .collect(Collectors.toMap(
                            taken -> taken.group("to"),
                            taken -> taken.group("how").contains(tls)));
        }

        @Override
        public void close() {
            withTls.close();
            withoutTls.close();
        }
    }

    @Test
    void theDocumentSaysWhatTheRulesSay() {
        var byRule = DeliveryCase.all().stream().collect(Collectors.toMap(Function.identity(), DeliveryCase::fate));
        assertThat(byRule).hasSize(Kind.values().length * 16);
        assertThat(DeliveryTable.document(byRule).complaint()).isEmpty();
    }

    @Test
    @Tag("peers")
    @Timeout(600)
    void everyCellComesOutWithBothServersAsTheRulesSay() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var port = LiveRealm.freePort();
        var authority = CertificateMaker.authority("Authority of the table").make();
        var certificate = CertificateMaker.host(
                        host(Kind.MISMATCH),
                        host(Kind.UNUSABLE),
                        host(Kind.TRUSTED),
                        host(Kind.UNSIGNED),
                        "*." + Kind.HOSTED.zone())
                .by(authority)
                .key(KeyKind.RSA_2048) // GnuTLS cannot read an EC key as Java writes it, without its public half
                .make();
        var pem = PemFiles.write(certificate, folder, "mx");
        PemFiles.write(authority, folder, "authority");
        var parent = Zone.named("example").with("ns A " + AUTHORITY.getAddress().getHostAddress());
        var zones = Stream.concat(
                        Stream.of(parent),
                        Stream.of(Kind.values())
                                .map(kind -> zone(kind, port, certificate.tlsa(3, 1, 1), certificate.tlsa(1, 1, 1))))
                .toArray(Zone[]::new);
        try (var tree = SignedTree.of(Files.createDirectory(folder.resolve("dns")), AUTHORITY, zones)) {
            for (var name : List.of("postfix", "exim")) {
                var home = Files.createDirectory(folder.resolve(name));
                try (var server = name.equals("exim") ? exim(home, port, pem) : postfix(home, port, pem)) {
                    var fates = outcomes(configuration(home, tree, port));
                    var wrong = DeliveryCase.all().stream()
                            .filter(each -> !each.fate().equals(fates.get(each)))
                            .map(each -> each.domain() + " through " + name + ": " + fates.get(each))
                            .toList();
                    assertThat(wrong).isEmpty();
                    assertThat(server.taken())
                            .as("taken by %s, and whether over TLS", name)
                            .isEqualTo(DeliveryCase.all().stream()
                                    .filter(each -> each.fate().isDelivered())
                                    .collect(Collectors.toMap(
                                            DeliveryCase::recipient,
                                            each -> !each.fate().equals(Fate.CLEAR))));
                    System.out.printf("%d cells through %s: as the rules say%n", fates.size(), name);
                }
            }
        }
    }

    /// Not a name that a wildcard for the hosted domains' subdomains stands for.
    private static String host(Kind kind) {
        return "mx.hosts." + kind.zone();
    }

    private static Zone zone(Kind kind, int port, String matching, String pkix) {
        var tlsa = switch (kind) {
            case MATCHING, PROMISED -> matching;
            case MISMATCH -> "3 1 1 " + OTHER_KEY;
            case UNUSABLE -> pkix;
            case TRUSTED, HOSTED, UNTRUSTED, UNSIGNED, PLAIN -> "";
        };
        var zone = Zone.named(kind.zone()).with("""
                *         MX 10 mx.hosts
                mx.hosts  A     %s
                """.formatted(kind.offersTls() ? WITH_TLS : WITHOUT_TLS));
        var bound = tlsa.isEmpty() ? zone : zone.with("_" + port + "._tcp.mx.hosts TLSA " + tlsa + "\n");
        return kind == Kind.UNSIGNED ? bound.unsigned() : bound;
    }

    private static Path configuration(Path home, SignedTree tree, int port) throws IOException {
        var controls = DeliveryCase.all().stream()
                .map(each -> "[destination-controls.\"%s\"]\ntls = \"%s\"\ndane = \"%s\"\n"
                        .formatted(each.domain(), Word.of(each.tls()), Word.of(each.dane())))
                .collect(Collectors.joining());
        return Files.writeString(
                home.resolve("gw.toml"),
                """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [dns]
                trust-anchor = "%s"
                [[dns.resolver]]
                address = "127.0.0.1:%d"
                [tls]
                ca-file = "../authority.crt"
                [[listener]]
                name = "in"
                address = "127.0.0.1:0"
                [[listener.sender-group]]
                name = "loopback"
                networks = ["127.0.0.0/8"]
                policy = "out"
                [mail-flow-policy.out]
                action = "relay"
                [delivery]
                max-connections = 10
                port = %d
                """.formatted(tree.anchors(), tree.resolver().getPort(), port) + controls);
    }

    /// Sends a message for each case through a gateway, and waits for the end of each first attempt.
    private static Map<DeliveryCase, Fate> outcomes(Path configuration) throws Exception {
        if (!(ConfigFile.read(configuration) instanceof ConfigFile.Reading.Valid(var settings, var _))) {
            throw new IllegalStateException("the configuration has problems");
        }
        var events = new LinkedBlockingQueue<Event>();
        try (var gateway = Gateway.start(settings, Dialer::tcp, List.of(events::add))) {
            send(gateway.addresses().values().iterator().next());
            return outcomes(events);
        }
    }

    private static Map<DeliveryCase, Fate> outcomes(BlockingQueue<Event> events) throws InterruptedException {
        var cases = DeliveryCase.all();
        var fates = new HashMap<DeliveryCase, Fate>();
        var encrypted = new HashMap<Long, Boolean>();
        while (fates.size() < cases.size()) {
            switch (events.poll(2, TimeUnit.MINUTES)) {
                case null -> throw new IllegalStateException("no further event after " + fates.size() + " outcomes");
                case DeliveryEvent.TlsSucceeded(var dcid, var protocol, var cipher, var provenFor) ->
                    encrypted.put(dcid, provenFor.isPresent());
                case DeliveryEvent.Delivered(var dcid, var mid, var rids, var reply) ->
                    fates.put(
                            cases.get((int) mid - 1),
                            Optional.ofNullable(encrypted.get(dcid))
                                    .map(proven -> proven ? Fate.PROVEN : Fate.ENCRYPTED)
                                    .orElse(Fate.CLEAR));
                case DeliveryEvent.Delayed(var dcid, var mid, var rid, var failure) ->
                    fates.put(cases.get((int) mid - 1), Fate.wait(failure.text()));
                default -> {}
            }
        }
        return fates;
    }

    /// One message after the other, so that the numbers of messages are those of the cases.
    private static void send(InetSocketAddress listener) throws IOException {
        var letter = new Letter("Subject: hello\r\n\r\nBody\r\n");
        var from = new Address("a", "one.example");
        var socket = Dialer.tcp(listener, Optional.empty(), Duration.ofSeconds(10));
        try (var client = SmtpClient.over(socket, SmtpTimeouts.RFC_5321)) {
            client.greeting();
            client.hello("client.example");
            for (var each : DeliveryCase.all()) {
                letter.send(from, new Address("b", each.domain()), client);
            }
            client.quit();
        }
    }

    private static Server postfix(Path home, int port, PemFiles pem) throws IOException {
        // It logs the Received header that it writes itself, with what it knows of the connection.
        var sink = Postfix.Setup.sink(new InetSocketAddress(WITH_TLS, port), pem.certificate(), pem.key())
                .and(Map.of(
                        "smtpd_tls_received_header", "yes",
                        "header_checks", "regexp:{{/^Received:.*by postfix/ WARN}}"));
        var deaf = sink.at(new InetSocketAddress(WITHOUT_TLS, port)).and(Map.of("smtpd_tls_security_level", "none"));
        return new Server(
                Postfix.running(Files.createDirectory(home.resolve("with")), sink),
                Postfix.running(Files.createDirectory(home.resolve("without")), deaf),
                Pattern.compile("warning: header Received: (?<how>.*); from=<a@one.example> to=<(?<to>[^>]*)>"),
                "using TLSv1");
    }

    private static Server exim(Path home, int port, PemFiles pem) throws IOException {
        var identity = new Exim.Identity(pem.certificate(), pem.key());
        var withTls = new InetSocketAddress(WITH_TLS, port);
        var withoutTls = new InetSocketAddress(WITHOUT_TLS, port);
        return new Server(
                Exim.running(Files.createDirectory(home.resolve("with")), withTls, Optional.of(identity)),
                Exim.running(Files.createDirectory(home.resolve("without")), withoutTls, Optional.empty()),
                Pattern.compile(" <= a@one.example (?<how>.*) for (?<to>\\S+)$"),
                " X=TLS1.");
    }
}
