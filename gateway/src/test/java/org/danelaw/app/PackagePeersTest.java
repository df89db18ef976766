package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The archive that `./mvnw verify` has made, unpacked, and run as an ordinary user may run it.
@Tag("peers")
@Timeout(180)
class PackagePeersTest {
    private static final String USER = "nobody";
    private static final String ADDRESS = "127.0.0.25";

    @TempDir
    private static Path folder;

    private static Path installed;
    private static Path configuration;

    @BeforeAll
    static void install() throws Exception {
        try (var archives = Files.newDirectoryStream(Path.of("target"), "danelaw-*.tar.gz")) {
            var all = new ArrayList<Path>();
            archives.forEach(all::add);
            assertThat(all).as("./mvnw verify makes the archive").hasSize(1);
            run("tar", "-xzf", all.getFirst().toAbsolutePath().toString(), "-C", folder.toString());
        }
        try (var unpacked = Files.newDirectoryStream(folder, "danelaw-*")) {
            installed = unpacked.iterator().next();
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var data = Files.createDirectory(folder.resolve("data"));
        configuration = Files.writeString(folder.resolve("danelaw.toml"), """
                [node]
                hostname = "gw.example"
                data-directory = "%s"

                [[dns.resolver]]
                address = "127.0.0.26:1"

                [[listener]]
                name = "inside"
                address = "%s:25"

                [[listener.sender-group]]
                name = "here"
                networks = ["127.0.0.0/8"]
                policy = "relayed"

                [mail-flow-policy.relayed]
                action = "relay"
                """.formatted(data, ADDRESS));
        run("chown", USER, data.toString(), configuration.toString());
    }

    @Test
    void anOrdinaryUserWithOneCapabilityTakesMailOnPort25AndFindsItAgainAfterAStop() throws Exception {
        var serve = start("serve", "--config", configuration.toString());
        try {
            assertThat(firstLine(serve)).isEqualTo("danelaw ready inside=" + ADDRESS + ":25");
            assertThat(send()).startsWith("250 ");
            assertThat(stop(serve)).isZero();
        } finally {
            serve.destroyForcibly();
        }

        var again = start("serve", "--config", configuration.toString());
        try {
            assertThat(firstLine(again)).startsWith("danelaw ready ");
            assertThat(said("cli", "--config", configuration.toString(), "status"))
                    .containsPattern("Active Recipients: +1\n");
            assertThat(stop(again)).isZero();
        } finally {
            again.destroyForcibly();
        }
    }

    @Test
    void theUnitIsGoodEnoughForSystemd() throws Exception {
        var unit = folder.resolve("danelaw.service");
        var there = installed.resolve("bin/danelaw").toString();
        Files.writeString(
                unit,
                Files.readString(installed.resolve("systemd/danelaw.service"))
                        .replace("/opt/danelaw/bin/danelaw", there)
                        .replace("User=danelaw", "User=daemon")
                        .replace("Group=danelaw", "Group=daemon"));
        var complaints = run("systemd-analyze", "verify", "--man=no", unit.toString());
        assertThat(complaints.lines().filter(line -> line.contains("danelaw.service")))
                .isEmpty();
    }

    private static Process start(String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + USER,
                "--regid=nogroup",
                "--clear-groups",
                "--inh-caps=-all,+net_bind_service",
                "--ambient-caps=-all,+net_bind_service",
                "--bounding-set=-all,+net_bind_service",
                installed.resolve("bin/danelaw").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JDK25_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static String said(String... words) throws Exception {
        var process = start(words);
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    private static String firstLine(Process process) throws IOException {
        return process.inputReader().readLine();
    }

    private static int stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /// Sends a message; returns the answer to its end.
    private static String send() throws IOException {
        try (var socket = new Socket(ADDRESS, 25)) {
            var replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var last = reply(replies);
            for (var line : List.of(
                    "EHLO client.example",
                    "MAIL FROM:<a@client.example>",
                    "RCPT TO:<b@there.example>",
                    "DATA",
                    "Subject: hello\r\n\r\nhello\r\n.")) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                last = reply(replies);
            }
            return last;
        }
    }

    private static String reply(BufferedReader replies) throws IOException {
        var line = replies.readLine();
        while (line != null && line.startsWith("-", 3)) {
            line = replies.readLine();
        }
        return String.valueOf(line);
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
