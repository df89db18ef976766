package org.danelaw.smtp;

import java.util.List;
import java.util.Optional;

/// Who a message is from and for, and what carrying it needs.
///
/// @param sender the reverse-path; empty for the null sender
public record Envelope(Optional<Address> sender, List<Recipient> recipients, Needs needs, Dsn dsn) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /// One recipient with its delivery status wishes (RFC 3461 section 4): `NOTIFY` and `ORCPT` as they came.
    public record Recipient(Address address, Optional<String> notifyWhen, Optional<String> originalRecipient) {
        public Recipient(Address address) {
            this(address, Optional.empty(), Optional.empty());
        }
    }

    /// What the next hop must be able to do (RFC 6152, RFC 6531).
    public record Needs(boolean eightBitMime, boolean smtpUtf8) {
        public static final Needs NONE = new Needs(false, false);
    }

    /// The message's delivery status wishes (RFC 3461 section 4): `RET` and `ENVID` as they came.
    public record Dsn(Optional<String> ret, Optional<String> envelopeId) {
        public static final Dsn NONE = new Dsn(Optional.empty(), Optional.empty());
    }
}
