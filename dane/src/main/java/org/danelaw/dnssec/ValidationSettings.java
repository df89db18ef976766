package org.danelaw.dnssec;

/// What an operator may choose about validation.
///
/// @param nsec3Iterations more NSEC3 iterations than this make a denial insecure (RFC 9276 section 3.2)
public record ValidationSettings(Sha1 sha1, int nsec3Iterations) {
    public static final ValidationSettings DEFAULT = new ValidationSettings(Sha1.ACCEPT, 100);

    public ValidationSettings {
        if (nsec3Iterations < 0) {
            throw new IllegalArgumentException("a negative NSEC3 iteration limit: " + nsec3Iterations);
        }
    }

    /// What zones count as that are signed with algorithms 5 and 7 only (RFC 9905).
    public enum Sha1 {
        ACCEPT,
        INSECURE
    }
}
