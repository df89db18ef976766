package org.danelaw.dnssec;

import java.util.Optional;

/// The signature algorithms that we check (IANA registry "DNS Security Algorithm Numbers"; RFC 8624 section 3.1). All
/// others count as unknown.
enum Algorithm {
    RSASHA1(5),
    RSASHA1_NSEC3_SHA1(7),
    RSASHA256(8),
    RSASHA512(10),
    ECDSAP256SHA256(13),
    ECDSAP384SHA384(14),
    ED25519(15),
    ED448(16);

    private static final Algorithm[] BY_NUMBER = new Algorithm[256];

    static {
        for (Algorithm algorithm : values()) {
            BY_NUMBER[algorithm.number] = algorithm;
        }
    }

    private final int number;

    Algorithm(int number) {
        this.number = number;
    }

    static Optional<Algorithm> of(int number) {
        return Optional.ofNullable(BY_NUMBER[number & 0xff]);
    }

    int number() {
        return number;
    }

    /// Whether its signatures rest on SHA-1 (RFC 9905).
    boolean restsOnSha1() {
        return this == RSASHA1 || this == RSASHA1_NSEC3_SHA1;
    }
}
