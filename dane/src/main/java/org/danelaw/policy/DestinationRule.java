package org.danelaw.policy;

/// What the operator wants for a destination: its destination control, and what becomes of an insecure MX.
public record DestinationRule(TlsSupport tls, DaneSupport dane, InsecureMx insecureMx, IpPreference ip) {
    public DestinationRule {
        if (dane != DaneSupport.NONE && tls == TlsSupport.NONE) {
            throw new IllegalArgumentException("DANE needs TLS: dane = " + dane + " with tls = none");
        }
    }

    public DestinationRule(TlsSupport tls, DaneSupport dane, InsecureMx insecureMx) {
        this(tls, dane, insecureMx, IpPreference.IPV6_PREFERRED);
    }

    /// The same rule where DANE does not apply to a message: it came in under a policy without DANE, or
    /// takes an SMTP route.
    public DestinationRule withoutDane() {
        return new DestinationRule(tls, DaneSupport.NONE, insecureMx, ip);
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

    /// Which of a host's addresses are tried first, or at all.
    public enum IpPreference {
        IPV6_PREFERRED,
        IPV6_REQUIRED,
        IPV4_PREFERRED,
        IPV4_REQUIRED
    }
}
