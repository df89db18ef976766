package org.danelaw.events;

import java.time.Instant;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Validated;

/// What the resolver does for a look-up, step by step. Most of it is told only where somebody wants Debug:
/// see [Events#wants].
///
/// A server is named by its address and port.
public sealed interface DnsEvent extends Event {
    @Override
    default Level level() {
        return Level.DEBUG;
    }

    /// Somebody asked, or the answer to another question depends on this one.
    record Queried(Question question) implements DnsEvent {}

    /// No answer is remembered: the servers are turned to.
    record Forwarded(Question question) implements DnsEvent {}

    /// A server is asked; it and those of its priority have so much time left.
    record Asked(Question question, String server, long secondsLeft) implements DnsEvent {}

    /// A server failed, in a word or two: `SERVER FAILED`, another RCODE, or `NONE (...)` with what went
    /// wrong.
    record ServerFailed(Question question, String server, String how) implements DnsEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// A reply is bogus: DNSSEC data is there, or must be, and does not hold.
    record BogusReply(Question question, String server, String why) implements DnsEvent {
        @Override
        public Level level() {
            return Level.WARNING;
        }
    }

    /// What the servers' replies came to.
    record Resolved(Question question, Validated<Answer> answer, long ttlSeconds) implements DnsEvent {}

    /// An answer is remembered.
    record Remembered(Question question, Validated<Answer> answer, Instant expiry) implements DnsEvent {}
}
