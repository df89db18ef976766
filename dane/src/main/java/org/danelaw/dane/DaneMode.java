package org.danelaw.dane;

/// How much of a destination is asked.
public enum DaneMode {
    /// A server that has secure TLSA records must match them, another is given mail over TLS if it offers
    /// it, and where a look-up fails mail waits (RFC 7672 section 2.2).
    OPPORTUNISTIC,

    /// Only a server that matches its secure TLSA records, and that secure MX records name, is given mail
    /// (RFC 7672 section 6).
    MANDATORY
}
