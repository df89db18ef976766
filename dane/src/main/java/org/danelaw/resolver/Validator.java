package org.danelaw.resolver;

import java.time.InstantSource;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Budget;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ValidationSettings;

/// Answers a question from upstream replies, proved from a trust anchor down.
final class Validator {
    private final Upstream upstream;
    private final Equipment equipment;
    private final ResolverEvents events;

    Validator(Upstream upstream, Anchors anchors, ZoneMemory zones, InstantSource clock, ValidationSettings settings) {
        this(upstream, new Equipment(anchors, zones, clock, settings, Crypto.fastest()), ResolverEvents.NONE);
    }

    Validator(Upstream upstream, Equipment equipment, ResolverEvents events) {
        this.upstream = upstream;
        this.equipment = equipment;
        this.events = events;
    }

    /// Blocks until the question is answered or the upstreams gave up. How long the answer may be kept
    /// stands in its proof.
    Validated<Answer> validate(Question question) {
        var inquiry = new Inquiry(question, upstream, new Budget(), events);
        return new Pursuit(equipment, inquiry, question.type()).of(question.name());
    }
}
