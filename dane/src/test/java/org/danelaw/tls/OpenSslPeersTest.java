package org.danelaw.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.danelaw.lab.mailhost.CertificateMaker;
import org.danelaw.lab.mailhost.Certified;
import org.danelaw.lab.mailhost.KeyKind;
import org.danelaw.lab.mailhost.MailHost;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.tls.Handshake.Refused;
import org.danelaw.tls.Handshake.Secured;
import org.danelaw.tlsa.Admission;
import org.danelaw.tlsa.CertificateCase;
import org.danelaw.tlsa.CertificateCases;
import org.danelaw.tlsa.TlsaRecord;
import org.danelaw.tlsa.TlsaRecords;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// OpenSSL as the independent judge of the table of certificates, and as a server.
@Tag("peers")
final class OpenSslPeersTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern MATCHED =
            Pattern.compile("DANE TLSA \\d \\d \\d \\S+ (matched|signed).*certificate at depth (\\d+)");

    @TempDir
    private Path directory;

    @Test
    void openSslJudgesEveryCaseTheSameButForTheListedOnes() throws Exception {
        var differing = new TreeMap<String, String>();
        for (var each : CertificateCases.all()) {
            var its = judgeByOpenSsl(each);
            var ours = judge(each);
            if (!its.equals(ours)) {
                differing.put(each.name(), "OpenSSL " + its + ", Danelaw " + ours);
            }
        }
        assertThat(differing).isEqualTo(new TreeMap<>(OpenSslDifferences.byCase()));
    }

    private static String judge(CertificateCase each) {
        return switch (new TlsaRecords(each.records())
                .admit(each.identity().chain(), each.references(), CertificateCases.NOW)) {
            case Admission.Admitted(var by, var depth, var name) -> spelled(OptionalInt.of(depth));
            case Admission.Denied denied -> spelled(OptionalInt.empty());
        };
    }

    private static String spelled(OptionalInt depth) {
        return depth.isPresent() ? "depth " + depth.getAsInt() : "denied";
    }

    private String judgeByOpenSsl(CertificateCase each) throws Exception {
        try (var host =
                MailHost.named("mx.example.com").showing(each.identity()).start()) {
            var output = run(command(each, host.port()));
            var matched = MATCHED.matcher(output);
            if (!output.contains("Verify return code: 0 (ok)") || !matched.find()) {
                return spelled(OptionalInt.empty());
            }
            int depth = Integer.parseInt(matched.group(2));
            // A bare key is said to have signed the certificate below it.
            return spelled(OptionalInt.of(matched.group(1).equals("signed") ? depth + 1 : depth));
        }
    }

    private static List<String> command(CertificateCase each, int port) {
        var command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-starttls",
                "smtp",
                "-connect",
                "127.0.0.1:" + port,
                "-cipher",
                "DEFAULT:@SECLEVEL=0",
                "-dane_ee_no_namechecks",
                "-dane_tlsa_domain",
                each.references().getLast().toString(true)));
        for (TlsaRecord record : each.records()) {
            command.addAll(List.of("-dane_tlsa_rrdata", record.toString()));
        }
        return command;
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile(directory, "openssl", ".out");
        var process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(String.join(" ", command))
                .isTrue();
        return Files.readString(output, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void openSslAsTheServerIsProvedByItsKey(KeyKind kind) throws Exception {
        var server = CertificateMaker.host("mx.example.com")
                .keys(kind.known())
                .expired()
                .make();
        var stranger = CertificateMaker.host("mx.example.com").make();
        try (var openSsl = OpenSslServer.showing(directory, server)) {
            var proved = AfterThe220.connector().secure(openSsl.connect(), pinned(server));
            assertThat(proved).isInstanceOf(Secured.class);
            ((Secured) proved).socket().close();
            assertThat(AfterThe220.connector().secure(openSsl.connect(), pinned(stranger)))
                    .isInstanceOf(Refused.class);
        }
    }

    private static TlsRequirement pinned(Certified certificate) {
        return AfterThe220.dane(List.of(new TlsaRecord(3, 1, 1, certificate.association(1, 1))));
    }

    /// `openssl s_server`, without SMTP: a connector takes over behind that anyway.
    private record OpenSslServer(Process process, int port) implements AutoCloseable {
        private static final Pattern READY = Pattern.compile("ACCEPT [^:]*:(\\d+)");

        static OpenSslServer showing(Path directory, Certified server) throws IOException {
            var pem = directory.resolve("server.pem");
            Files.writeString(
                    pem,
                    pem("CERTIFICATE", server.der())
                            + pem("PRIVATE KEY", server.keys().getPrivate().getEncoded()));
            var process = new ProcessBuilder(
                            "openssl",
                            "s_server",
                            "-accept",
                            "127.0.0.1:0",
                            "-cert",
                            pem.toString(),
                            "-cipher",
                            "DEFAULT:@SECLEVEL=0")
                    .redirectErrorStream(true)
                    .start();
            var reader = process.inputReader();
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var ready = READY.matcher(line);
                if (ready.find()) {
                    return new OpenSslServer(process, Integer.parseInt(ready.group(1)));
                }
            }
            throw new IOException("openssl s_server did not start");
        }

        private static String pem(String kind, byte[] octets) {
            return "-----BEGIN " + kind + "-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
                    + "\n-----END " + kind + "-----\n";
        }

        Socket connect() throws IOException {
            var socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(PATIENCE_SECONDS * 1000);
            return socket;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /// Keeps the list honest: each of its names is a case.
    @Test
    void theListedDifferencesAreCases() {
        Map<String, String> all = OpenSslDifferences.byCase();
        assertThat(CertificateCases.all()).extracting(CertificateCase::name).containsAll(all.keySet());
    }
}
