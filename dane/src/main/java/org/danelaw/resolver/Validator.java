package org.danelaw.resolver;

import java.time.InstantSource;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;

/// Answers a question from upstream replies, proved from a trust anchor down; asks again once before a bogus reply
/// counts (rule A15).
@SuppressWarnings("UnusedVariable")
final class Validator {
    private final Upstream upstream;
    private final Anchors anchors;
    private final ZoneMemory zones;
    private final InstantSource clock;
    private final ValidationSettings settings;

    Validator(Upstream upstream, Anchors anchors, ZoneMemory zones, InstantSource clock, ValidationSettings settings) {
        this.upstream = upstream;
        this.anchors = anchors;
        this.zones = zones;
        this.clock = clock;
        this.settings = settings;
    }

    /// Blocks until the question is answered or the upstreams gave up. How long the answer may be kept stands in its
    /// proof.
    @SuppressWarnings("DoNotCallSuggester")
    Validated<Answer> validate(Question question) {
        throw new IllegalStateException("unbuilt " + question);
    }
}
