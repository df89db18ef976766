package org.danelaw.lab.world;

/// The signature algorithms of the DNSKEY registry that are in use (RFC 8624 section 3.1), by their numbers.
public enum Algorithm {
    RSASHA1(5),
    RSASHA1_NSEC3_SHA1(7),
    RSASHA256(8),
    RSASHA512(10),
    ECDSAP256SHA256(13),
    ECDSAP384SHA384(14),
    ED25519(15),
    ED448(16);

    private final int number;

    Algorithm(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    boolean isRsa() {
        return number <= RSASHA512.number;
    }
}
