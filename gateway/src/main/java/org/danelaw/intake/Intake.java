package org.danelaw.intake;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.danelaw.smtp.SmtpLimits;
import org.danelaw.smtp.SmtpServer;

/// All listeners: opened together, stopped together, counted together.
public final class Intake implements Closeable {

    private final Services services;
    private final ClientLedger ledger;
    private final LongSupplier icids;
    private final AtomicInteger open = new AtomicInteger();
    private final Object allEnded = new Object();
    private final Set<SmtpServer> sessions = ConcurrentHashMap.newKeySet();
    private volatile List<Door> doors = List.of();
    private volatile boolean isStopping;

    private Intake(Services services, LongSupplier icids) {
        this.services = services;
        this.icids = icids;
        this.ledger = new ClientLedger(services.clock());
    }

    /// Binds every address, or none; nobody is answered before [#start].
    ///
    /// @param icids numbers the connections
    /// @throws BindException that names the listener and its address, where that is not to be had
    public static Intake open(List<ListenerSettings> settings, Services services, LongSupplier icids)
            throws IOException {
        Intake intake = new Intake(services, icids);
        List<Door> doors = new ArrayList<>();
        try {
            for (ListenerSettings listener : settings) {
                doors.add(Door.bind(new Listener(listener, intake, services)));
            }
        } catch (IOException notToBeHad) {
            doors.forEach(Door::close);
            throw notToBeHad;
        }
        intake.open(doors);
        return intake;
    }

    /// Begins to accept clients, on all listeners.
    public void start() {
        doors.forEach(Door::start);
    }

    /// Makes other listeners ready, under another host name perhaps. Who is connected is not touched, now or later; one
    /// change at a time.
    ///
    /// @throws BindException that names the listener and its address, where that is not to be had: then nothing is
    /// changed
    public IntakeChange prepare(String hostname, List<ListenerSettings> settings) throws BindException {
        Services terms = services.calling(hostname);
        return IntakeChange.of(
                this,
                settings.stream()
                        .map(listener -> new Listener(listener, this, terms))
                        .toList());
    }

    List<Door> doors() {
        return doors;
    }

    /// These are the addresses of this intake now.
    void open(List<Door> now) {
        doors = List.copyOf(now);
    }

    /// The address that each listener really listens on, by the listener's name.
    public Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        doors.forEach(door -> addresses.put(door.listener().settings().name(), door.address()));
        return addresses;
    }

    /// Stops within [IntakeLimits#SHUTDOWN_GRACE] and [SmtpLimits#GOODBYE].
    @Override
    public void close() {
        stop(IntakeLimits.SHUTDOWN_GRACE);
    }

    /// Accepts nobody more, tells idle clients 421, lets open transactions end, and after `grace` tells the rest 421
    /// and ends them.
    public void stop(Duration grace) {
        isStopping = true;
        doors.forEach(Door::close);
        eachByItself(SmtpServer::shutDown);
        if (!waitForSessions(grace)) {
            // RFC 5321 section 3.8: a server that must close says 421 before.
            eachByItself(SmtpServer::cutOff);
            if (!waitForSessions(SmtpLimits.GOODBYE)) {
                sessions.forEach(SmtpServer::abort);
            }
        }
    }

    /// Each session in a thread of its own: a client that does not take its 421 must not hold up the others'.
    private void eachByItself(Consumer<SmtpServer> step) {
        sessions.forEach(session -> Thread.ofVirtual().start(() -> step.accept(session)));
    }

    private boolean waitForSessions(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        synchronized (allEnded) {
            try {
                for (long left = grace.toNanos(); open.get() > 0 && left > 0; left = end - System.nanoTime()) {
                    NANOSECONDS.timedWait(allEnded, left);
                }
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
        return open.get() == 0;
    }

    ClientLedger ledger() {
        return ledger;
    }

    long nextIcid() {
        return icids.getAsLong();
    }

    /// A session is about to run; it must be given back with [#ended].
    void began(SmtpServer session) {
        sessions.add(session);
        // Who stops the intake either finds this session in the set, or has said before that it stops.
        if (isStopping) {
            session.shutDown();
        }
    }

    void ended(SmtpServer session) {
        sessions.remove(session);
    }

    /// Counts a connection, which must be given back with [#disconnected]; returns how many there now are.
    int connected() {
        return open.incrementAndGet();
    }

    void disconnected() {
        if (open.decrementAndGet() == 0) {
            synchronized (allEnded) {
                allEnded.notifyAll();
            }
        }
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
        int most = policy.limits().maxConnections();
        return ofThisClient > most
                ? Optional.of("4.7.0 more than " + most + " connections from your address")
                : Optional.empty();
    }
}
