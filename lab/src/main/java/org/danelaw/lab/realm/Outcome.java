package org.danelaw.lab.realm;

/// How mail to a domain ends, or stands after its first attempt.
public enum Outcome {
    /// Delivered to a host that its TLSA records admit, and that secure MX records name.
    AUTHENTICATED,
    /// Delivered to a host that its TLSA records admit; but the MX records that name it are insecure.
    INSECURE_MX,
    /// Delivered over TLS to whoever was there.
    ENCRYPTED,
    /// Delivered without TLS.
    CLEAR,
    /// Kept for another attempt.
    DEFERRED,
    /// Given back to the sender.
    BOUNCED
}
