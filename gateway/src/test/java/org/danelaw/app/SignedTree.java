package org.danelaw.app;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import org.danelaw.lab.peers.Nsd;
import org.danelaw.lab.peers.Unbound;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Zone;

/// A signed internet as real servers serve it: NSD has the zones, and Unbound, which validates, answers for them.
record SignedTree(Nsd nsd, Unbound unbound, InetSocketAddress resolver, Path anchors) implements AutoCloseable {
    static SignedTree of(Path folder, Zone... zones) throws IOException {
        return of(folder, freeAddress(), zones);
    }

    /// With the authoritative server at `authority`. For delegations without DS it is where their parent says that its
    /// name servers are: Unbound, looking for a DS that is not there, goes by that.
    static SignedTree of(Path folder, InetSocketAddress authority, Zone... zones) throws IOException {
        var internet = Internet.at(Instant.now(), zones);
        internet.writeTo(folder);
        var files = new HashMap<String, Path>();
        internet.zones().forEach(zone -> files.put(zone.name().toString(), folder.resolve(Internet.fileName(zone))));
        var resolver = freeAddress();
        var anchors = folder.resolve("anchors");
        var nsd = Nsd.serving(folder, authority, files);
        try {
            var setup = Unbound.Setup.validating(resolver, authority, anchors);
            return new SignedTree(nsd, Unbound.running(folder, "unbound", setup), resolver, anchors);
        } catch (IOException failed) {
            nsd.close();
            throw failed;
        }
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (var probe = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            return (InetSocketAddress) probe.getLocalSocketAddress();
        }
    }

    @Override
    public void close() {
        unbound.close();
        nsd.close();
    }
}
