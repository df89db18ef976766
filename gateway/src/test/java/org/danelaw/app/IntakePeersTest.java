package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.peers.Postfix;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Other people's clients at the gateway's door: swaks, a Postfix that relays through it, and `posttls-finger`.
@Tag("peers")
@Timeout(300)
class IntakePeersTest {
    private static final String MUST_USE_TLS = "127.0.0.7";
    private static final String MUST_SAY_WHO = "127.0.0.8";
    private static final String STRANGER = "127.0.0.9";
    private static final String POSTFIX = "127.0.0.214";
    private static final int LARGEST = 65_536;

    /// That of `secret`.
    private static final String SECRET = "{PBKDF2-SHA256}1000$c2FsdHNhbHQ$hgR9HsqtKupWxpnv8y99TrPDajTT/9PcSTlNafpdLXQ";

    /// In the local part, so that the message needs SMTPUTF8.
    private static final String BEYOND_ASCII = "gr\u00e5@there.example";

    @TempDir
    private static Path folder;

    private static final Certified CERTIFICATE =
            CertificateMaker.host("gw.example").make();
    private static final BlockingQueue<Mail> ARRIVED = new LinkedBlockingQueue<>();
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var internet = Internet.at(Instant.now(), Zone.named("there.example").with("@ MX 10 mx\nmx A 127.0.0.1\n"));
        Files.writeString(folder.resolve("anchors"), internet.anchorText());
        var dns = opened(NameServer.start(Answers.recursive(internet)));
        var host = opened(MailHost.named("mx.there.example")
                .offering("PIPELINING", "SIZE 1000000", "8BITMIME", "SMTPUTF8")
                .telling(ARRIVED::add)
                .start());
        port = opened(ServeProcess.start(configuration(dns, host))).awaitReady().getPort();
    }

    private static <T extends AutoCloseable> T opened(T part) {
        OPEN.addFirst(part);
        return part;
    }

    @AfterAll
    static void stop() throws Exception {
        for (var part : OPEN) {
            part.close();
        }
    }

    private static Path configuration(NameServer dns, MailHost host) throws IOException {
        var pem = PemFiles.write(CERTIFICATE, folder, "gw");
        Files.writeString(folder.resolve("users"), "app@lan.example:" + SECRET + "\n");
        return Files.writeString(folder.resolve("gw.toml"), """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [dns]
                trust-anchor = "anchors"
                [[dns.resolver]]
                address = "127.0.0.1:%d"
                [auth]
                users-file = "users"
                [[listener]]
                name = "in"
                address = "127.0.0.1:0"
                certificate = "%s"
                private-key = "%s"
                [[listener.sender-group]]
                name = "careful"
                networks = ["%s"]
                policy = "encrypted"
                [[listener.sender-group]]
                name = "users"
                networks = ["%s"]
                policy = "authenticated"
                [[listener.sender-group]]
                name = "own"
                networks = ["127.0.0.1", "%s"]
                policy = "out"
                [mail-flow-policy.encrypted]
                action = "relay"
                tls = "required"
                [mail-flow-policy.authenticated]
                action = "relay"
                auth = "required"
                [mail-flow-policy.out]
                action = "relay"
                max-message-bytes = %d
                [delivery]
                port = %d
                """.formatted(
                        dns.address().getPort(),
                        pem.certificate(),
                        pem.key(),
                        MUST_USE_TLS,
                        MUST_SAY_WHO,
                        POSTFIX,
                        LARGEST,
                        host.port()));
    }

    /// What a program printed, and its exit status.
    private record Told(int exitStatus, String text) {
        static Told by(Map<String, String> environment, List<String> command) throws Exception {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Told(process.waitFor(), text);
        }
    }

    private static Told swaks(String... options) throws Exception {
        return swaks(port, options);
    }

    private static Told swaks(int at, String... options) throws Exception {
        var command = new ArrayList<>(List.of("swaks", "--server", "127.0.0.1", "--port", Integer.toString(at)));
        command.addAll(List.of("--helo", "client.example", "--from", "a@sender.example"));
        command.addAll(List.of("--to", "b@there.example", "--suppress-data"));
        command.addAll(List.of(options));
        return Told.by(Map.of(), command);
    }

    @Test
    void swaksHandsMailInWithAndWithoutTls() throws Exception {
        for (var manner : List.of("--tls", "--pipeline")) {
            var told = swaks(manner);
            assertThat(told.exitStatus()).as(told.text()).isZero();
            assertThat(told.text()).containsPattern("250 2\\.0\\.0 queued as \\d+");
        }
        assertThat(swaks("--tls").text()).contains("=== TLS started with cipher TLSv1.3");
    }

    @Test
    void swaksIsToldWhatTheGatewayCan() throws Exception {
        var plain = swaks("--quit-after", "EHLO");
        assertThat(plain.text())
                .contains("PIPELINING", "SIZE " + LARGEST, "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES", "STARTTLS");
        var secured = swaks("--tls", "--quit-after", "EHLO").text();
        assertThat(secured.substring(secured.lastIndexOf("EHLO")))
                .contains("8BITMIME")
                .doesNotContain("STARTTLS");
    }

    @Test
    void aClientOfNoSenderGroupIsTurnedAwayAtTheDoor() throws Exception {
        var told = swaks("--local-interface", STRANGER);
        assertThat(told.exitStatus()).as(told.text()).isEqualTo(21);
        assertThat(told.text()).contains("554 gw.example takes no mail from " + STRANGER);
    }

    @Test
    void whoMustUseTlsIsToldSoAndThenHeard() throws Exception {
        var plain = swaks("--local-interface", MUST_USE_TLS);
        assertThat(plain.exitStatus()).as(plain.text()).isEqualTo(23);
        assertThat(plain.text()).contains("530 5.7.0 say STARTTLS first");
        assertThat(swaks("--local-interface", MUST_USE_TLS, "--tls").exitStatus())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void whoMustSayWhoTheyAreIsHeardWithTheRightPasswordOnly(String mechanism) throws Exception {
        var right = swaksAs("secret", "--tls", "--auth", mechanism);
        assertThat(right.exitStatus()).as(right.text()).isZero();
        assertThat(right.text()).contains("235 2.7.0 welcome").containsPattern("250 2\\.0\\.0 queued as \\d+");

        var wrong = swaksAs("sesame", "--tls", "--auth", mechanism);
        assertThat(wrong.exitStatus()).as(wrong.text()).isEqualTo(28);
        assertThat(wrong.text())
                .contains("535 5.7.8 no user of this name has this password")
                .doesNotContain("queued as");
        assertThat(mailLog())
                .contains("succeeded for user: app@lan.example using AUTH mechanism: " + mechanism)
                .contains("failed for user: app@lan.example using AUTH mechanism: " + mechanism);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "LOGIN"})
    void noPasswordIsHeardInClearText(String mechanism) throws Exception {
        var told = swaksAs("secret", "--auth", mechanism);
        assertThat(told.exitStatus()).as(told.text()).isEqualTo(28);
        assertThat(told.text())
                .contains("Host did not advertise authentication")
                .doesNotContain("queued as");
    }

    /// From where users must say who they are.
    private static Told swaksAs(String password, String... options) throws Exception {
        var all = new ArrayList<>(List.of("--local-interface", MUST_SAY_WHO));
        all.addAll(List.of("--auth-user", "app@lan.example", "--auth-password", password));
        all.addAll(List.of(options));
        return swaks(all.toArray(String[]::new));
    }

    private static String mailLog() throws IOException {
        return Files.readString(folder.resolve("data/log/mail_logs"));
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedBehindItsFinalDot() throws Exception {
        var body = Files.writeString(folder.resolve("large"), "a line of text\n".repeat(LARGEST / 10));
        var told = swaks("--body", "@" + body);
        assertThat(told.exitStatus()).as(told.text()).isEqualTo(26);
        assertThat(told.text()).contains("552 5.3.4");
    }

    @Test
    void aPostfixHandsOnWhatIsBeyondAscii() throws Exception {
        var listen = new InetSocketAddress(InetAddress.ofLiteral(POSTFIX), LiveRealm.freePort());
        var setup = new Postfix.Setup(
                listen,
                Optional.empty(),
                Map.of(
                        "relayhost", "[127.0.0.1]:" + port,
                        "smtp_tls_security_level", "encrypt",
                        "smtputf8_autodetect_classes", "all"));
        try (var postfix = Postfix.running(Files.createDirectory(folder.resolve("postfix")), setup)) {
            var body = Files.writeString(folder.resolve("eight-bit"), "Sm\u00f8rrebr\u00f8d\n");
            var told = Told.by(
                    Map.of(),
                    List.of(
                            "swaks",
                            "--server",
                            POSTFIX,
                            "--port",
                            Integer.toString(listen.getPort()),
                            "--from",
                            "a@sender.example",
                            "--to",
                            BEYOND_ASCII,
                            "--body",
                            "@" + body));
            assertThat(told.exitStatus()).as(told.text()).isZero();
            assertThat(arrivedFor(BEYOND_ASCII, postfix)).contains("SMTPUTF8", "BODY=8BITMIME");
        }
    }

    /// The parameters of MAIL with which the message for this recipient came out on the other side.
    private static String arrivedFor(String recipient, Postfix postfix) throws Exception {
        while (true) {
            var mail = ARRIVED.poll(60, TimeUnit.SECONDS);
            if (mail == null) {
                return "nothing came for " + recipient + "; Postfix says\n" + String.join("\n", postfix.log());
            }
            if (mail.recipients().toString().contains("gr")) {
                return mail.parameters();
            }
        }
    }

    @Test
    void posttlsFingerSeesTheCertificateOfTheListener() throws Exception {
        Files.writeString(folder.resolve("main.cf"), "inet_protocols = ipv4\n");
        var digest = HexFormat.ofDelimiter(":")
                .formatHex(MessageDigest.getInstance("SHA-256").digest(CERTIFICATE.publicKeyInfo()))
                .toUpperCase(Locale.ROOT);
        var finger = new ArrayList<>(List.of("posttls-finger", "-c", "-l", "fingerprint", "-d", "sha256"));
        finger.addAll(List.of("[127.0.0.1]:" + port, digest));
        var told = Told.by(Map.of("MAIL_CONFIG", folder.toString()), finger);
        assertThat(told.text()).contains("Verified TLS connection established to 127.0.0.1[127.0.0.1]:" + port);
    }
}
