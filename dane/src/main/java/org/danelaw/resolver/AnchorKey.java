package org.danelaw.resolver;

import java.time.Instant;
import java.util.Arrays;
import org.danelaw.dnssec.TrustAnchor;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSKEYRecord.Flags;
import org.xbill.DNS.DSRecord;

/// A key of a trust point and how far we trust it (RFC 5011 section 4).
///
/// @param anchor the key; only its digest, as long as a configured one has not been seen
/// @param due when time alone changes the state, in those that wait for that
record AnchorKey(TrustAnchor anchor, State state, Instant since, Instant due) {
    /// RFC 5011 section 4.2. Its "Start" is a key that we know nothing of.
    enum State {
        /// Seen, and trusted when its time has come, if it stays in the set until then.
        ADD_PENDING,
        VALID,
        /// Still trusted, but not in the set that was seen last.
        MISSING,
        /// It says of itself that it is not to be trusted: for good.
        REVOKED,
        /// Revoked and gone from the set: kept in mind so that no configuration brings it back.
        REMOVED;

        boolean isTrusted() {
            return switch (this) {
                case VALID, MISSING -> true;
                case ADD_PENDING, REVOKED, REMOVED -> false;
            };
        }

        boolean isOver() {
            return switch (this) {
                case REVOKED, REMOVED -> true;
                case ADD_PENDING, VALID, MISSING -> false;
            };
        }
    }

    AnchorKey {
        if (anchor instanceof TrustAnchor.Key(var key) && (key.getFlags() & Flags.REVOKE) != 0) {
            throw new IllegalArgumentException("keys are kept as they were before they were revoked: " + key);
        }
    }

    static AnchorKey configured(TrustAnchor anchor, Instant now) {
        return new AnchorKey(anchor, State.VALID, now, now);
    }

    AnchorKey become(State next, Instant now, Instant until) {
        return new AnchorKey(anchor, next, now, until);
    }

    AnchorKey seenAs(DNSKEYRecord key) {
        return new AnchorKey(new TrustAnchor.Key(key), state, since, due);
    }

    /// Whether `key` is this one, revoked or not.
    boolean is(DNSKEYRecord key) {
        DNSKEYRecord plain = unrevoked(key);
        return switch (anchor) {
            case TrustAnchor.Key(var known) ->
                known.getAlgorithm() == plain.getAlgorithm()
                        && known.getProtocol() == plain.getProtocol()
                        && Arrays.equals(known.getKey(), plain.getKey());
            case TrustAnchor.Digest(var ds) -> isDigestOf(ds, plain);
        };
    }

    /// Whether both are the same key or digest, or one is the digest of the other.
    boolean isSameAs(TrustAnchor other) {
        return switch (other) {
            case TrustAnchor.Key(var key) -> is(key);
            case TrustAnchor.Digest(var ds) ->
                switch (anchor) {
                    case TrustAnchor.Key(var key) -> isDigestOf(ds, key);
                    case TrustAnchor.Digest(var own) -> own.rdataToString().equals(ds.rdataToString());
                };
        };
    }

    private static boolean isDigestOf(DSRecord ds, DNSKEYRecord key) {
        if (ds.getFootprint() != key.getFootprint() || ds.getAlgorithm() != key.getAlgorithm()) {
            return false;
        }
        try {
            var made = new DSRecord(key.getName(), DClass.IN, 0, ds.getDigestID(), key);
            return Arrays.equals(made.getDigest(), ds.getDigest());
        } catch (IllegalArgumentException unknownDigest) {
            // A digest that nobody can make vouches for nothing.
            return false;
        }
    }

    /// Revocation sets a flag (RFC 5011 section 2.1), and so changes the key tag; the key itself is the same.
    static DNSKEYRecord unrevoked(DNSKEYRecord key) {
        return (key.getFlags() & Flags.REVOKE) == 0
                ? key
                : new DNSKEYRecord(
                        key.getName(),
                        DClass.IN,
                        key.getTTL(),
                        key.getFlags() & ~Flags.REVOKE,
                        key.getProtocol(),
                        key.getAlgorithm(),
                        key.getKey());
    }

    int tag() {
        return switch (anchor) {
            case TrustAnchor.Key(var key) -> key.getFootprint();
            case TrustAnchor.Digest(var ds) -> ds.getFootprint();
        };
    }
}
