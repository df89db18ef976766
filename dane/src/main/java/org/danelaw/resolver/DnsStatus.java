package org.danelaw.resolver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.danelaw.dnssec.Reason;

/// How a resolver stands at one moment.
///
/// @param requests how many questions it was asked
/// @param hits how many of them it answered from its memory
/// @param misses how many it had to ask servers for
/// @param cachedAnswers how many answers it remembers
/// @param cachedBytes about how much memory its caches take
/// @param trustAnchors how many keys are trusted by themselves now (RFC 5011)
/// @param servers in the order in which they are asked
/// @param unavailable why no DNSSEC can be had at all now (rule A16), or nothing
public record DnsStatus(
        long requests,
        long hits,
        long misses,
        int cachedAnswers,
        long cachedBytes,
        int trustAnchors,
        SequencedMap<DnsServer, Capability> servers,
        Optional<Reason> unavailable) {
    public DnsStatus {
        servers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(servers));
    }
}
