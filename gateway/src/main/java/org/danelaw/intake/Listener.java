package org.danelaw.intake;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.ReverseName;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.smtp.SmtpServer;

/// One address on which mail comes in: a thread that accepts, and a virtual thread for each client.
final class Listener implements Closeable {
    private final ListenerSettings settings;
    private final Intake intake;
    private final Optional<SSLContext> tls;
    private final ServerSocket socket;
    private final Set<SmtpServer> sessions = ConcurrentHashMap.newKeySet();

    private Listener(ListenerSettings settings, Intake intake, ServerSocket socket) {
        this.settings = settings;
        this.intake = intake;
        this.tls = settings.identity().map(ServerIdentity::context);
        this.socket = socket;
    }

    /// Binds the address; nobody is answered before [#start].
    static Listener bind(ListenerSettings settings, Intake intake) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(settings.address(), IntakeLimits.BACKLOG);
            return new Listener(settings, intake, socket);
        } catch (IOException inUse) {
            socket.close();
            throw inUse;
        }
    }

    void start() {
        Thread.ofVirtual().name("listener-" + settings.name()).start(this::acceptAll);
    }

    ListenerSettings settings() {
        return settings;
    }

    Services services() {
        return intake.services();
    }

    ClientLedger ledger() {
        return intake.ledger();
    }

    Optional<SSLContext> tls() {
        return tls;
    }

    /// The address that is really listened on.
    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    Set<SmtpServer> sessions() {
        return sessions;
    }

    private void acceptAll() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().name("smtp-in").start(() -> serve(client));
            } catch (IOException failed) {
                pauseUnlessClosed();
            }
        }
    }

    /// Without a pause, a listener that is out of file descriptors would spin until one is free.
    private void pauseUnlessClosed() {
        if (!socket.isClosed()) {
            LockSupport.parkNanos(IntakeLimits.ACCEPT_PAUSE.toNanos());
        }
    }

    private void serve(Socket client) {
        InetAddress address = client.getInetAddress();
        long icid = intake.nextIcid();
        int ofThisClient = ledger().connected(address);
        int ofAll = intake.connected();
        try (client) {
            ReverseName name = services().names().of(address);
            tell(new IntakeEvent.Connected(icid, settings.name(), client.getLocalAddress(), address, name));
            HostAccess access = HostAccess.of(address, settings.groups());
            MailFlowPolicy policy = access.policy();
            tell(new IntakeEvent.Matched(icid, policy.action().name(), access.group(), access.rule()));
            if (policy.action() != Action.TCPREFUSE && !intake.isOverrun(ofAll)) {
                Optional<String> why = intake.turnsAway(ofAll, ofThisClient, policy);
                why.ifPresent(reason -> tell(new IntakeEvent.TurnedAway(icid, reason)));
                converse(client, new ClientConnection(this, icid, address, name, access, why));
            }
        } catch (IOException gone) {
            tell(new IntakeEvent.TurnedAway(icid, "the connection broke at once: " + gone.getMessage()));
        } finally {
            intake.disconnected();
            ledger().disconnected(address);
            tell(new IntakeEvent.Closed(icid));
        }
    }

    private void converse(Socket client, ClientConnection connection) throws IOException {
        client.setTcpNoDelay(true);
        SmtpServer session = new SmtpServer(client, connection, services().timeouts());
        sessions.add(session);
        try {
            // Whoever stops the listener either finds this session in the set, or has closed the socket before.
            if (socket.isClosed()) {
                session.shutDown();
            }
            session.run();
        } finally {
            sessions.remove(session);
        }
    }

    private void tell(IntakeEvent event) {
        services().events().accept(event);
    }

    /// Accepts nobody more; who is connected is not touched.
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closedAnyway) {
            // A socket that only listens loses nothing by an error at its end.
        }
    }
}
