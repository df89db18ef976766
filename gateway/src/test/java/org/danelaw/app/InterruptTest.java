package org.danelaw.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C at a command: it ends at once, with the status that a shell expects, and without a stack trace.
@Timeout(120)
class InterruptTest {
    private static final int INTERRUPTED = 130;

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
    void daneverifySaysThatNothingWasDecided() throws Exception {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var process = start("daneverify", "--resolver", "127.0.0.1:" + silent.getLocalPort(), "x.example");
            silent.receive(new DatagramPacket(new byte[512], 512));
            interrupt(process);
        }
        assertThat(errors()).isEqualTo("danelaw: daneverify: interrupted before anything was decided\n");
    }

    @Test
    void atThePromptThereIsNothingToSay() throws Exception {
        var process = start("daneverify", "--resolver", "127.0.0.1");
        assertThat(process.getInputStream().readNBytes(4)).asString().isEqualTo("[]> ");
        interrupt(process);
        assertThat(errors()).isEmpty();
    }

    @Test
    void theDemoEndsWithoutAStackTrace() throws Exception {
        var process = start("demo");
        assertThat(process.inputReader().readLine()).isNotNull();
        interrupt(process);
        assertThat(errors()).doesNotContain("Exception", "\tat ");
    }

    private Process start(String... words) throws IOException {
        var process = new ProcessBuilder(ProgramProcess.command(Main.class, List.of(words)))
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        assumeFalse(isDeaf(process), "what a shell runs in the background is not interrupted");
        var kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(INTERRUPTED);
    }

    /// A shell has its background jobs ignore SIGINT, and their children inherit that.
    private static boolean isDeaf(Process process) throws IOException {
        try (var status = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return status.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8).strip(), 16) & 2) != 0);
        }
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
