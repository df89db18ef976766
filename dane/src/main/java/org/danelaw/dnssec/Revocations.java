package org.danelaw.dnssec;

import java.time.Instant;
import java.util.List;
import org.danelaw.dns.SignedSet;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/// Keys that say of themselves that they are not to be trusted any more (RFC 5011 section 2.1).
public final class Revocations {
    private Revocations() {}

    /// The keys of a DNSKEY set that have the REVOKE flag and signed the set themselves. This is the one
    /// thing that a revoked key's signature is good for.
    public static List<DNSKEYRecord> in(SignedSet dnskeys, Instant now, Budget budget, Crypto crypto) {
        var form = new CanonicalForm(dnskeys.set());
        return ZoneKeys.of(dnskeys.set().owner(), dnskeys.set().as(DNSKEYRecord.class), crypto).keys().stream()
                .filter(key -> key.isRevoked() && key.isZoneKey())
                .filter(key -> dnskeys.signatures().stream()
                        .filter(signature -> isFor(signature, dnskeys, key, now))
                        .anyMatch(signature -> budget.allowsSignatureCheck()
                                && key.signed(form.signedOctets(signature), signature.getSignature())))
                .map(ZoneKey::dnskey)
                .toList();
    }

    private static boolean isFor(RRSIGRecord signature, SignedSet dnskeys, ZoneKey key, Instant now) {
        return signature.getTypeCovered() == Type.DNSKEY
                && signature.getName().equals(dnskeys.set().owner())
                && signature.getSigner().equals(dnskeys.set().owner())
                && signature.getFootprint() == key.tag()
                && signature.getAlgorithm() == key.algorithm()
                && isInTime(signature, now);
    }

    private static boolean isInTime(RRSIGRecord signature, Instant now) {
        return switch (Period.of(signature, now).relation(now)) {
            case WITHIN, WITHIN_SKEW -> true;
            case BEFORE, AFTER -> false;
        };
    }
}
