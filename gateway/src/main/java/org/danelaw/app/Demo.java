package org.danelaw.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.danelaw.dns.FailureText;

/// The demo from its first line to the end of its summary.
final class Demo {
    private final Screen screen;
    private final Path folder;
    private final long began = System.nanoTime();

    Demo(Screen screen, Path folder) {
        this.screen = screen;
        this.folder = folder;
    }

    void introduce() {
        """
        Danelaw hands mail over only to hosts that the recipient's DNS, proved from the root down, says are the right
        ones (DANE, RFC 7672). This demo builds an internet of its own on this machine's loopback: a signed DNS root,
        domains that keep DANE well, that have none, and that are broken or attacked in every way we know. Two real
        gateways send a message to each: one under "opportunistic" DANE (held to it wherever the domain has it), one
        under "mandatory" DANE (never without it).
        """.lines().forEach(screen::line);
        screen.line();
    }

    DemoWorld start() throws IOException {
        screen.status("  making keys, zones and certificates ...");
        var world = DemoWorld.start(folder);
        screen.line("%d domains, %d signed zones, %d mail hosts; spools, logs and configurations in %s"
                .formatted(
                        world.domains().size(),
                        world.live().realm().internet().zones().size(),
                        world.live().realm().hosts().size(),
                        folder));
        int port = world.live().realm().port();
        screen.line(
                "(no root is needed: mail hosts listen at port %d, so TLSA records stand at _%d._tcp, not at _25._tcp)"
                        .formatted(port, port));
        world.leftOut().forEach(domain -> screen.line("left out, for this machine has no IPv6: " + domain.mailName()));
        screen.line();
        return world;
    }

    /// Sends all mail, shows what becomes of it, and tells whether that is what must become of it.
    boolean show(DemoWorld world) throws IOException, InterruptedException {
        var failures = new ConcurrentLinkedQueue<Exception>();
        for (var mode : DemoMode.values()) {
            Thread.ofVirtual().name("postman-" + mode.word()).start(() -> send(world, mode, failures));
        }
        var rows = new DemoTable(screen, world).show();
        if (!failures.isEmpty()) {
            throw new IOException("mail could not be handed in: " + FailureText.of(failures.element()));
        }
        return new DemoSummary(screen, rows).show(world.arrived(), Duration.ofNanos(System.nanoTime() - began));
    }

    private static void send(DemoWorld world, DemoMode mode, ConcurrentLinkedQueue<Exception> failures) {
        try {
            world.postman(mode).send(world.domains());
        } catch (IOException failed) {
            failures.add(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
