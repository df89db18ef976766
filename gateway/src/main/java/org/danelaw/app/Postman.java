package org.danelaw.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.danelaw.delivery.Dialer;
import org.danelaw.lab.realm.Domain;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.SmtpClient;
import org.danelaw.smtp.SmtpTimeouts;

/// Gives a gateway, over SMTP as a mail server would, one message for each domain.
final class Postman {
    /// How many messages are under way in a gateway at a time: with all at once, the two cores of a small machine would
    /// be busy for longer than a DNS question waits for its answer.
    private static final int UNDER_WAY = 6;

    /// So many more must have ended for one more to be under way: a program that has just started is slow at first.
    private static final int ENDED_FOR_EACH = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Address SENDER = new Address("you", "hoster.danelaw");

    private final DemoMode mode;
    private final InetSocketAddress gateway;
    private final Witness witness;

    Postman(DemoMode mode, InetSocketAddress gateway, Witness witness) {
        this.mode = mode;
        this.gateway = gateway;
        this.witness = witness;
    }

    void send(List<Domain> domains) throws IOException, InterruptedException {
        try (var client = SmtpClient.over(Dialer.tcp(gateway, Optional.empty(), PATIENCE), SmtpTimeouts.RFC_5321)) {
            client.greeting();
            client.hello("mail.inside.example");
            for (int i = 0; i < domains.size(); i++) {
                int sent = i;
                witness.await(ended -> sent - ended < Math.min(UNDER_WAY, 1 + ended / ENDED_FOR_EACH));
                letter(domains.get(i))
                        .send(SENDER, new Address(mode.word(), domains.get(i).mailName()), client);
            }
            client.quit();
        }
    }

    private Letter letter(Domain domain) {
        return new Letter(
                """
                From: <%s>
                To: <%s>
                Subject: Is this really you?

                %s
                """.formatted(SENDER, mode.recipient(domain), domain.says()).replace("\n", "\r\n"));
    }
}
