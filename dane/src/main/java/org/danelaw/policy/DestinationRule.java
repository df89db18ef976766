package org.danelaw.policy;

/// What the operator wants for a destination: TLS Support, DANE Support, and what becomes of an insecure MX.
public record DestinationRule(TlsSupport tls, DaneSupport dane, InsecureMx insecureMx) {
    public DestinationRule {
        if (dane != DaneSupport.NONE && tls == TlsSupport.NONE) {
            throw new IllegalArgumentException("DANE needs TLS: dane = " + dane + " with tls = none");
        }
    }

    /// The TLS Support setting of a destination control.
    public enum TlsSupport {
        NONE,
        PREFERRED,
        REQUIRED,
        PREFERRED_VERIFY,
        REQUIRED_VERIFY,
        REQUIRED_VERIFY_HOSTED_DOMAIN
    }

    /// The DANE Support setting of a destination control.
    public enum DaneSupport {
        NONE,
        OPPORTUNISTIC,
        MANDATORY
    }

    /// What counts when the MX records are insecure but a host has secure TLSA records (rule B14).
    public enum InsecureMx {
        DANE,
        ENCRYPT,
        MAY
    }
}
