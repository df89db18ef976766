package org.danelaw.app;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.danelaw.dns.Answer;
import org.danelaw.dns.Question;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;
import org.danelaw.events.DnsEvent;
import org.danelaw.events.Events;
import org.danelaw.events.Level;
import org.danelaw.events.SystemEvent;
import org.danelaw.resolver.Capability;
import org.danelaw.resolver.DnsServer;
import org.danelaw.resolver.NoReply;
import org.danelaw.resolver.ResolverEvents;
import org.xbill.DNS.Rcode;

/// Tells the logs what the resolver does: what an operator must know of servers and trust anchors (rule
/// A16: that a resolver cannot do DNSSEC, and what it lacks), and each step of each look-up where a log
/// wants that.
record ResolverNews(Events events, InstantSource clock) implements ResolverEvents {
    @Override
    public void begun(Question question) {
        if (debug()) {
            events.accept(new DnsEvent.Queried(question));
        }
    }

    @Override
    public void needed(Question question) {
        if (debug()) {
            events.accept(new DnsEvent.Queried(question));
        }
    }

    @Override
    public void forwarded(Question question) {
        if (debug()) {
            events.accept(new DnsEvent.Forwarded(question));
        }
    }

    @Override
    public void asked(Question question, DnsServer server, Duration patience, Duration left) {
        if (debug()) {
            events.accept(new DnsEvent.Asked(question, server.toString(), wholeSeconds(left)));
        }
    }

    @Override
    public void refused(Question question, DnsServer server, NoReply why) {
        events.accept(new DnsEvent.ServerFailed(question, server.toString(), word(why)));
    }

    private static String word(NoReply why) {
        return switch (why) {
            case NoReply.Rejected(var rcode) -> rcode == Rcode.SERVFAIL ? "SERVER FAILED" : Rcode.string(rcode);
            case NoReply.Unusable(var what) -> "NONE (" + what + ")";
        };
    }

    @Override
    public void bogus(Question question, String server, Reason reason) {
        events.accept(new DnsEvent.BogusReply(question, server, reason.sentence()));
    }

    @Override
    public void resolved(Question question, Validated<Answer> answer, Instant expiry) {
        if (debug()) {
            var left = wholeSeconds(Duration.between(clock.instant(), expiry));
            events.accept(new DnsEvent.Resolved(question, answer, left));
        }
    }

    @Override
    public void cached(Question question, Validated<Answer> answer, Instant expiry) {
        if (debug()) {
            events.accept(new DnsEvent.Remembered(question, answer, expiry));
        }
    }

    /// Asked before anything is made: a look-up must not pay for a log that nobody keeps.
    private boolean debug() {
        return events.wants(Level.DEBUG);
    }

    /// Rounded up, so that what has just begun has all of its time.
    private static long wholeSeconds(Duration time) {
        return Math.max(0, time.plusMillis(999).toSeconds());
    }

    @Override
    public void probed(DnsServer server, Capability capability) {
        switch (capability) {
            // Nothing is known yet, so there is no news.
            case Capability.Unknown() -> {}
            case Capability.Capable() -> events.accept(new SystemEvent.ResolverCapable(server.toString()));
            case Capability.Lacking lacking ->
                events.accept(new SystemEvent.ResolverLacking(server.toString(), lacking.sentence()));
            case Capability.Unreachable(var why) ->
                events.accept(new SystemEvent.ResolverSilent(server.toString(), why));
        }
    }

    @Override
    public void anchors(String change) {
        events.accept(new SystemEvent.TrustAnchorsChanged(change));
    }
}
