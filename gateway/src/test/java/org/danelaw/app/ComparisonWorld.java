package org.danelaw.app;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.danelaw.lab.peers.Unbound;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;

/// The named domains with their mail hosts at port 25, behind a real Unbound at port 53.
final class ComparisonWorld implements Closeable {
    static final String UNBOUND = "127.0.53.1";

    private static final int SMTP = 25;
    private static final int DNS = 53;
    private static final String LISTENER = "inside";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final LiveRealm live;
    private final Unbound unbound;

    private ComparisonWorld(Path folder, LiveRealm live, Unbound unbound) {
        this.folder = folder;
        this.live = live;
        this.unbound = unbound;
    }

    static ComparisonWorld start(Path folder) throws IOException {
        var live = LiveRealm.start(Realm.danelaw(Instant.now(), SMTP));
        try {
            var anchors = Files.writeString(
                    folder.resolve("anchors"), live.realm().internet().anchorText());
            var setup = Unbound.Setup.forwarding(
                    new InetSocketAddress(UNBOUND, DNS), live.resolver().address(), anchors);
            return new ComparisonWorld(folder, live, Unbound.running(folder, "unbound", setup));
        } catch (IOException | RuntimeException failed) {
            live.close();
            throw failed;
        }
    }

    /// Those that this machine can show.
    List<Domain> domains() {
        return live.realm().domains().stream().filter(live::runs).toList();
    }

    /// Sends a message to each domain through Danelaw, and waits until the first attempt of each has ended; by domain.
    Map<String, Ended> send(DemoMode mode) throws IOException, InterruptedException {
        var witness = new Witness();
        try (var gateway = start(mode, witness)) {
            var address = Objects.requireNonNull(gateway.addresses().get(LISTENER));
            new Postman(mode, address, witness).send(domains());
            var ended = new HashMap<String, Ended>();
            for (var domain : domains()) {
                witness.of(mode.recipient(domain), PATIENCE).ifPresent(how -> ended.put(mode.recipient(domain), how));
            }
            return ended;
        }
    }

    private Gateway start(DemoMode mode, Witness witness) throws IOException {
        var file = Files.writeString(
                folder.resolve(mode.word() + ".toml"), """
                [node]
                hostname = "gw.danelaw.example"
                data-directory = "%s"

                [dns]
                trust-anchor = "anchors"
                timeouts-seconds = [10]

                [[dns.resolver]]
                address = "%s:%d"

                [[listener]]
                name = "%s"
                address = "127.0.0.1:0"

                [[listener.sender-group]]
                name = "own-servers"
                networks = ["127.0.0.0/8"]
                policy = "relayed"

                [mail-flow-policy.relayed]
                action = "relay"

                [destination-controls.default]
                dane = "%s"
                """.formatted(mode.word(), UNBOUND, DNS, LISTENER, mode.word()));
        return switch (ConfigFile.read(file)) {
            case ConfigFile.Reading.Valid(var settings, var notes) ->
                Gateway.start(settings, Dialer::tcp, List.of(witness));
            case ConfigFile.Reading.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
        };
    }

    @Override
    public void close() throws IOException {
        unbound.close();
        live.close();
    }
}
