package org.danelaw.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.FailureText;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Events;
import org.danelaw.policy.Candidate;
import org.danelaw.policy.MxTrust;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.smtp.Reply;
import org.danelaw.smtp.SmtpClient;
import org.danelaw.smtp.SmtpTimeouts;
import org.danelaw.tls.Handshake;

/// Opens a connection to one address, step by step: TCP, greeting, EHLO, STARTTLS with its verdict, EHLO again.
///
/// Nothing that a host says before it has proved what it must can bounce mail: a refusal here means the
/// next address, and in the end a deferral. RFC 5321 section 3.8 would let a 5xx greeting bounce;
/// Postfix by default does not either (smtp_skip_5xx_greeting), and here anybody on the way could have
/// said it (rule D13).
final class Opener {
    /// How long a TLS handshake may go without an octet from the peer, where a command may take longer.
    private static final Duration HANDSHAKE_SILENCE = Duration.ofSeconds(30);

    private final Network network;
    private final DeliverySettings settings;
    private final ClearTextNext clearTextNext;
    private final Events events;
    private final String domain;
    private final long dcid;
    private final Candidate candidate;
    private final SmtpTimeouts timeouts;
    private final String host;

    Opener(Network network, DeliverySettings settings, ClearTextNext clearTextNext, Events events, Dial dial) {
        this.network = network;
        this.settings = settings;
        this.clearTextNext = clearTextNext;
        this.events = events;
        domain = dial.domain();
        dcid = dial.dcid();
        candidate = dial.candidate();
        timeouts = dial.timeouts();
        host = Names.text(candidate.host().name());
    }

    /// What is to be dialled, for whom, under which number.
    record Dial(String domain, long dcid, Candidate candidate, SmtpTimeouts timeouts) {}

    long dcid() {
        return dcid;
    }

    Candidate candidate() {
        return candidate;
    }

    /// Connects, and says nothing.
    Socket connect() throws IOException {
        return network.dialer().dial(remote(), source(), settings.connectTimeout());
    }

    private InetSocketAddress remote() {
        return new InetSocketAddress(candidate.address(), port());
    }

    private Optional<InetAddress> source() {
        return settings.sourceFor(candidate.address());
    }

    /// What came of it where [#connect] failed.
    Opening.Shut unreachable(IOException failed) {
        var why = FailureText.of(failed);
        events.accept(new DeliveryEvent.ConnectionFailed(
                dcid,
                domain,
                candidate.address(),
                port(),
                why,
                source(),
                failed instanceof SocketTimeoutException ? "timeout" : "network error"));
        return shut(Ground.NO_CONNECTION, "No connection to " + host + " (" + ip() + "): " + why + ".");
    }

    /// Opens the connection over the socket that [#connect] made.
    Opening open(Socket socket) {
        events.accept(new DeliveryEvent.Connected(dcid, socket.getLocalAddress(), candidate.address(), port()));
        try {
            return greet(SmtpClient.over(socket, timeouts));
        } catch (IOException failed) {
            close(socket);
            events.accept(new DeliveryEvent.Closed(dcid));
            return unreachable(failed);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is of no use, and nothing was said over it.
        }
    }

    /// Talks to the host; whatever it does, the connection is either open or closed after this.
    private Opening greet(SmtpClient client) {
        var opened = false;
        try {
            var opening = converse(client);
            opened = opening instanceof Opening.Open;
            return opening;
        } catch (IOException broken) {
            var why = FailureText.of(broken);
            events.accept(new DeliveryEvent.ConnectionFailed(
                    dcid,
                    domain,
                    candidate.address(),
                    port(),
                    why,
                    Optional.of(client.socket().getLocalAddress()),
                    "connection lost"));
            return shut(Ground.SESSION_BROKEN, "The connection to " + host + " (" + ip() + ") was lost: " + why + ".");
        } finally {
            if (!opened) {
                client.quit();
                events.accept(new DeliveryEvent.Closed(dcid));
            }
        }
    }

    private Opening converse(SmtpClient client) throws IOException {
        var greeting = client.greeting();
        if (!greeting.isPositive()) {
            return turnedAway("greeted", greeting);
        }
        var hello = client.hello(settings.hostname());
        if (!hello.isPositive()) {
            return turnedAway("answered EHLO", hello);
        }
        if (client.capabilities().name().equalsIgnoreCase(settings.hostname())) {
            return shut(
                    Ground.LOOP,
                    host + " (" + ip() + ") calls itself " + settings.hostname()
                            + " as this gateway does: mail given to it would come back.");
        }
        return switch (candidate.requirement()) {
            case TlsRequirement.Never() -> clearText(client, "tls = none");
            case TlsRequirement.IfOffered ifOffered -> tlsIfOffered(client);
            case TlsRequirement requirement -> tls(client, requirement);
        };
    }

    private Opening clearText(SmtpClient client, String why) {
        return open(client, new Protection.ClearText(why));
    }

    private Opening tlsIfOffered(SmtpClient client) throws IOException {
        if (!client.capabilities().offers("STARTTLS")) {
            return clearText(client, "STARTTLS not offered");
        }
        if (settings.cleartextAfterFailedTls() && clearTextNext.isDue(candidate.address())) {
            return clearText(client, "TLS failed at the attempt before");
        }
        var reply = client.startTls();
        return reply.isPositive()
                ? handshake(client)
                : clearText(client, "STARTTLS refused: " + reply.code() + " " + reply.text());
    }

    private Opening tls(SmtpClient client, TlsRequirement requirement) throws IOException {
        if (!client.capabilities().offers("STARTTLS")) {
            return startTlsNotOffered("no STARTTLS in its answer to EHLO", Optional.empty(), requirement);
        }
        var reply = client.startTls();
        return reply.isPositive()
                ? handshake(client)
                : startTlsNotOffered(reply.code() + " " + reply.text(), Optional.of(reply), requirement);
    }

    private Opening startTlsNotOffered(String seen, Optional<Reply> reply, TlsRequirement requirement) {
        var refusal = Refusal.startTlsNotOffered(candidate.host().name(), seen, requirement);
        events.accept(new DeliveryEvent.TlsFailed(dcid, refusal.reason() + ": " + seen));
        return new Opening.Shut(new HostFailure(
                dcid,
                refusal,
                Optional.of(host),
                reply,
                List.of("Switch STARTTLS on at " + host + ", port " + port() + ", and look for a firewall"
                        + " on the way that takes STARTTLS out of the server's answer to EHLO.")));
    }

    private Opening handshake(SmtpClient client) throws IOException {
        var plain = client.socket();
        var silence = Collections.min(List.of(HANDSHAKE_SILENCE, timeouts.command()));
        plain.setSoTimeout(Math.toIntExact(silence.toMillis()));
        return switch (network.tls().secure(plain, candidate.requirement())) {
            case Handshake.Secured secured -> secured(client, secured);
            case Handshake.Refused(var verdict, var evidence) -> {
                events.accept(new DeliveryEvent.TlsFailed(dcid, String.join("; ", verdict.reasons())));
                yield new Opening.Shut(new HostFailure(
                        dcid,
                        Refusal.mismatch(candidate.host().name(), verdict),
                        Optional.of(host),
                        Optional.empty(),
                        Remedy.of(candidate, port(), evidence)));
            }
            case Handshake.Failed(var why) -> tlsFailed(why);
        };
    }

    private Opening tlsFailed(String why) {
        events.accept(new DeliveryEvent.TlsFailed(dcid, why));
        if (candidate.requirement() instanceof TlsRequirement.IfOffered) {
            clearTextNext.tlsFailed(candidate.address());
        }
        var refusal = Refusal.tlsFailed(candidate.host().name(), why, candidate.requirement());
        return new Opening.Shut(new HostFailure(dcid, refusal, host));
    }

    private Opening secured(SmtpClient client, Handshake.Secured secured) throws IOException {
        client.continueOver(secured.socket());
        var evidence = secured.evidence();
        events.accept(new DeliveryEvent.TlsSucceeded(dcid, evidence.protocol(), evidence.cipher(), provenFor()));
        // RFC 3207 section 4.2: what was said before TLS counts no more, so the server is asked again.
        var hello = client.hello(settings.hostname());
        return hello.isPositive()
                ? open(client, new Protection.Encrypted(secured.verdict(), evidence))
                : turnedAway("answered EHLO under TLS", hello);
    }

    /// The domain, if its DANE records behind a secure MX are what the host has just proved itself by.
    private Optional<String> provenFor() {
        return candidate.requirement() instanceof TlsRequirement.Dane dane && dane.mx() != MxTrust.INSECURE
                ? Optional.of(domain)
                : Optional.empty();
    }

    private Opening open(SmtpClient client, Protection protection) {
        return new Opening.Open(new Connection(dcid, candidate, client, protection, events));
    }

    private Opening turnedAway(String how, Reply reply) {
        var sentence = host + " (" + ip() + ") " + how + " with " + reply.code() + " " + reply.text() + ".";
        return new Opening.Shut(new HostFailure(
                dcid, new Refusal(Ground.SESSION_BROKEN, sentence), Optional.of(host), Optional.of(reply), List.of()));
    }

    private Opening.Shut shut(Ground ground, String sentence) {
        return new Opening.Shut(new HostFailure(dcid, new Refusal(ground, sentence), host));
    }

    private int port() {
        return candidate.host().host().portOr(settings.port());
    }

    private String ip() {
        return candidate.address().getHostAddress();
    }
}
