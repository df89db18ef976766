package org.danelaw.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `danelaw serve` in a process of its own, with a configuration file: for tests that kill it, trace it, or let real
/// programs speak with it. Killed at the latest when it is closed.
public final class ServeProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final Path complaints;

    private ServeProcess(Process process, Path complaints) {
        this.process = process;
        this.said = process.inputReader();
        this.complaints = complaints;
    }

    /// Starts the program, and does not wait for it.
    public static ServeProcess start(Path configuration) throws IOException {
        return start(List.of(), Main.class, List.of("serve", "--config", configuration.toString()), configuration);
    }

    /// Starts the program in a heap of so many MiB, and does not wait for it.
    public static ServeProcess startWithin(int heapMegabytes, Path configuration) throws IOException {
        var command = ProgramProcess.command(Main.class, List.of("serve", "--config", configuration.toString()));
        // The latest word counts.
        command.add(command.indexOf("-cp"), "-Xmx" + heapMegabytes + "m");
        return start(command, configuration);
    }

    /// Starts the program under another, which becomes it in the end, and does not wait for it.
    public static ServeProcess startUnder(List<String> wrapper, Path configuration) throws IOException {
        return start(wrapper, Main.class, List.of("serve", "--config", configuration.toString()), configuration);
    }

    /// Starts it in this way: `wrapper` is put before the command, and `main` is the class that is run.
    static ServeProcess start(List<String> wrapper, Class<?> main, List<String> words, Path configuration)
            throws IOException {
        var command = new ArrayList<>(wrapper);
        command.addAll(ProgramProcess.command(main, words));
        return start(command, configuration);
    }

    private static ServeProcess start(List<String> command, Path configuration) throws IOException {
        var complaints = configuration.resolveSibling("serve.err");
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(complaints.toFile()))
                .start();
        return new ServeProcess(process, complaints);
    }

    /// Waits until it accepts mail; returns where its first listener does.
    public InetSocketAddress awaitReady() throws IOException {
        var line = said.readLine();
        if (line == null || !line.startsWith("danelaw ready ")) {
            throw new IOException("danelaw serve did not start: " + line + "\n" + Files.readString(complaints));
        }
        var address = line.split(" ", -1)[2].replaceFirst("^[^=]*=", "");
        var colon = address.lastIndexOf(':');
        return new InetSocketAddress(
                InetAddress.ofLiteral(address.substring(0, colon)), Integer.parseInt(address.substring(colon + 1)));
    }

    public long pid() {
        return process.pid();
    }

    /// SIGKILL; returns when it is dead.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// SIGTERM, to the program itself where it runs under a wrapper; returns its exit status.
    public int stop() throws InterruptedException {
        var program = process.children().findFirst().orElse(process.toHandle());
        program.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("danelaw serve does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
