package org.danelaw.app;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.danelaw.lab.peers.ChildProcess;
import org.danelaw.lab.peers.Postfix;

/// A relay under measurement: Postfix or Danelaw, as an administrator would run them, with the same resolver and with
/// their queues on the same disk.
///
/// @param listener where it takes mail
record RelaySubject(String name, InetSocketAddress listener, ChildProcess process, Runnable end) implements Closeable {
    /// Where the DNS and the destinations are.
    ///
    /// @param nameServer the resolver's address, at port 53
    record Surroundings(String nameServer, Path anchors) {}

    private static final AtomicInteger STARTED = new AtomicInteger();

    /// Each has an address of its own, lest it answers for one that is ending.
    private static InetSocketAddress freeListener() {
        return new InetSocketAddress("127.0.25." + (100 + STARTED.getAndIncrement()), 10_025);
    }

    /// Postfix at `smtp_tls_security_level = dane`.
    static RelaySubject postfix(String name, Path folder, Surroundings around, Map<String, String> settings)
            throws IOException {
        var listener = freeListener();
        var setup = Postfix.Setup.relay(listener, around.nameServer(), "dane").and(settings);
        var postfix = Postfix.running(Files.createDirectories(folder), setup);
        return new RelaySubject(name, listener, postfix.process(), postfix::close);
    }

    /// The packaged gateway, opportunistic DANE, started by its launcher.
    static RelaySubject danelaw(Path folder, Surroundings around, Path launcher, String more) throws Exception {
        var listener = freeListener();
        Files.createDirectories(folder);
        var file = Files.writeString(folder.resolve("gw.toml"), """
                [node]
                hostname = "danelaw.example"
                data-directory = "data"
                [dns]
                trust-anchor = "%s"
                [[dns.resolver]]
                address = "%s:53"
                [[listener]]
                name = "inside"
                address = "%s:%d"
                [[listener.sender-group]]
                name = "own-servers"
                networks = ["127.0.0.0/8"]
                policy = "relayed"
                [mail-flow-policy.relayed]
                action = "relay"
                max-messages = 1000000
                [destination-controls.default]
                dane = "opportunistic"
                %s
                """.formatted(
                        around.anchors(),
                        around.nameServer(),
                        listener.getAddress().getHostAddress(),
                        listener.getPort(),
                        more));
        var process = ChildProcess.start(
                folder, "danelaw", List.of(launcher.toString(), "serve", "--config", file.toString()));
        while (!Files.readString(process.log()).contains("danelaw ready")) {
            if (!process.isAlive()) {
                throw new IOException("danelaw did not start: " + Files.readString(process.log()));
            }
            Thread.sleep(Duration.ofMillis(20));
        }
        return new RelaySubject("Danelaw", listener, process, process::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
