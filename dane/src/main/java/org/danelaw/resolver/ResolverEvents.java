package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;

/// What a resolver tells while it works, on the thread that works: whoever listens must be quick,
/// thread-safe and throw nothing.
///
/// A question of a caller is `begun` and, at the end, `answered`. Where no answer is kept, it is
/// `forwarded` to the servers, of which one after another is `asked`, until one has replied; so is every
/// question that is `needed` to judge the replies. What came of it all is `resolved`, and perhaps `cached`.
public interface ResolverEvents {
    /// Listens to nothing.
    ResolverEvents NONE = new ResolverEvents() {};

    /// Somebody asked; an answer follows, from the cache or from servers.
    default void begun(Question question) {}

    /// To answer another question takes this one: for DS or DNSKEY records, or for where an alias leads.
    default void needed(Question question) {}

    /// The servers are turned to.
    default void forwarded(Question question) {}

    /// A server is asked, once, and gets `patience` to reply; it and those of its priority have the time
    /// `left`.
    default void asked(Question question, DnsServer server, Duration patience, Duration left) {}

    /// A server gave no usable reply.
    default void refused(Question question, DnsServer server, NoReply why) {}

    /// A reply was judged and is bogus (RFC 4033 section 5), whatever another one may be.
    ///
    /// @param server as [DnsServer#toString] has it
    default void bogus(Question question, String server, Reason reason) {}

    /// What the servers' replies came to, and until when that counts.
    default void resolved(Question question, Validated<Answer> answer, Instant expiry) {}

    /// An answer is kept until `expiry`.
    default void cached(Question question, Validated<Answer> answer, Instant expiry) {}

    /// What `begun` came to.
    default void answered(Question question, Validated<Answer> answer) {}

    /// A probe changed what we think of a server.
    default void probed(DnsServer server, Capability capability) {}

    /// A trust anchor's state changed, or its zone's keys could not be refreshed: a sentence (RFC 5011).
    default void anchors(String change) {}
}
