package org.danelaw.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;
import org.danelaw.lab.rules.Rule;
import org.danelaw.lab.world.Misconduct;
import org.danelaw.smtp.TestIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Name;

/// `danelaw serve` as an operator has it: a process that is started, spoken to over SMTP, and stopped with SIGTERM.
@Timeout(180)
class ServeTest {
    private static final Pattern READY = Pattern.compile("danelaw ready inside=127\\.0\\.0\\.1:([0-9]+)");
    private static final String DOMAIN = "dane-ee.danelaw";
    private static final Name HOST = Name.fromConstantString("mx.dane-ee.danelaw.");

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (var process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void mailIsDeliveredUnderDaneAndAnOpenTransactionMayEndAndIsDeliveredAfterARestart() throws Exception {
        try (var live = LiveRealm.start(Realm.danelaw(Instant.now(), LiveRealm.freePort()))) {
            var host = live.hosts(HOST).getFirst();
            Operation.configure(live, folder);

            var first = serve();
            int port = portOf(first);
            try (var client = new Client(port)) {
                client.send("one");
                awaitMails(host, 1);
            }
            assertThat(host.mails().getFirst()).satisfies(mail -> {
                assertThat(mail.underTls()).isTrue();
                assertThat(mail.recipients()).containsExactly("one@" + DOMAIN);
            });
            assertThat(host.visits().getLast().serverName()).contains("mx.dane-ee.danelaw");

            try (var client = new Client(port)) {
                client.begin("two");
                first.destroy();
                awaitRefusal(port);
                client.end();
            }
            assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(first.exitValue()).isZero();
            assertThat(host.mails()).hasSize(1);

            var second = serve();
            portOf(second);
            awaitMails(host, 2);
            assertThat(host.mails().getLast().recipients()).containsExactly("two@" + DOMAIN);
            second.destroy();
            assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).isZero();

            assertThat(Files.readString(folder.resolve("data/log/mail_logs")))
                    .containsPattern("TLS success protocol TLSv1\\.3 cipher \\S+ for dane-ee\\.danelaw")
                    .containsPattern(
                            "DANE success for dane-ee\\.danelaw mx mx\\.dane-ee\\.danelaw reason TLSA 3 1 1 at depth 0")
                    .contains("DNSSEC signatures are checked by 5 RSASHA1: ", "; 13 ECDSAP256SHA256: ")
                    .contains(" can do DNSSEC")
                    .contains("New SMTP ICID 1 ", "New SMTP ICID 2 ", "Message finished MID 2 done");
            assertThat(errors()).isEmpty();
        }
    }

    @Test
    @Rule("A16")
    void aResolverThatStripsSignaturesIsNamedLoudlyAndUnderDegradeMailGoesOn() throws Exception {
        try (var live = LiveRealm.start(Realm.danelaw(Instant.now(), LiveRealm.freePort()));
                var stripping = NameServer.start(
                        Answers.recursive(live.realm().internet()).but(Misconduct.stripDnssec()))) {
            var host = live.hosts(HOST).getFirst();
            Operation.configure(live, folder);
            Files.writeString(
                    configuration(),
                    Files.readString(configuration())
                            .replace(
                                    ":" + live.resolver().address().getPort(),
                                    ":" + stripping.address().getPort())
                            .replace("[dns]\n", "[dns]\nwhen-unavailable = \"degrade\"\n"));
            var gateway = serve();
            try (var client = new Client(portOf(gateway))) {
                client.send("one");
                awaitMails(host, 1);
            }
            gateway.destroy();
            assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(Files.readString(folder.resolve("data/log/mail_logs")))
                    .contains("Critical: Resolver 127.0.0.1:"
                            + stripping.address().getPort() + " cannot be used for DANE: it strips signatures")
                    .contains("DANE off for dane-ee.danelaw mx mx.dane-ee.danelaw reason no DNSSEC-capable resolver");
        }
    }

    @Test
    void clientsOfAListenerAreLoggedWithOpenSslsNamesAndMayNotRenegotiate() throws Exception {
        var identity = TestIdentity.ec();
        writePem("certificate.pem", "CERTIFICATE", identity.certificate().getEncoded());
        writePem("key.pem", "PRIVATE KEY", identity.keys().getPrivate().getEncoded());
        Files.writeString(configuration(), """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [[dns.resolver]]
                address = "127.0.0.1:1"
                [[listener]]
                name = "inside"
                address = "127.0.0.1:0"
                certificate = "certificate.pem"
                private-key = "key.pem"
                [[listener.sender-group]]
                name = "inside"
                networks = ["127.0.0.1"]
                policy = "relayed"
                [mail-flow-policy.relayed]
                action = "relay"
                """);
        var gateway = serve();
        try (var client = new Client(portOf(gateway))) {
            client.say("STARTTLS", "220 ");
            try (var tls = client.overTls12()) {
                tls.startHandshake();
                assertThatThrownBy(() -> {
                            tls.startHandshake();
                            tls.getOutputStream().write("NOOP\r\n".getBytes(US_ASCII));
                            throw new IllegalStateException("shaken twice, and answered "
                                    + tls.getInputStream().read());
                        })
                        .isInstanceOf(SSLException.class);
            }
        }
        gateway.destroy();
        assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("data/log/mail_logs")))
                .contains("TLS success protocol TLSv1.2 cipher ECDHE-ECDSA-AES256-GCM-SHA384");
    }

    private void writePem(String file, String what, byte[] octets) throws IOException {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(octets) + "\n-----END " + what
                        + "-----\n");
    }

    @Test
    void everyProblemOfTheConfigurationIsSaidAndTheExitStatusIs78() throws Exception {
        Files.writeString(configuration(), "[nod]\n[delivery]\nport = 0\n");
        var process = serve();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(78);
        assertThat(errors())
                .isEqualTo(configuration() + ":1:1: unknown key \"nod\" in the file: did you mean \"node\"?\n"
                        + configuration() + ":3:1: port takes a whole number from 1 to 65535, not 0\n");
    }

    @Test
    void anAddressInUseIsOneLineAndTheExitStatusIs69() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(configuration(), """
                    [node]
                    data-directory = "data"
                    [[listener]]
                    name = "inside"
                    address = "127.0.0.1:%d"
                    """.formatted(taken.getLocalPort()));
            var process = serve();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(69);
            assertThat(errors().lines()).hasSize(1);
            assertThat(errors()).startsWith("danelaw: serve: listener inside cannot listen on");
        }
    }

    @Test
    void onHangupLogsThatWereMovedAwayAreBegunAnewAndTheGatewayGoesOn() throws Exception {
        assumeThat(isHangupIgnored()).as("under nohup, which children inherit").isFalse();
        Files.writeString(configuration(), """
                [node]
                data-directory = "data"
                [[dns.resolver]]
                address = "127.0.0.1:1"
                [[listener]]
                name = "inside"
                address = "127.0.0.1:0"
                """);
        var gateway = serve();
        portOf(gateway);
        var log = folder.resolve("data/log/mail_logs");
        Files.move(log, folder.resolve("rotated"));
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(gateway.pid()))
                        .start()
                        .waitFor())
                .isZero();
        while (!Files.exists(log)) {
            Thread.sleep(20);
        }
        gateway.destroy();
        assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.exitValue()).isZero();
        assertThat(folder.resolve("rotated")).content().contains("Danelaw ");
        assertThat(errors()).isEmpty();
    }

    /// A JVM leaves a signal alone that was ignored when it started: proc_pid_status(5), SigIgn, whose lowest
    /// bit is SIGHUP.
    private static boolean isHangupIgnored() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Integer.parseInt(line.substring(line.length() - 1), 16) & 1) == 1);
    }

    private Path configuration() {
        return folder.resolve("gw.toml");
    }

    private Process serve() throws IOException {
        var words = List.of("serve", "--config", configuration().toString());
        var process = new ProcessBuilder(ProgramProcess.command(Main.class, words))
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private int portOf(Process gateway) throws IOException {
        var line = gateway.inputReader().readLine();
        assertThat(line).as(errors()).isNotNull().matches(READY);
        var ready = READY.matcher(line);
        assertThat(ready.matches()).isTrue();
        return Integer.parseInt(ready.group(1));
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private static List<Mail> awaitMails(MailHost host, int count) throws InterruptedException {
        while (host.mails().size() < count) {
            Thread.sleep(20);
        }
        return host.mails();
    }

    /// Waits until nobody listens any more: the gateway has begun to stop.
    private static void awaitRefusal(int port) throws IOException, InterruptedException {
        while (true) {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
                Thread.sleep(20);
            } catch (ConnectException refused) {
                return;
            } catch (SocketException reset) {
                Thread.sleep(20);
            }
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket over) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket over) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine over) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine over) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// A mail server inside, by hand.
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader replies;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            expect("220 gw.example ESMTP");
            say("HELO inside.example", "250 ");
        }

        void send(String localPart) throws IOException {
            begin(localPart);
            end();
        }

        void begin(String localPart) throws IOException {
            say("MAIL FROM:<sender@inside.example>", "250 ");
            say("RCPT TO:<" + localPart + "@" + DOMAIN + ">", "250 ");
            say("DATA", "354 ");
        }

        void end() throws IOException {
            say("Subject: hello\r\n\r\nBody\r\n.", "250 ");
        }

        /// TLS 1.2, with whoever is there: what is shown is not what this is about.
        SSLSocket overTls12() throws IOException, GeneralSecurityException {
            var context = SSLContext.getInstance("TLSv1.2");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return (SSLSocket) context.getSocketFactory().createSocket(socket, "gw.example", socket.getPort(), true);
        }

        private void say(String line, String expected) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
            expect(expected);
        }

        private void expect(String start) throws IOException {
            assertThat(replies.readLine()).startsWith(start);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
