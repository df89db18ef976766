package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;

/// What a resolver tells while it works, on the thread that works: whoever listens must be quick, thread-safe
/// and throw nothing.
public interface ResolverEvents {
    /// Listens to nothing.
    ResolverEvents NONE = new ResolverEvents() {};

    /// Somebody asked; an answer follows, from the cache or from servers.
    default void begun(Question question) {}

    /// A server is asked one question (of ours or one that its validation needs) and gets `patience` to
    /// reply.
    default void asked(Question question, DnsServer server, Duration patience) {}

    /// A server gave no usable reply; `why` completes a sentence that begins with the server.
    default void refused(Question question, DnsServer server, String why) {}

    /// What `begun` came to.
    default void answered(Question question, Validated<Answer> answer) {}

    /// An answer is kept until `expiry`.
    default void cached(Question question, Validated<Answer> answer, Instant expiry) {}

    /// A probe changed what we think of a server.
    default void probed(DnsServer server, Capability capability) {}

    /// A trust anchor's state changed, or its zone's keys could not be refreshed: a sentence (RFC 5011).
    default void anchors(String change) {}
}
