package org.danelaw.intake;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.danelaw.smtp.SmtpServer;

/// All listeners: opened together, stopped together, counted together.
public final class Intake implements Closeable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final Services services;
    private final ClientLedger ledger;
    private final List<Listener> listeners = new ArrayList<>();
    private final LongSupplier icids;
    private final AtomicInteger open = new AtomicInteger();

    private Intake(Services services, LongSupplier icids) {
        this.services = services;
        this.icids = icids;
        this.ledger = new ClientLedger(services.clock());
    }

    /// Binds every address, or none.
    ///
    /// @param icids numbers the connections
    /// @throws BindException that names the listener and its address, where that is not to be had
    public static Intake open(List<ListenerSettings> settings, Services services, LongSupplier icids)
            throws IOException {
        Intake intake = new Intake(services, icids);
        try {
            for (ListenerSettings listener : settings) {
                intake.listeners.add(bind(listener, intake));
            }
        } catch (IOException notToBeHad) {
            intake.stopAccepting();
            throw notToBeHad;
        }
        return intake;
    }

    private static Listener bind(ListenerSettings settings, Intake intake) throws IOException {
        try {
            return Listener.bind(settings, intake);
        } catch (IOException notToBeHad) {
            BindException named = new BindException("listener " + settings.name() + " cannot listen on "
                    + settings.address() + ": " + notToBeHad.getMessage());
            named.initCause(notToBeHad);
            throw named;
        }
    }

    /// Begins to accept clients, on all listeners.
    public void start() {
        listeners.forEach(Listener::start);
    }

    /// The address that each listener really listens on, by the listener's name.
    public Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        listeners.forEach(listener -> addresses.put(listener.settings().name(), listener.address()));
        return addresses;
    }

    /// Stops within [IntakeLimits#SHUTDOWN_GRACE].
    @Override
    public void close() {
        stop(IntakeLimits.SHUTDOWN_GRACE);
    }

    /// Accepts nobody more, tells idle clients 421, lets open transactions end, and after `grace` ends the rest.
    public void stop(Duration grace) {
        stopAccepting();
        // Each in a thread of its own: a client that does not take its 421 must not hold up the others'.
        eachSession(session -> Thread.ofVirtual().start(session::shutDown));
        if (!waitForSessions(grace)) {
            eachSession(SmtpServer::abort);
        }
    }

    private void stopAccepting() {
        listeners.forEach(Listener::close);
    }

    private void eachSession(Consumer<SmtpServer> step) {
        listeners.forEach(listener -> listener.sessions().forEach(step));
    }

    private boolean waitForSessions(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        try {
            while (open.get() > 0 && System.nanoTime() - end < 0) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        return open.get() == 0;
    }

    Services services() {
        return services;
    }

    ClientLedger ledger() {
        return ledger;
    }

    long nextIcid() {
        return icids.getAsLong();
    }

    /// Counts a connection, which must be given back with [#disconnected]; returns how many there now are.
    int connected() {
        return open.incrementAndGet();
    }

    void disconnected() {
        open.decrementAndGet();
    }

    /// Whether there are so many clients that this one gets not even a refusal.
    boolean isOverrun(int connections) {
        return connections > IntakeLimits.CONNECTIONS + IntakeLimits.TURNED_AWAY_AT_ONCE;
    }

    /// Why a client is let go at once, where it is.
    Optional<String> turnsAway(int connections, int ofThisClient, MailFlowPolicy policy) {
        if (connections > IntakeLimits.CONNECTIONS) {
            return Optional.of("4.3.2 too many connections, try again later");
        }
        return ofThisClient > policy.maxConnections()
                ? Optional.of("4.7.0 more than " + policy.maxConnections() + " connections from your address")
                : Optional.empty();
    }
}
