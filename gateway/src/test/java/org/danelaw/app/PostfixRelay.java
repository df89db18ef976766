package org.danelaw.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.danelaw.lab.peers.Postfix;
import org.danelaw.lab.realm.Domain;

/// A real Postfix that relays by MX under the security level that corresponds to a kind of DANE.
final class PostfixRelay implements AutoCloseable {
    private static final InetSocketAddress LISTENER = new InetSocketAddress("127.0.25.1", 10_025);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final DemoMode mode;
    private final Postfix postfix;

    private PostfixRelay(DemoMode mode, Postfix postfix) {
        this.mode = mode;
        this.postfix = postfix;
    }

    static PostfixRelay running(DemoMode mode, Path directory, String nameServer) throws IOException {
        var level = switch (mode) {
            case OPPORTUNISTIC -> "dane";
            case MANDATORY -> "dane-only";
        };
        var relay = Postfix.Setup.relay(LISTENER, nameServer, level);
        var settings = new HashMap<>(relay.settings());
        // Each message on a connection of its own, so that the log tells which connection took it.
        settings.put("smtp_connection_cache_on_demand", "no");
        var setup = new Postfix.Setup(relay.listen(), relay.nameServer(), settings);
        return new PostfixRelay(mode, Postfix.running(Files.createDirectories(directory), setup));
    }

    /// Sends a message to each domain, and waits until the first attempt of each has ended; by domain.
    Map<String, PostfixLog.Ended> send(List<Domain> domains) throws Exception {
        new Mailbag(LISTENER).send(domains.stream().map(mode::recipient).toList());
        var end = Instant.now().plus(PATIENCE);
        while (!hasAll(domains) && Instant.now().isBefore(end)) {
            Thread.sleep(200);
        }
        return PostfixLog.read(postfix.log());
    }

    private boolean hasAll(List<Domain> domains) throws IOException {
        var ended = PostfixLog.read(postfix.log()).keySet();
        return ended.containsAll(domains.stream().map(mode::recipient).toList());
    }

    @Override
    public void close() {
        postfix.close();
    }
}
