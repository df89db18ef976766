package org.danelaw.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Event;
import org.danelaw.events.MailLog;
import org.danelaw.events.Numbering;
import org.danelaw.policy.DestinationRule.DaneSupport;
import org.danelaw.policy.DestinationRule.InsecureMx;
import org.danelaw.policy.DestinationRule.IpPreference;
import org.danelaw.policy.DestinationRule.TlsSupport;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.policy.Verdict;
import org.danelaw.policy.WhenUnavailable;
import org.danelaw.queue.Mail;
import org.danelaw.queue.NewMessage;
import org.danelaw.queue.SqliteQueue;
import org.danelaw.queue.Synchronous;
import org.danelaw.smtp.SmtpTimeouts;
import org.danelaw.tls.Evidence;
import org.danelaw.tls.Handshake;
import org.danelaw.tls.TlsConnector;

/// Delivery with a real spool and real sockets, in a world of facts and scripted peers, with a clock
/// whose time a test lets pass, and which it sets.
final class Gateway implements Closeable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    static final byte[] CONTENT = "From: a@one.example\r\nSubject: hello\r\n\r\nBody\r\n".getBytes(US_ASCII);

    final Facts facts = new Facts();
    final List<Event> events = new CopyOnWriteArrayList<>();
    /// What was dialled, in order.
    final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();

    private final Map<InetAddress, InetSocketAddress> places = new ConcurrentHashMap<>();
    private final Map<InetAddress, Dialer> dialers = new ConcurrentHashMap<>();
    private final Path folder;
    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration wallSet = Duration.ZERO;
    private volatile DeliverySettings settings = settings(DestinationControls.NONE);
    private volatile TlsConnector tls = Gateway::everythingMatches;
    private volatile Runnable whenDialled = () -> {};
    private Optional<SqliteQueue> spool = Optional.empty();
    private Optional<Dispatcher> dispatcher = Optional.empty();

    Gateway(Path folder) {
        this.folder = folder;
    }

    static DeliverySettings settings(DestinationControls controls) {
        return settings("gw.example", controls);
    }

    static DeliverySettings settings(String hostname, DestinationControls controls) {
        return new DeliverySettings(
                hostname,
                Set.of(new InetSocketAddress("192.0.2.99", 25)),
                25,
                List.of(),
                InsecureMx.DANE,
                WhenUnavailable.DEFER,
                1_000,
                Duration.ofSeconds(5),
                new SmtpTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE, PATIENCE),
                true,
                0,
                SmtpRoutes.NONE,
                controls,
                Map.of());
    }

    /// All destinations under one rule.
    Gateway rule(TlsSupport tlsSupport, DaneSupport dane) {
        return settings(settings(new DestinationControls(control(tlsSupport, dane), Map.of())));
    }

    static DestinationControl control(TlsSupport tlsSupport, DaneSupport dane) {
        return new DestinationControl(
                tlsSupport,
                dane,
                IpPreference.IPV4_PREFERRED,
                500,
                50,
                Optional.empty(),
                DestinationControl.LimitBy.DOMAIN,
                Optional.empty());
    }

    Gateway settings(DeliverySettings other) {
        settings = other;
        return this;
    }

    Gateway whenUnavailable(WhenUnavailable which) {
        return settings(altered().whenUnavailable(which).settings());
    }

    /// With these routes, all else as it was.
    Gateway routes(SmtpRoute... routes) {
        return settings(altered().routes(SmtpRoutes.of(List.of(routes))).settings());
    }

    Gateway timeouts(SmtpTimeouts timeouts) {
        return settings(altered().timeouts(timeouts).settings());
    }

    Altered altered() {
        return Altered.from(settings);
    }

    /// All destinations under this control.
    Gateway control(DestinationControl control) {
        return settings(settings(new DestinationControls(control, Map.of())));
    }

    /// What a handshake comes to.
    Gateway tls(TlsConnector connector) {
        tls = connector;
        return this;
    }

    /// Leads an address of the world to a peer.
    Gateway peer(String address, Peer peer) {
        return peer(address, peer.address());
    }

    /// Leads an address of the world to a port on loopback.
    Gateway peer(String address, int port) {
        return peer(address, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private Gateway peer(String address, InetSocketAddress place) {
        places.put(InetAddress.ofLiteral(address), place);
        return this;
    }

    /// Dials an address of the world so.
    Gateway dialer(String address, Dialer dialer) {
        dialers.put(InetAddress.ofLiteral(address), dialer);
        return this;
    }

    /// Does this, too, whenever an address is dialled.
    Gateway whenDialled(Runnable what) {
        whenDialled = what;
        return this;
    }

    SqliteQueue spool() throws IOException {
        if (spool.isEmpty()) {
            spool = Optional.of(SqliteQueue.open(folder, Synchronous.OFF, events::add));
        }
        return spool.get();
    }

    Gateway start() throws IOException {
        var network = new Network(facts, this::dial, (plain, requirement) -> tls.secure(plain, requirement));
        dispatcher = Optional.of(Dispatcher.start(
                spool(),
                network,
                new Remembered(Numbering.open(folder.resolve("dcid")), Suspensions.open(folder.resolve("suspended"))),
                events::add,
                () -> settings,
                this::reading));
        return this;
    }

    Deliveries deliveries() {
        return dispatcher.orElseThrow();
    }

    private java.net.Socket dial(InetSocketAddress remote, Optional<InetAddress> source, Duration timeout)
            throws IOException {
        dialled.add(remote);
        whenDialled.run();
        var dialer = dialers.get(remote.getAddress());
        if (dialer != null) {
            return dialer.dial(remote, source, timeout);
        }
        var place = places.get(remote.getAddress());
        if (place == null) {
            throw new IOException("Connection refused");
        }
        return Dialer.tcp(place, source, timeout);
    }

    private SteadyClock.Reading reading() {
        var elapsed = ahead;
        return new SteadyClock.Reading(
                Instant.now().plus(elapsed).plus(wallSet), System.nanoTime() + elapsed.toNanos());
    }

    /// Sets the wall clock, and lets the dispatcher see it: no time passes by that.
    Gateway setWallClock(Duration forward) {
        wallSet = wallSet.plus(forward);
        dispatcher.ifPresent(Dispatcher::lookAgain);
        return this;
    }

    /// Lets time pass, and lets the dispatcher see it.
    Gateway later(Duration span) throws IOException {
        ahead = ahead.plus(span);
        dispatcher.orElseThrow().lookAgain();
        return this;
    }

    Instant now() {
        return reading().wall();
    }

    long put(String... recipients) throws IOException {
        return put(Mail.to(recipients));
    }

    /// Takes a message in, as received now.
    long put(NewMessage message) throws IOException {
        return Mail.put(
                spool(),
                new NewMessage(
                        message.envelope(),
                        message.policy(),
                        message.dane(),
                        message.bounceProfile(),
                        now(),
                        message.origin()),
                CONTENT);
    }

    /// The mail log so far, without the lines of the spool.
    List<String> log() {
        return events.stream()
                .filter(event -> event instanceof DeliveryEvent)
                .flatMap(event -> MailLog.lines(event).stream())
                .map(line -> line.text())
                .toList();
    }

    /// Waits until the log has a line with each of these.
    Gateway awaitLog(String... parts) {
        for (var part : parts) {
            await("a log line with '" + part + "'", () -> log().stream().anyMatch(line -> line.contains(part)));
        }
        return this;
    }

    /// Waits until so many log lines have this.
    Gateway awaitLog(int times, String part) {
        await(
                times + " log lines with '" + part + "'",
                () -> log().stream().filter(line -> line.contains(part)).count() >= times);
        return this;
    }

    void await(String what, BooleanSupplier condition) {
        // Asked no more once it is so: a look may itself change what it looks at.
        boolean isSo = condition.getAsBoolean();
        for (var i = 0; i < 1_200 && !isSo; i++) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            isSo = condition.getAsBoolean();
        }
        assertThat(isSo)
                .as("%s; the log is:%n%s", what, String.join("\n", log()))
                .isTrue();
    }

    void awaitEmptySpool() throws IOException {
        var queue = spool();
        await("an empty spool", () -> {
            try {
                return queue.counts().recipients() == 0;
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Override
    public void close() throws IOException {
        if (dispatcher.isPresent()) {
            dispatcher.get().close();
        }
        if (spool.isPresent()) {
            spool.get().close();
        }
        dispatcher = Optional.empty();
        spool = Optional.empty();
    }

    static Handshake everythingMatches(java.net.Socket plain, TlsRequirement requirement) {
        var verdict = requirement instanceof TlsRequirement.Dane dane
                ? new Verdict.Matched(dane.records().getFirst(), 0, Optional.empty())
                : new Verdict.Unchecked("");
        return new Handshake.Secured(plain, verdict, evidence());
    }

    static Handshake nothingMatches(java.net.Socket plain, TlsRequirement requirement) {
        close(plain);
        return new Handshake.Refused(new Verdict.Mismatched(List.of("no record admits the certificate")), evidence());
    }

    static Handshake noHandshake(java.net.Socket plain, TlsRequirement requirement) {
        close(plain);
        return new Handshake.Failed("handshake_failure");
    }

    private static void close(java.net.Socket socket) {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Evidence evidence() {
        return new Evidence("TLSv1.3", "TLS_AES_256_GCM_SHA384", "x25519", Names.of("mx.two.example"), List.of());
    }
}
