package org.danelaw.delivery;

import java.util.List;
import java.util.Optional;
import org.danelaw.events.DeliveryEvent;
import org.danelaw.policy.Refusal;
import org.danelaw.policy.Refusal.Ground;
import org.danelaw.queue.Why;
import org.danelaw.smtp.Reply;

/// Why one host, or one address of it, got no mail.
///
/// @param dcid the connection that it happened on, or [DeliveryEvent#NO_CONNECTION]
/// @param host the host's name, where the failure is about one
/// @param reply what it said, if it came to that
/// @param remedy what its operator must publish or repair, a line each; empty where that is not known
record HostFailure(long dcid, Refusal refusal, Optional<String> host, Optional<Reply> reply, List<String> remedy) {
    /// The reason where a host answers the phone and will not talk.
    private static final String TURNED_AWAY = "host takes no mail now";

    HostFailure {
        remedy = List.copyOf(remedy);
    }

    HostFailure(long dcid, Refusal refusal, String host) {
        this(dcid, refusal, Optional.of(host), Optional.empty(), List.of());
    }

    /// A failure that is about no host in particular.
    static HostFailure ofDestination(Refusal refusal) {
        return new HostFailure(DeliveryEvent.NO_CONNECTION, refusal, Optional.empty(), Optional.empty(), List.of());
    }

    /// The same, told in the words of `other`.
    HostFailure told(Refusal other) {
        return new HostFailure(dcid, other, host, reply, remedy);
    }

    /// Whether it is DANE that kept mail from the host: its look-ups or its proof.
    boolean isOfDane() {
        return switch (refusal.ground()) {
            case CERTIFICATE_NOT_TRUSTED,
                    STARTTLS_NOT_OFFERED,
                    TLS_FAILED,
                    NO_USABLE_TLSA,
                    NO_TLSA,
                    WITHOUT_DNSSEC,
                    SMTP_ROUTE,
                    NO_CAPABLE_RESOLVER,
                    DOMAIN_LOOKUP_ERROR,
                    TLSA_LOOKUP_ERROR,
                    HOST_LOOKUP_ERROR -> true;
            case NO_CONNECTION,
                    SESSION_BROKEN,
                    OTHER_ADDRESS_FAMILY,
                    TOO_MANY_HOSTS,
                    NO_ADDRESS,
                    LOOP,
                    NULL_MX,
                    NO_SUCH_DOMAIN -> false;
        };
    }

    Why why() {
        var reason = reply.isPresent() && refusal.ground() == Ground.SESSION_BROKEN ? TURNED_AWAY : refusal.reason();
        var status = reply.filter(said -> refusal.ground() == Ground.SESSION_BROKEN)
                .map(StatusCode::of)
                .orElse(refusal.status());
        return new Why(status, reason, refusal.sentence(), host, reply, remedy);
    }
}
