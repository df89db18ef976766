package org.danelaw.dnssec;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.danelaw.dns.SignedSet;
import org.danelaw.dnssec.Reason.ExtendedError;
import org.danelaw.dnssec.ValidationSettings.Sha1;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

/// The ways into a zone: what its parent's DS records, or our trust anchors, say of its keys, as far as we can use it.
public final class EntryPoints {
    private final Name zone;
    private final List<TrustAnchor> usable;
    private final boolean isAnchored;
    private final Sha1 sha1;

    private EntryPoints(Name zone, List<TrustAnchor> usable, boolean isAnchored, Sha1 sha1) {
        this.zone = zone;
        this.usable = List.copyOf(usable);
        this.isAnchored = isAnchored;
        this.sha1 = sha1;
    }

    /// Those of the zone's DS records, proved before, that we know the algorithm and digest of.
    public static EntryPoints delegated(Name zone, List<DSRecord> records, ValidationSettings settings) {
        var known = records.stream()
                .filter(ds -> isKnown(ds.getAlgorithm(), settings.sha1())
                        && DsDigest.of(ds).isPresent())
                .toList();
        // RFC 4509 section 3: SHA-1 digests count only where no better one is there that we can use.
        var better = known.stream().filter(ds -> !isSha1(ds)).toList();
        List<TrustAnchor> usable = (better.isEmpty() ? known : better)
                .stream().<TrustAnchor>map(TrustAnchor.Digest::new).toList();
        return new EntryPoints(zone, usable, false, settings.sha1());
    }

    /// The trust anchors of the zone; each algorithm that we know counts here, whatever the settings say of SHA-1.
    public static EntryPoints anchored(Name zone, List<TrustAnchor> anchors) {
        return new EntryPoints(zone, anchors, true, Sha1.ACCEPT);
    }

    public Name zone() {
        return zone;
    }

    /// Whether nothing is here that we could check. Of a zone that its parent vouches for it makes an unsigned one (RFC
    /// 4035 section 5.2, RFC 6840 section 5.2).
    public boolean isEmpty() {
        return usable.isEmpty();
    }

    /// The zone's keys, if its DNSKEY set is signed with one that an entry point admits.
    public KeysFinding admit(SignedSet dnskeys, Instant now, Budget budget, Crypto crypto) {
        var keys = ZoneKeys.of(zone, dnskeys.set().as(DNSKEYRecord.class), crypto);
        List<ZoneKey> admitted = keys.keys().stream()
                .filter(key -> key.maySign() && usable.stream().anyMatch(entry -> admits(entry, key, budget)))
                .toList();
        if (admitted.isEmpty()) {
            return new KeysFinding.Broken(noKey(keys));
        }
        // RFC 4035 section 5.2: not any key of the set will do, it must be one that was admitted.
        return switch (new Signatures(keys.only(admitted), now, budget).check(dnskeys)) {
            case Checked.Failed(var reason) -> new KeysFinding.Broken(reason);
            case Checked.Verified verified ->
                new KeysFinding.Trusted(
                        counting(keys), List.of(entered(verified.step()), verified.step()), verified.validUntil());
        };
    }

    /// RFC 9905 lets an operator count algorithms 5 and 7 as unknown. A zone that a DS record of another algorithm
    /// binds is
    /// signed with that one throughout (RFC 4035 section 2.2): what only an unknown algorithm signed is then bogus.
    private ZoneKeys counting(ZoneKeys keys) {
        return keys.only(keys.keys().stream()
                .filter(key -> sha1 == Sha1.ACCEPT || isKnown(key.algorithm(), sha1))
                .toList());
    }

    /// Why the local clock must be wrong, if the signatures over these keys say so. Zones with a trust anchor renew
    /// theirs in good time; other zones do fail to, and prove nothing of the clock.
    public Optional<Reason> doubtsClock(SignedSet dnskeys, Instant now) {
        return isAnchored ? LocalClock.doubt(dnskeys, now) : Optional.empty();
    }

    private static boolean isKnown(int number, Sha1 sha1) {
        return Algorithm.of(number)
                .filter(algorithm -> !algorithm.restsOnSha1() || sha1 == Sha1.ACCEPT)
                .isPresent();
    }

    private static boolean isSha1(DSRecord ds) {
        return DsDigest.of(ds).equals(Optional.of(DsDigest.SHA1));
    }

    private static boolean admits(TrustAnchor entry, ZoneKey key, Budget budget) {
        return switch (entry) {
            case TrustAnchor.Key(var anchor) -> isSameKey(anchor, key.dnskey());
            case TrustAnchor.Digest(var ds) ->
                ds.getFootprint() == key.tag()
                        && ds.getAlgorithm() == key.algorithm()
                        && budget.allowsDsDigest()
                        && DsDigest.of(ds)
                                .filter(digest -> Arrays.equals(ds.getDigest(), digest.over(key.dnskey())))
                                .isPresent();
        };
    }

    private static boolean isSameKey(DNSKEYRecord one, DNSKEYRecord other) {
        return one.getAlgorithm() == other.getAlgorithm()
                && one.getProtocol() == other.getProtocol()
                && Arrays.equals(one.getKey(), other.getKey());
    }

    private Proof.Step entered(Proof.Step.Signed by) {
        if (isAnchored) {
            return new Proof.Step.Anchored(zone, by.keyTag(), by.algorithm());
        }
        int digest = usable.stream()
                .filter(entry -> entry instanceof TrustAnchor.Digest(var ds) && ds.getFootprint() == by.keyTag())
                .mapToInt(entry -> ((TrustAnchor.Digest) entry).ds().getDigestID())
                .findFirst()
                .orElse(0);
        return new Proof.Step.Delegated(zone, by.keyTag(), by.algorithm(), digest);
    }

    private Reason noKey(ZoneKeys keys) {
        String wanted = usable.stream().map(EntryPoints::describe).distinct().collect(Collectors.joining(", "));
        String there = keys.keys().stream()
                .map(key ->
                        key.tag() + (key.isRevoked() ? " (revoked)" : "") + (key.isZoneKey() ? "" : " (no zone key)"))
                .collect(Collectors.joining(", "));
        String who = isAnchored ? "the trust anchor wants" : "the DS records at the parent want";
        return new Reason(
                "no key of " + zone + " is one that " + who + ": " + wanted + "; the zone has " + there,
                ExtendedError.DNSKEY_MISSING);
    }

    private static String describe(TrustAnchor entry) {
        return switch (entry) {
            case TrustAnchor.Digest(var ds) -> ds.getFootprint() + " (algorithm " + ds.getAlgorithm() + ")";
            case TrustAnchor.Key(var key) -> key.getFootprint() + " (algorithm " + key.getAlgorithm() + ")";
        };
    }
}
