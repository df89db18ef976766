package org.danelaw.app;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.danelaw.config.ConfigFile;
import org.danelaw.delivery.Dialer;
import org.danelaw.lab.mailhost.Mail;
import org.danelaw.lab.realm.Chapter;
import org.danelaw.lab.realm.Domain;
import org.danelaw.lab.realm.LiveRealm;
import org.danelaw.lab.realm.Realm;

/// The demo's world: a signed internet on loopback, and two real gateways in front of it that differ in one word of
/// their configuration. All files are in one folder, the configurations too.
final class DemoWorld implements Closeable {
    private static final String LISTENER = "inside";

    private final Path folder;
    private final LiveRealm live;
    private final Map<DemoMode, Gateway> gateways;
    private final Map<DemoMode, Witness> witnesses;
    private final Opened opened;

    private DemoWorld(
            Path folder,
            LiveRealm live,
            Map<DemoMode, Gateway> gateways,
            Map<DemoMode, Witness> witnesses,
            Opened opened) {
        this.folder = folder;
        this.live = live;
        this.gateways = gateways;
        this.witnesses = witnesses;
        this.opened = opened;
    }

    static DemoWorld start(Path folder) throws IOException {
        var opened = new Opened();
        try {
            var live = LiveRealm.start(Realm.danelaw(Instant.now(), LiveRealm.freePort()));
            opened.with(live, live::close);
            Files.writeString(folder.resolve("anchors"), live.realm().internet().anchorText());
            var witnesses = new EnumMap<DemoMode, Witness>(DemoMode.class);
            var gateways = new EnumMap<DemoMode, Gateway>(DemoMode.class);
            for (var mode : DemoMode.values()) {
                var witness = new Witness();
                witnesses.put(mode, witness);
                gateways.put(mode, opened.with(start(configuration(folder, mode, live), witness)));
            }
            return new DemoWorld(folder, live, gateways, witnesses, opened);
        } catch (IOException | RuntimeException failed) {
            opened.closeAfter(failed);
            throw failed;
        }
    }

    private static Path configuration(Path folder, DemoMode mode, LiveRealm live) throws IOException {
        var resolver = live.resolver().address();
        return Files.writeString(configuration(folder, mode), """
                [node]
                hostname = "%s.gateway.example"
                data-directory = "%s"

                [dns]
                trust-anchor = "anchors"
                timeouts-seconds = [2]

                [[dns.resolver]]
                address = "127.0.0.1:%d"

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

                [delivery]
                port = %d
                """.formatted(
                        mode.word(),
                        mode.word(),
                        resolver.getPort(),
                        LISTENER,
                        mode.word(),
                        live.realm().port()));
    }

    private static Path configuration(Path folder, DemoMode mode) {
        return folder.resolve(mode.word() + ".toml");
    }

    private static Gateway start(Path configuration, Witness witness) throws IOException {
        return switch (ConfigFile.read(configuration)) {
            case ConfigFile.Reading.Valid(var settings, var notes) ->
                Gateway.start(settings, Dialer::tcp, List.of(witness));
            case ConfigFile.Reading.Invalid(var problems) ->
                throw new IllegalStateException("the demo's own configuration has problems: " + problems);
        };
    }

    LiveRealm live() {
        return live;
    }

    /// The domains that this machine can show, by chapter.
    List<Chapter> chapters() {
        return live.realm().chapters().stream()
                .map(chapter -> new Chapter(
                        chapter.title(),
                        chapter.domains().stream().filter(live::runs).toList()))
                .toList();
    }

    List<Domain> domains() {
        return live.realm().domains().stream().filter(live::runs).toList();
    }

    List<Domain> leftOut() {
        return live.realm().domains().stream()
                .filter(domain -> !live.runs(domain))
                .toList();
    }

    /// What brings mail to a gateway.
    Postman postman(DemoMode mode) {
        var address = Objects.requireNonNull(gateways.get(mode)).addresses().get(LISTENER);
        return new Postman(mode, Objects.requireNonNull(address), witness(mode));
    }

    Witness witness(DemoMode mode) {
        return Objects.requireNonNull(witnesses.get(mode));
    }

    int endedCount() {
        return witnesses.values().stream().mapToInt(Witness::count).sum();
    }

    /// All that the mail hosts accepted.
    List<Mail> arrived() {
        return live.realm().hosts().stream()
                .flatMap(host -> live.hosts(host.name()).stream())
                .flatMap(host -> host.mails().stream())
                .filter(Mail::accepted)
                .toList();
    }

    /// The configuration file of a gateway, for `daneverify` in the same world.
    Path configuration(DemoMode mode) {
        return configuration(folder, mode);
    }

    @Override
    public void close() throws IOException {
        opened.close();
    }
}
