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
        InetAddress address = client.getInetAddress();
        long icid = intake.nextIcid();
        int ofThisClient = ledger().connected(address);
        int ofAll = intake.connected();
        try (client) {
            // Before the look-up: whoever floods us must not be waited for.
            boolean overrun = intake.isOverrun(ofAll);
            ReverseName name =
                    overrun ? new ReverseName.Unknown() : services().names().of(address);
            tell(new IntakeEvent.Connected(icid, settings.name(), client.getLocalAddress(), address, name));
            if (overrun) {
                tell(new IntakeEvent.TurnedAway(icid, "too many connections even to say so"));
                return;
            }
            HostAccess access = HostAccess.of(address, name, settings.groups());
            MailFlowPolicy policy = access.policy();
            tell(new IntakeEvent.Matched(icid, policy.action().name(), access.group(), access.rule()));
            if (policy.action() != Action.TCPREFUSE) {
                Optional<String> why = intake.turnsAway(ofAll, ofThisClient, policy);
                why.ifPresent(reason -> tell(new IntakeEvent.TurnedAway(icid, reason)));
                converse(client, new ClientConnection(this, icid, address, name, access, why));
            }
        } catch (IOException gone) {
            tell(new IntakeEvent.TurnedAway(icid, "the connection broke at once: " + FailureText.of(gone)));
        } finally {
            intake.disconnected();
            ledger().disconnected(address);
            tell(new IntakeEvent.Closed(icid));
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
