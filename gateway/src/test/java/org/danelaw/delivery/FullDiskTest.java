package org.danelaw.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.danelaw.app.ServeProcess;
import org.danelaw.lab.exam.Exam;
import org.danelaw.lab.exam.ExamResult;
import org.danelaw.lab.nameserver.Answers;
import org.danelaw.lab.nameserver.NameServer;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;
import org.danelaw.smtp.Telnet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real `danelaw serve` whose spool lies on a small disk that fills up and gets room again: what it acknowledged is
/// delivered once, what it cannot keep is refused for now, and what waits goes out meanwhile.
///
/// The disk is a tmpfs in a mount namespace of the gateway's own, which needs no root where the system lets users have
/// one.
@Timeout(300)
final class FullDiskTest {
    private static final int MESSAGES = Exam.takes(20, 300);
    private static final long DISK_MEGABYTES = 170;

    /// More than the gateway itself may fill, less than it wants to be left.
    private static final long NEARLY_FULL_OCTETS = 40L << 20;

    private static final String SMALL = "Subject: x\r\n\r\nBody\r\n.";
    private static final String LARGE = "Subject: x\r\n\r\n" + ("x".repeat(70) + "\r\n").repeat(10_000) + ".";
    private static final String NO_ROOM = "452 4.3.1 there is no room for mail now, try again later";

    @TempDir
    private Path folder;

    private final List<String> acknowledged = new ArrayList<>();

    @Test
    void mailIsRefusedForNowWhileTheDiskIsFullAndWhatWasTakenIsDeliveredOnce() throws Exception {
        var data = Files.createDirectory(folder.resolve("data"));
        assumeTrue(mayMount(data), "this system gives its users no mount namespaces");
        var internet = Internet.at(Instant.now(), Zone.named("sink.example").with("@ MX 10 mx\nmx A 127.0.0.1\n"));
        Files.writeString(folder.resolve("anchors"), internet.anchorText());
        try (var dns = NameServer.start(Answers.recursive(internet));
                var sink = new Peer().reply("RCPT", "451 4.2.0 later");
                var process = ServeProcess.startUnder(onASmallDisk(data), configuration(sink, dns))) {
            var gateway = process.awaitReady();
            var disk = Path.of("/proc/" + process.pid() + "/root" + data.toAbsolutePath());
            for (var i = 0; i < MESSAGES; i++) {
                send(gateway, "early" + i);
                send(gateway, "held" + i);
            }
            try (var small = underWay(gateway, "small");
                    var large = underWay(gateway, "large")) {
                fill(disk, NEARLY_FULL_OCTETS);
                awaitAnswer(gateway, NO_ROOM);
                sink.reply("RCPT TO:<early", "250 ok");
                awaitArrivals(sink, MESSAGES);

                fill(disk, 0);
                // The log may have a place for it left from earlier mail.
                var answer = small.say(SMALL);
                if (answer.startsWith("250 ")) {
                    acknowledged.add("small@sink.example");
                } else {
                    assertThat(answer).isEqualTo(NO_ROOM);
                }
                assertThat(large.say(LARGE)).isEqualTo(NO_ROOM);
                awaitAnswer(gateway, NO_ROOM);
            }
            sink.reply("RCPT", "250 ok");
            Files.delete(disk.resolve("filler"));
            awaitAnswer(gateway, "250 ");
            send(gateway, "late");
            awaitArrivals(sink, acknowledged.size());

            assertThat(arrived(sink)).containsExactlyInAnyOrderElementsOf(acknowledged);
            assertThat(bodies(disk)).isEmpty();
            ExamResult.unseeded(
                            "full-disk",
                            acknowledged.size(),
                            "messages",
                            MESSAGES + " of them delivered while the disk was nearly full; each came once, and what"
                                    + " found no room was refused")
                    .report();
        }
    }

    private static List<String> arrived(Peer sink) {
        return sink.arrivals().stream().map(Peer.Arrival::recipient).toList();
    }

    private static List<String> bodies(Path disk) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(disk.resolve("spool/bodies"))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    private static List<String> onASmallDisk(Path data) {
        return List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + DISK_MEGABYTES + "m tmpfs '" + data + "' && exec \"$@\"",
                "sh");
    }

    private static boolean mayMount(Path data) throws InterruptedException {
        try {
            var command = new ArrayList<>(onASmallDisk(data));
            command.add("true");
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private void send(InetSocketAddress gateway, String name) throws IOException {
        try (var client = underWay(gateway, name)) {
            assertThat(client.say(SMALL)).startsWith("250 ");
            acknowledged.add(name + "@sink.example");
        }
    }

    /// A transaction whose message is awaited.
    private static Telnet underWay(InetSocketAddress gateway, String name) throws IOException {
        var client = Telnet.to(gateway);
        client.reply();
        client.say("EHLO client.example");
        client.say("MAIL FROM:<a@one.example>");
        client.say("RCPT TO:<" + name + "@sink.example>");
        assertThat(client.say("DATA")).startsWith("354 ");
        return client;
    }

    /// Waits until mail is answered so: the gateway looks at its disk once in a while.
    private static void awaitAnswer(InetSocketAddress gateway, String beginning) throws Exception {
        try (var client = Telnet.to(gateway)) {
            client.reply();
            client.say("EHLO client.example");
            var answer = client.say("MAIL FROM:<a@one.example>");
            for (var i = 0; i < 150 && !answer.startsWith(beginning); i++) {
                client.say("RSET");
                Thread.sleep(100);
                answer = client.say("MAIL FROM:<a@one.example>");
            }
            assertThat(answer).startsWith(beginning);
        }
    }

    private static void awaitArrivals(Peer sink, int messages) throws InterruptedException {
        for (var i = 0; i < 4_000 && sink.arrivals().size() < messages; i++) {
            Thread.sleep(50);
        }
        assertThat(sink.arrivals()).hasSizeGreaterThanOrEqualTo(messages);
    }

    /// Takes room on the disk until only so much is left.
    private static void fill(Path disk, long left) throws IOException {
        try (var filler =
                Files.newOutputStream(disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var room = disk.toFile().getUsableSpace();
                    room > left;
                    room = disk.toFile().getUsableSpace()) {
                filler.write(new byte[Math.toIntExact(Math.min(room - left, 1 << 20))]);
            }
        }
    }

    private Path configuration(Peer sink, NameServer dns) throws IOException {
        return Files.writeString(
                folder.resolve("gw.toml"),
                PlainRelay.configuration("gw.example", 0, sink, dns) + PlainRelay.WITHOUT_PATIENCE);
    }
}
