package org.danelaw.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.danelaw.dns.FailureText;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.ReverseName;
import org.danelaw.intake.MailFlowPolicy.Action;
import org.danelaw.smtp.SmtpServer;

/// Serves the clients of one address, on the terms of one configuration: a virtual thread for each.
final class Listener {
    private final ListenerSettings settings;
    private final Intake intake;
    private final Services services;
    private final Optional<SSLContext> tls;

    Listener(ListenerSettings settings, Intake intake, Services services) {
        this.settings = settings;
        this.intake = intake;
        this.services = services;
        this.tls = settings.identity().map(ServerIdentity::context);
    }

    ListenerSettings settings() {
        return settings;
    }

    Services services() {
        return services;
    }

    ClientLedger ledger() {
        return intake.ledger();
    }

    Optional<SSLContext> tls() {
        return tls;
    }

    /// Talks with a client until he leaves.
    void serve(Socket client) {
        long icid = intake.nextIcid();
        int ofAll = intake.connected();
        try (client) {
            // Before the look-up: whoever floods us must not be waited for.
            boolean overrun = intake.isOverrun(ofAll);
            InetAddress address = client.getInetAddress();
            ReverseName name =
                    overrun ? new ReverseName.Unknown() : services().names().of(address);
            tell(new IntakeEvent.Connected(icid, settings.name(), client.getLocalAddress(), address, name));
            if (overrun) {
                tell(new IntakeEvent.TurnedAway(icid, "too many connections even to say so"));
                return;
            }
            HostAccess access = HostAccess.of(address, name, settings.groups());
            Action action = access.policy().action();
            tell(new IntakeEvent.Matched(icid, action.name(), access.group(), access.rule()));
            if (action != Action.TCPREFUSE) {
                serve(client, new Visit(icid, address, name, access, ofAll));
            }
        } catch (IOException gone) {
            tell(new IntakeEvent.TurnedAway(icid, "the connection broke at once: " + FailureText.of(gone)));
        } finally {
            intake.disconnected();
            tell(new IntakeEvent.Closed(icid));
        }
    }

    /// A client that is spoken with.
    ///
    /// @param ofAll how many there are, this one included
    private record Visit(long icid, InetAddress address, ReverseName name, HostAccess access, int ofAll) {}

    private void serve(Socket client, Visit visit) throws IOException {
        MailFlowPolicy policy = visit.access.policy();
        Network who = ClientLedger.client(visit.address, policy.limits().rates());
        int ofThisClient = ledger().connected(who);
        try {
            Optional<String> why = intake.turnsAway(visit.ofAll, ofThisClient, policy);
            why.ifPresent(reason -> tell(new IntakeEvent.TurnedAway(visit.icid, reason)));
            converse(client, new ClientConnection(this, visit.icid, visit.address, visit.name, visit.access, why));
        } finally {
            ledger().disconnected(who);
        }
    }

    private void converse(Socket client, ClientConnection connection) throws IOException {
        client.setTcpNoDelay(true);
        SmtpServer session = new SmtpServer(client, connection, services().timeouts());
        try {
            intake.began(session);
            session.run();
        } finally {
            intake.ended(session);
        }
    }

    private void tell(IntakeEvent event) {
        services().events().accept(event);
    }
}
