package org.danelaw.lab.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// A server that runs for as long as this is open; what it prints goes to a log file.
public final class ChildProcess implements AutoCloseable {
    private static final Duration TIME_TO_START = Duration.ofSeconds(30);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);
    private static final int CLOCK_TICKS_PER_SECOND = 100;

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread atExit;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.atExit = new Thread(this::kill);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// Starts `command`; its first word names the log file `<name>.log` in `directory`.
    public static ChildProcess start(Path directory, String name, List<String> command) throws IOException {
        var log = directory.resolve(name + ".log");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        return new ChildProcess(name, log, process);
    }

    /// Waits until `ready` holds; a server that ends before, or takes too long, is an error that shows its log.
    ChildProcess awaiting(BooleanSupplier ready) throws IOException {
        var end = Instant.now().plus(TIME_TO_START);
        while (!ready.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IOException(name + " did not start:\n" + Files.readString(log));
            }
            pause();
        }
        return this;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    /// The processor time that the process and all its descendants have used, user and system, from `/proc`: those that
    /// have ended count where their parent has taken note of it.
    public Duration processorTime() {
        long ticks = family().mapToLong(member -> ticksOf(member.pid())).sum();
        return Duration.ofMillis(ticks * 1000 / CLOCK_TICKS_PER_SECOND);
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static long ticksOf(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // utime, stime, and both for children that were waited for: proc_pid_stat(5).
            return Stream.of(11, 12, 13, 14)
                    .mapToLong(field -> Long.parseLong(fields[field]))
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }

    /// The memory of the process and its living descendants, in octets: what they share is counted once (the sum of
    /// their proportional set sizes).
    public long proportionalSetSize() {
        return family().mapToLong(member -> setSizeOf(member.pid())).sum();
    }

    private static long setSizeOf(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    @Override
    public void close() {
        var family = family().toList();
        family.forEach(ProcessHandle::destroy);
        try {
            process.waitFor(TIME_TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            kill();
        }
    }

    private void kill() {
        family().toList().forEach(ProcessHandle::destroyForcibly);
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a server to start", interrupted);
        }
    }
}
