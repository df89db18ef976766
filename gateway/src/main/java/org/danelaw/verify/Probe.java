package org.danelaw.verify;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.danelaw.dns.FailureText;
import org.danelaw.policy.TlsRequirement;
import org.danelaw.smtp.Reply;
import org.danelaw.smtp.SmtpClient;
import org.danelaw.smtp.SmtpTimeouts;
import org.danelaw.tls.Handshake;
import org.danelaw.tls.TlsConnector;

/// Looks at one connected host over SMTP: whether it offers STARTTLS, and what it proves behind it. It sends no mail.
///
/// @param hostname what is said in EHLO
record Probe(TlsConnector tls, String hostname, Deadline deadline) {
    /// What the first words with a host came to.
    sealed interface Met {
        record Offers(SmtpClient client) implements Met {}

        record Over(Ending ending) implements Met {}
    }

    /// Hears the greeting and asks what the host offers.
    Met meet(Socket connected) {
        try {
            var client = SmtpClient.over(connected, timeouts());
            return deadline.within(() -> greet(client), () -> {
                client.close();
                return new Met.Over(new Ending.NoSession(deadline.why()));
            });
        } catch (IOException broken) {
            return new Met.Over(new Ending.NoSession(FailureText.of(broken)));
        }
    }

    /// Starts TLS, holds the peer against `requirement`, and takes its leave.
    Ending secure(SmtpClient client, TlsRequirement requirement) {
        return deadline.within(() -> startTls(client, requirement), () -> {
            client.close();
            return new Ending.NoSession(deadline.why());
        });
    }

    private Met greet(SmtpClient client) {
        try {
            Reply greeting = client.greeting();
            if (!greeting.isPositive()) {
                return leave(client, new Ending.NoSession("greeted with " + said(greeting)));
            }
            Reply hello = client.hello(hostname);
            if (!hello.isPositive()) {
                return leave(client, new Ending.NoSession("EHLO was answered with " + said(hello)));
            }
            return client.capabilities().offers("STARTTLS")
                    ? new Met.Offers(client)
                    : leave(client, new Ending.NoStartTls("it is not in the answer to EHLO"));
        } catch (IOException broken) {
            client.close();
            return new Met.Over(new Ending.NoSession(FailureText.of(broken)));
        }
    }

    private Ending startTls(SmtpClient client, TlsRequirement requirement) {
        try {
            Reply reply = client.startTls();
            if (!reply.isPositive()) {
                client.quit();
                return new Ending.NoStartTls(said(reply));
            }
            return handshake(client, requirement);
        } catch (IOException broken) {
            client.close();
            return new Ending.TlsFailed(FailureText.of(broken));
        }
    }

    private Ending handshake(SmtpClient client, TlsRequirement requirement) throws IOException {
        return switch (tls.secure(client.socket(), requirement)) {
            case Handshake.Secured(var socket, var verdict, var evidence) -> {
                client.continueOver(socket);
                client.quit();
                yield new Ending.Secured(verdict, evidence);
            }
            case Handshake.Refused(var verdict, var evidence) -> new Ending.Refused(verdict, evidence);
            case Handshake.Failed(var why) -> new Ending.TlsFailed(why);
        };
    }

    private static Met leave(SmtpClient client, Ending ending) {
        client.quit();
        return new Met.Over(ending);
    }

    private SmtpTimeouts timeouts() {
        // A time-out of zero would be none at all.
        Duration left = deadline.left().plusMillis(1);
        return new SmtpTimeouts(left, left, left, left, left);
    }

    private static String said(Reply reply) {
        return reply.code() + " " + reply.text();
    }
}
