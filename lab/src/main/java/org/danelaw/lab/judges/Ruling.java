package org.danelaw.lab.judges;

/// How far a validator trusts an answer (RFC 4035 section 4.3); one that it could not get counts as bogus.
public enum Ruling {
    SECURE,
    INSECURE,
    BOGUS
}
