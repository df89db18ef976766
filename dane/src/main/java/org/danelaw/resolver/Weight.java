package org.danelaw.resolver;

import org.danelaw.dns.Answer;
import org.danelaw.dnssec.Proof;
import org.danelaw.dnssec.Reason;
import org.danelaw.dnssec.Validated;
import org.danelaw.dnssec.ZoneTrust;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// About how many bytes of heap a cached value holds: what its parts were measured to need, on a 64-bit JVM
/// with compressed references. Parts that are shared between values count for each of them.
final class Weight {
    private static final long NAME = 72;
    private static final long RECORD = 120;
    private static final long STEP = 56;
    private static final long REST = 160;

    private Weight() {}

    static long of(Validated<Answer> answer) {
        return switch (answer) {
            case Validated.Secure<Answer>(var value, var proof) -> of(value) + of(proof);
            case Validated.Insecure<Answer>(var value, var proof) -> of(value) + of(proof);
            case Validated.Bogus<Answer>(var reason) -> of(reason);
            case Validated.Unavailable<Answer>(var reason) -> of(reason);
        };
    }

    static long of(ZoneTrust trust) {
        return switch (trust) {
            case ZoneTrust.Signed(var zone, var keys, var proof) ->
                of(zone) + keys.records().stream().mapToLong(Weight::of).sum() + of(proof);
            case ZoneTrust.Unsigned(var zone, var proof) -> of(zone) + of(proof);
            case ZoneTrust.Broken broken -> of(broken.zone()) + of(broken.reason());
            case ZoneTrust.Unknown unknown -> of(unknown.zone()) + of(unknown.reason());
        };
    }

    private static long of(Answer answer) {
        long aliases = answer.aliases().stream().mapToLong(Weight::of).sum();
        return switch (answer) {
            case Answer.Found found ->
                aliases + found.set().records().stream().mapToLong(Weight::of).sum();
            case Answer.NoData _, Answer.NoSuchName _ -> aliases;
        };
    }

    private static long of(Record record) {
        // Data is held once as octets, or as names and numbers of about that size.
        return RECORD + of(record.getName()) + 2L * record.rdataToWireCanonical().length;
    }

    private static long of(Proof proof) {
        return REST + STEP * proof.steps().size();
    }

    private static long of(Reason reason) {
        return REST + reason.sentence().length();
    }

    private static long of(Name name) {
        return NAME + name.length();
    }
}
