package org.danelaw.smtp;

/// What a client shows for its identity in AUTH (RFC 4954).
///
/// @param mechanism by which it was told: `PLAIN` or `LOGIN`
public record Credentials(String mechanism, String user, String password) {
    /// A password is never written anywhere.
    @Override
    public String toString() {
        return mechanism + " " + user;
    }
}
