package org.danelaw.resolver;

import static org.danelaw.resolver.AnchorKey.State.ADD_PENDING;
import static org.danelaw.resolver.AnchorKey.State.MISSING;
import static org.danelaw.resolver.AnchorKey.State.REMOVED;
import static org.danelaw.resolver.AnchorKey.State.REVOKED;
import static org.danelaw.resolver.AnchorKey.State.VALID;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.danelaw.dnssec.TrustAnchor;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSKEYRecord.Flags;
import org.xbill.DNS.Name;

/// A zone with trust anchors and all that RFC 5011 says of its keys: each look at the zone's DNSKEY set makes
/// the next from it. Pure; the clock is an argument.
record TrustPoint(Name zone, List<AnchorKey> keys) {
    // RFC 5011 section 2.4.1: so long the owner of a stolen key has to notice that new keys are not theirs.
    static final Duration ADD_HOLD_DOWN = Duration.ofDays(30);
    // RFC 5011 section 2.4.2.
    static final Duration REMOVE_HOLD_DOWN = Duration.ofDays(30);
    // RFC 5011 section 2.4.3 asks for at least 5; a zone that shows more new keys than this is not followed
    // further.
    static final int MOST_KEYS = 64;

    TrustPoint {
        keys = List.copyOf(keys);
    }

    static TrustPoint configured(Name zone, List<TrustAnchor> anchors, Instant now) {
        return new TrustPoint(
                zone,
                anchors.stream()
                        .map(anchor -> AnchorKey.configured(anchor, now))
                        .toList());
    }

    /// What may vouch for the zone's keys now.
    List<TrustAnchor> trusted() {
        return keys.stream()
                .filter(key -> key.state().isTrusted())
                .map(AnchorKey::anchor)
                .toList();
    }

    /// With the anchors that were not known before; what was revoked stays so.
    TrustPoint with(List<TrustAnchor> configured, Instant now) {
        var more = new ArrayList<>(keys);
        for (TrustAnchor anchor : configured) {
            if (more.stream().noneMatch(key -> key.isSameAs(anchor))) {
                more.add(AnchorKey.configured(anchor, now));
            }
        }
        return new TrustPoint(zone, more);
    }

    /// After `revoked` were seen in the zone's DNSKEY set, each with the REVOKE flag and its own signature
    /// over the set: that is all the proof that it takes (RFC 5011 section 2.1), whoever else signed.
    TrustPoint afterRevocations(List<DNSKEYRecord> revoked, Instant now) {
        return new TrustPoint(
                zone,
                keys.stream()
                        .flatMap(key -> afterRevocations(key, revoked, now).stream())
                        .toList());
    }

    private static Optional<AnchorKey> afterRevocations(AnchorKey key, List<DNSKEYRecord> revoked, Instant now) {
        Optional<DNSKEYRecord> seen = revoked.stream().filter(key::is).findFirst();
        if (seen.isEmpty()) {
            return Optional.of(key);
        }
        return switch (key.state()) {
            // It never was trusted: as if it had gone.
            case ADD_PENDING -> Optional.empty();
            case VALID, MISSING, REVOKED ->
                Optional.of(key.become(REVOKED, key.state() == REVOKED ? key.since() : now, now.plus(REMOVE_HOLD_DOWN))
                        .seenAs(AnchorKey.unrevoked(seen.get())));
            case REMOVED -> Optional.of(key);
        };
    }

    /// After `set` was seen as the zone's DNSKEY set, signed by a key that is trusted.
    TrustPoint after(List<DNSKEYRecord> set, Duration originalTtl, Instant now) {
        List<DNSKEYRecord> candidates =
                set.stream().filter(TrustPoint::mayBeAnchor).toList();
        var next = new ArrayList<AnchorKey>();
        for (AnchorKey key : keys) {
            Optional<DNSKEYRecord> seen = candidates.stream().filter(key::is).findFirst();
            (seen.isPresent() ? present(key, seen.get(), now) : absent(key, now)).ifPresent(next::add);
        }
        // RFC 5011 section 2.4.1: thirty days, or the original TTL where that is longer.
        Instant due = now.plus(ADD_HOLD_DOWN.compareTo(originalTtl) > 0 ? ADD_HOLD_DOWN : originalTtl);
        for (DNSKEYRecord key : candidates) {
            if (next.size() < MOST_KEYS && keys.stream().noneMatch(known -> known.is(key))) {
                next.add(new AnchorKey(new TrustAnchor.Key(key), ADD_PENDING, now, due));
            }
        }
        return new TrustPoint(zone, next);
    }

    /// RFC 5011 section 3: only keys with the SEP flag; section 2.1: none that is revoked.
    private static boolean mayBeAnchor(DNSKEYRecord key) {
        int wanted = Flags.ZONE_KEY | Flags.SEP_KEY;
        return (key.getFlags() & (wanted | Flags.REVOKE)) == wanted
                && key.getProtocol() == DNSKEYRecord.Protocol.DNSSEC;
    }

    private static Optional<AnchorKey> present(AnchorKey key, DNSKEYRecord seen, Instant now) {
        return Optional.of(
                switch (key.state()) {
                    // AddTime: in every set that was seen for long enough.
                    case ADD_PENDING -> now.isBefore(key.due()) ? key : key.become(VALID, now, now);
                    case VALID -> key.seenAs(seen);
                    // KeyPres.
                    case MISSING -> key.become(VALID, now, now).seenAs(seen);
                    // A key does not come back by leaving the flag out (RFC 5011 section 2.1).
                    case REVOKED, REMOVED -> key;
                });
    }

    private static Optional<AnchorKey> absent(AnchorKey key, Instant now) {
        return switch (key.state()) {
            // KeyRem: the hold-down begins anew if it ever shows up again.
            case ADD_PENDING -> Optional.empty();
            case VALID -> Optional.of(key.become(MISSING, now, now));
            // RemTime.
            case REVOKED -> Optional.of(now.isBefore(key.due()) ? key : key.become(REMOVED, now, now));
            case MISSING, REMOVED -> Optional.of(key);
        };
    }

    /// One sentence for each key whose state is another than `before`.
    List<String> changesSince(TrustPoint before) {
        var changes = new ArrayList<String>();
        for (AnchorKey key : keys) {
            Optional<AnchorKey> was = before.keys.stream()
                    .filter(old -> old.isSameAs(key.anchor()))
                    .findFirst();
            if (was.map(AnchorKey::state).filter(key.state()::equals).isEmpty()) {
                changes.add(sentence(key));
            }
        }
        for (AnchorKey old : before.keys) {
            if (keys.stream().noneMatch(key -> key.isSameAs(old.anchor()))) {
                changes.add("key " + old.tag() + " of " + zone + " has gone before it was trusted");
            }
        }
        return changes;
    }

    private String sentence(AnchorKey key) {
        String who = "key " + key.tag() + " of " + zone;
        return switch (key.state()) {
            case ADD_PENDING -> who + " is new: it will be trusted from " + key.due() + " on if it stays";
            case VALID -> who + " is a trust anchor now";
            case MISSING -> who + " is not in its zone any more: it stays a trust anchor";
            case REVOKED -> who + " was revoked: it is no trust anchor any more";
            case REMOVED -> who + " was revoked and has gone";
        };
    }
}
