package org.danelaw.intake;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.danelaw.events.IntakeEvent;
import org.danelaw.events.ReverseName;
import org.danelaw.intake.MailFlowPolicy.Auth;
import org.danelaw.intake.MailFlowPolicy.Limits;
import org.danelaw.intake.MailFlowPolicy.Rates;
import org.danelaw.intake.MailFlowPolicy.TlsOffer;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Credentials;
import org.danelaw.smtp.Reception;
import org.danelaw.smtp.Reply;
import org.danelaw.tls.OpenSslNames;

/// Answers, for one client, what the SMTP dialogue asks: on the terms of the client's mail flow policy.
final class ClientConnection implements Reception {
    private final Listener listener;
    private final long icid;
    private final InetAddress address;
    private final ReverseName name;
    private final HostAccess access;
    private final Optional<String> turnedAway;
    private int messages;

    /// @param turnedAway why the client is let go at once, where it is
    ClientConnection(
            Listener listener,
            long icid,
            InetAddress address,
            ReverseName name,
            HostAccess access,
            Optional<String> turnedAway) {
        this.listener = listener;
        this.icid = icid;
        this.address = address;
        this.name = name;
        this.access = access;
        this.turnedAway = turnedAway;
    }

    long icid() {
        return icid;
    }

    MailFlowPolicy policy() {
        return access.policy();
    }

    private Limits limits() {
        return policy().limits();
    }

    Services services() {
        return listener.services();
    }

    String bounceProfile() {
        return listener.settings().bounceProfile();
    }

    String origin() {
        return "listener " + listener.settings().name() + ", " + address.getHostAddress();
    }

    /// The recipient access table is for ACCEPT; RELAY takes mail for everybody.
    RecipientAccess.Access accessOf(Address recipient) {
        return switch (policy().action()) {
            case RELAY -> new RecipientAccess.Access.Accept();
            case ACCEPT -> listener.settings().recipientAccess().of(recipient);
            case REJECT, TCPREFUSE, CONTINUE -> new RecipientAccess.Access.Reject("no mail is taken from you");
        };
    }

    /// What a command is refused with, which must be temporary where it is not known who the client is.
    Reply unlessUndecided(Reply refusal) {
        return access.refusal(refusal);
    }

    @Override
    public Reply greeting() {
        String hostname = services().hostname();
        if (turnedAway.isPresent()) {
            return Reply.of(421, hostname + " " + turnedAway.get());
        }
        return switch (policy().action()) {
            case RELAY, ACCEPT -> Reply.of(220, hostname + " ESMTP");
            case REJECT, TCPREFUSE, CONTINUE ->
                access.isUndecided()
                        ? Reply.of(
                                421,
                                hostname + " 4.4.3 the name of your address could not be looked up, try again later")
                        : Reply.of(554, hostname + " takes no mail from " + address.getHostAddress());
        };
    }

    @Override
    public Offer offer() {
        Optional<SSLContext> tls = policy().tls() == TlsOffer.NONE ? Optional.empty() : listener.tls();
        return new Offer(services().hostname(), limits().maxMessageBytes(), tls, policy().auth() != Auth.NONE);
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        Authentication outcome = services().users().check(credentials);
        switch (outcome) {
            case Authentication.Granted(var user) ->
                tell(new IntakeEvent.Authenticated(icid, user, credentials.mechanism()));
            case Authentication.Denied(var user) ->
                tell(new IntakeEvent.AuthenticationFailed(icid, user, credentials.mechanism()));
            case Authentication.Unavailable _ -> {
                // The refusal of the command says why.
            }
        }
        return outcome;
    }

    @Override
    public Admission mail(MailRequest request, ClientFacts client) {
        return refusal(request, client)
                .map(this::unlessUndecided)
                .<Admission>map(Admission.Refused::new)
                .orElseGet(() -> begin(request, client));
    }

    private Optional<Reply> refusal(MailRequest request, ClientFacts client) {
        if (policy().tls() == TlsOffer.REQUIRED && client.tls().isEmpty()) {
            // RFC 3207 section 4.
            return Optional.of(Reply.of(530, "5.7.0 say STARTTLS first"));
        }
        if (policy().auth() == Auth.REQUIRED && client.user().isEmpty()) {
            // RFC 4954 section 6.
            return Optional.of(
                    Reply.of(530, "5.7.0 say " + (client.tls().isEmpty() ? "STARTTLS and then " : "") + "AUTH first"));
        }
        if (messages >= limits().maxMessages()) {
            return Optional.of(Reply.of(421, "4.7.0 " + messages + " messages are enough for one connection"));
        }
        if (request.size().orElse(0) > limits().maxMessageBytes()) {
            // RFC 1870 section 6.1.
            return Optional.of(Reply.of(552, "5.3.4 a message may have " + limits().maxMessageBytes() + " octets"));
        }
        long size = request.size().orElse(0);
        if (services().space().octets() - size < IntakeLimits.LEAST_FREE_OCTETS) {
            return Optional.of(Reply.of(452, "4.3.1 there is no room for mail now, try again later"));
        }
        return tooFast(request);
    }

    private Optional<Reply> tooFast(MailRequest request) {
        Rates rates = limits().rates();
        return switch (listener.ledger().pace(ClientLedger.client(address, rates), request.sender(), rates)) {
            case FINE -> Optional.empty();
            case CLIENT_TOO_FAST ->
                Optional.of(Reply.of(450, "4.7.1 more than " + rates.ofClient().orElseThrow() + " messages a minute"));
            case SENDER_TOO_FAST ->
                Optional.of(Reply.of(
                        450,
                        "4.7.1 more than " + rates.ofSender().orElseThrow() + " messages a minute from one sender"));
        };
    }

    private Admission begin(MailRequest request, ClientFacts client) {
        try {
            var draft = services().spool().draft();
            messages++;
            var received =
                    new ReceivedField(client, address, name, services().hostname(), draft.id(), request.smtpUtf8());
            return new Admission.Admitted(new IncomingMessage(this, request, draft, received));
        } catch (IOException failed) {
            return new Admission.Refused(IncomingMessage.refusal(failed));
        }
    }

    @Override
    public void secured(SSLSession session) {
        tell(new IntakeEvent.TlsSucceeded(icid, session.getProtocol(), OpenSslNames.of(session.getCipherSuite())));
    }

    @Override
    public void tlsFailed(String why) {
        tell(new IntakeEvent.TlsFailed(icid, why));
    }

    @Override
    public void refused(String command, Reply reply) {
        tell(new IntakeEvent.CommandRefused(icid, command, reply.code(), reply.text()));
    }

    private void tell(IntakeEvent event) {
        services().events().accept(event);
    }
}
