package org.danelaw.policy;

/// How far the names of a destination's hosts can be trusted.
public enum MxTrust {
    /// Validated MX records, or a validated absence of them (rules A4, B9).
    SECURE,
    /// MX records, or their absence, without DNSSEC.
    INSECURE,
    /// Named by our own operator, without a look-up: secure a priori (rule B15, RFC 7672 section 2.2).
    CONFIGURED
}
