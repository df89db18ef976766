package org.danelaw.lab.world;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;

/// How a set is signed, before it is: with which key, from when to when; and what goes wrong in doing so.
///
/// @param before changes what the signature says before it is made: the signature itself stays good
/// @param after changes the finished signature record
record Signing(
        ZoneKey key,
        Instant inception,
        Instant expiration,
        UnaryOperator<RRSIGRecord> before,
        UnaryOperator<RRSIGRecord> after) {

    Signing(ZoneKey key, Instant inception, Instant expiration) {
        this(key, inception, expiration, UnaryOperator.identity(), UnaryOperator.identity());
    }

    Signing between(Instant from, Instant until) {
        return new Signing(key, from, until, before, after);
    }

    Signing with(ZoneKey other) {
        return new Signing(other, inception, expiration, before, after);
    }

    Signing before(UnaryOperator<RRSIGRecord> change) {
        return new Signing(key, inception, expiration, sig -> change.apply(before.apply(sig)), after);
    }

    Signing after(UnaryOperator<RRSIGRecord> change) {
        return new Signing(key, inception, expiration, before, sig -> change.apply(after.apply(sig)));
    }

    /// RFC 4034 section 3.1.8.1: the signature is over the record without it, then the set in canonical form.
    RRSIGRecord over(RRset set) {
        var unsigned = before.apply(unsigned(set));
        var signature = key.pair().sign(DNSSEC.digestRRset(unsigned, set));
        return after.apply(Rrsig.signature(unsigned, signature));
    }

    private RRSIGRecord unsigned(RRset set) {
        return new RRSIGRecord(
                set.getName(),
                DClass.IN,
                set.getTTL(),
                set.getType(),
                key.plan().algorithm().number(),
                set.getTTL(),
                expiration,
                inception,
                key.tag(),
                key.zone(),
                new byte[0]);
    }
}
