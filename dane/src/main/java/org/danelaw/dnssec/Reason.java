package org.danelaw.dnssec;

/// Why a look-up could not be trusted or made: a sentence that an operator can act on, and its RFC 8914 code.
public record Reason(String sentence, ExtendedError code) {
    /// The extended DNS errors that validation tells apart (RFC 8914 section 4, IANA registry).
    public enum ExtendedError {
        OTHER(0),
        UNSUPPORTED_DNSKEY_ALGORITHM(1),
        UNSUPPORTED_DS_DIGEST(2),
        STALE_ANSWER(3),
        DNSSEC_INDETERMINATE(5),
        DNSSEC_BOGUS(6),
        SIGNATURE_EXPIRED(7),
        SIGNATURE_NOT_YET_VALID(8),
        DNSKEY_MISSING(9),
        RRSIGS_MISSING(10),
        NO_ZONE_KEY_BIT_SET(11),
        NSEC_MISSING(12),
        NOT_READY(14),
        NO_REACHABLE_AUTHORITY(22),
        NETWORK_ERROR(23),
        INVALID_DATA(24),
        UNSUPPORTED_NSEC3_ITERATIONS(27);

        private final int number;

        ExtendedError(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    @Override
    public String toString() {
        return sentence + " (EDE " + code.number() + ")";
    }
}
