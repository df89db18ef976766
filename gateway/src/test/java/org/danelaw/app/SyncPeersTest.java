package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a kill cannot show, since it leaves the page cache alone: no 250 is written before the disk has the message.
@Tag("peers")
@Timeout(600)
class SyncPeersTest {
    private static final int SMALL = 200;
    private static final int LARGE = 20;

    /// Above what the database takes.
    private static final int LARGE_OCTETS = 300_000;

    @TempDir
    private Path folder;

    @Test
    void everyMessageIsSyncedBetweenItsFinalDotAndIts250() throws Exception {
        var told = traced(Main.class, "serve", "--config", configuration().toString());

        assertThat(told).hasSize(SMALL + LARGE);
        assertThat(told).filteredOn(Acknowledgement::inFile).hasSize(LARGE);
        assertThat(told).allMatch(Acknowledgement::isTrue);
        System.out.printf(
                "fsync before 250: true of %d messages, %d of them in files of their own%n", told.size(), LARGE);
    }

    @Test
    void withoutSyncsTheSameLookFindsThatNot() throws Exception {
        var told = traced(UnsyncedServe.class, configuration().toString());

        assertThat(told).hasSize(SMALL + LARGE).noneMatch(Acknowledgement::isTrue);
        System.out.printf("fsync before 250, synchronous=OFF: untrue of %d messages%n", told.size());
    }

    /// Nothing is delivered: the only resolver is not there.
    private Path configuration() throws Exception {
        return Files.writeString(folder.resolve("gw.toml"), """
                [node]
                hostname = "gw.example"
                data-directory = "data"
                [[dns.resolver]]
                address = "127.0.0.1:1"
                [[listener]]
                name = "in"
                address = "127.0.0.1:0"
                [[listener.sender-group]]
                name = "loopback"
                networks = ["127.0.0.0/8"]
                policy = "out"
                [mail-flow-policy.out]
                action = "relay"
                """);
    }

    private List<Acknowledgement> traced(Class<?> main, String... words) throws Exception {
        var recording = folder.resolve("trace");
        var strace = List.of(
                "strace",
                "-f",
                "-ttt",
                "-T",
                "-yy",
                "-s",
                "40",
                "--seccomp-bpf",
                "-e",
                "trace=fsync,fdatasync,read,recvfrom,write,sendto",
                "-o",
                recording.toString());
        try (var serve = ServeProcess.start(strace, main, List.of(words), folder.resolve("gw.toml"))) {
            var listener = serve.awaitReady();
            feed(listener, SMALL, 10_240);
            feed(listener, LARGE, LARGE_OCTETS);
            serve.stop();
        }
        return Acknowledgement.in(SystemCall.read(Files.readAllLines(recording, StandardCharsets.ISO_8859_1)));
    }

    private static void feed(InetSocketAddress listener, int messages, int octets) throws Exception {
        var source = new ProcessBuilder(
                        "smtp-source",
                        "-s",
                        "4",
                        "-m",
                        Integer.toString(messages),
                        "-l",
                        Integer.toString(octets),
                        "-f",
                        "a@sender.example",
                        "-t",
                        "b@there.example",
                        "inet:127.0.0.1:" + listener.getPort())
                .inheritIO()
                .start();
        assertThat(source.waitFor()).as("smtp-source: all were taken").isZero();
    }
}
