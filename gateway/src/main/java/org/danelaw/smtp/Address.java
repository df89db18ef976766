package org.danelaw.smtp;

/// A mailbox (RFC 5321 section 4.1.2): the local part as it came, quotes included, and the domain in A-label form,
/// lower
/// case, or an address literal in its brackets.
public record Address(String localPart, String domain) {
    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
