package org.danelaw.delivery;

import java.io.Closeable;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.events.Events;
import org.danelaw.policy.Candidate;
import org.danelaw.smtp.SmtpClient;

/// An open connection to a host that proved what was required of it, ready for mail.
final class Connection implements Closeable {
    private final long dcid;
    private final Candidate candidate;
    private final SmtpClient client;
    private final Protection protection;
    private final Events events;

    Connection(long dcid, Candidate candidate, SmtpClient client, Protection protection, Events events) {
        this.dcid = dcid;
        this.candidate = candidate;
        this.client = client;
        this.protection = protection;
        this.events = events;
    }

    long dcid() {
        return dcid;
    }

    SmtpClient client() {
        return client;
    }

    Candidate candidate() {
        return candidate;
    }

    Protection protection() {
        return protection;
    }

    String hostName() {
        return Names.text(candidate.host().name());
    }

    /// Whether what was proved here is what `now` requires (rule D17): the same address, base domain,
    /// TLSA records and names.
    boolean satisfies(Candidate now) {
        return now.address().equals(candidate.address())
                && new SecurityContext(now.requirement()).equals(new SecurityContext(candidate.requirement()));
    }

    @Override
    public void close() {
        client.quit();
        events.accept(new DeliveryEvent.Closed(dcid));
    }
}
