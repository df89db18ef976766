package org.danelaw.smtp;

/// A mailbox (RFC 5321 section 4.1.2): the local part as it came, quotes included, and the domain in A-label form,
/// lower case, or an address literal in its brackets.
public record Address(String localPart, String domain) {
    /// RFC 6531 section 3.7.1: only a server that offers SMTPUTF8 can be told such an address.
    public boolean needsSmtpUtf8() {
        return localPart.chars().anyMatch(c -> c > 0x7f);
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
