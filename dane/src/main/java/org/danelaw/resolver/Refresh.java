package org.danelaw.resolver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.danelaw.dns.Question;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Budget;
import org.danelaw.dnssec.Crypto;
import org.danelaw.dnssec.EntryPoints;
import org.danelaw.dnssec.KeysFinding;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.Revocations;
import org.danelaw.resolver.AnchorState.Point;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/// One look at a trust point's DNSKEY set (RFC 5011 section 2.3, "active refresh").
record Refresh(Upstream upstream, Crypto crypto, InstantSource clock) {
    /// The trust point after the look.
    ///
    /// @param failure why nothing could be learned of its keys, but perhaps of revocations
    record Looked(Point point, Optional<Reason> failure) {}

    Looked at(Point point) {
        var question = new Question(point.trust().zone(), Type.DNSKEY);
        return switch (upstream.ask(question, Upstream.Manner.FIRST)) {
            case Upstream.Asked.Failed(var reason) -> failed(point, point.trust(), reason);
            case Upstream.Asked.Replied replied ->
                replied.reply().answer().stream()
                        .filter(set -> set.set().type() == Type.DNSKEY
                                && set.set().owner().equals(point.trust().zone()))
                        .findFirst()
                        .map(set -> judge(point, set))
                        .orElseGet(() -> failed(point, point.trust(), noKeys(question, replied)));
        };
    }

    private Looked judge(Point point, SignedSet set) {
        Instant now = clock.instant();
        var budget = new Budget();
        var revoked = Revocations.in(set, now, budget, crypto);
        TrustPoint left = point.trust().afterRevocations(revoked, now);
        if (left.trusted().isEmpty()) {
            return failed(point, left, noneLeft(left));
        }
        return switch (EntryPoints.anchored(left.zone(), left.trusted()).admit(set, now, budget, crypto)) {
            case KeysFinding.Broken(var reason) -> failed(point, left, reason);
            case KeysFinding.Trusted trusted -> learned(left, set, signatureIn(trusted, set), now);
        };
    }

    private static Looked learned(TrustPoint before, SignedSet set, RRSIGRecord signature, Instant now) {
        Duration originalTtl = Duration.ofSeconds(signature.getOrigTTL());
        Instant expiration = signature.getExpire();
        TrustPoint after = before.after(set.set().as(DNSKEYRecord.class), originalTtl, now);
        var next = now.plus(times(originalTtl, expiration, now).afterSuccess());
        return new Looked(new Point(after, next, originalTtl, expiration), Optional.empty());
    }

    private Looked failed(Point before, TrustPoint trust, Reason why) {
        Instant now = clock.instant();
        var next =
                now.plus(times(before.originalTtl(), before.expiration(), now).afterFailure());
        return new Looked(new Point(trust, next, before.originalTtl(), before.expiration()), Optional.of(why));
    }

    private static RefreshTimes times(Duration originalTtl, Instant expiration, Instant now) {
        Duration toExpiration = expiration.isAfter(now) ? Duration.between(now, expiration) : Duration.ZERO;
        return new RefreshTimes(originalTtl, toExpiration);
    }

    /// The signature that the proof names.
    private static RRSIGRecord signatureIn(KeysFinding.Trusted trusted, SignedSet set) {
        List<Integer> tags = trusted.steps().stream()
                .filter(Proof.Step.Signed.class::isInstance)
                .map(step -> ((Proof.Step.Signed) step).keyTag())
                .toList();
        return set.signatures().stream()
                .filter(signature -> tags.contains(signature.getFootprint()))
                .findFirst()
                .orElseThrow();
    }

    private static Reason noKeys(Question question, Upstream.Asked.Replied replied) {
        return new Reason(
                replied.server() + " has no records for " + question + ", which every signed zone has",
                ExtendedError.DNSKEY_MISSING);
    }

    private static Reason noneLeft(TrustPoint point) {
        return new Reason(
                "all trust anchors of " + point.zone() + " are revoked: nothing can be trusted until new ones are"
                        + " configured",
                ExtendedError.DNSKEY_MISSING);
    }
}
