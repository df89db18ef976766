package org.danelaw.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who a message is from and for, and what carrying it needs.
///
/// @param sender the reverse-path; empty for the null sender
public record Envelope(Optional<Address> sender, List<Recipient> recipients, Needs needs, Dsn dsn) {
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /// Whether the addresses, or what is said of the header, ask for SMTPUTF8 (RFC 6531 section 3.2).
    public boolean needsSmtpUtf8() {
        return needs.smtpUtf8()
                || sender.filter(Address::needsSmtpUtf8).isPresent()
                || recipients.stream().anyMatch(recipient -> recipient.address().needsSmtpUtf8());
    }

    /// One recipient with its delivery status wishes (RFC 3461 section 4): `NOTIFY` and `ORCPT` as they came.
    public record Recipient(Address address, Optional<String> notifyWhen, Optional<String> originalRecipient) {
        public Recipient(Address address) {
            this(address, Optional.empty(), Optional.empty());
        }

        /// Whether the sender named `keyword`, as `SUCCESS`, in NOTIFY (RFC 3461 section 4.1).
        public boolean wants(String keyword) {
            return notifyWhen
                    .filter(named -> List.of(named.toUpperCase(Locale.ROOT).split(",", -1))
                            .contains(keyword))
                    .isPresent();
        }
    }

    /// What the content asks of a next hop, whatever the addresses ask (RFC 6152, RFC 6531).
    ///
    /// @param eightBitMime whether there are octets above 127 in it
    /// @param smtpUtf8 whether there are octets above 127 in its header
    public record Needs(boolean eightBitMime, boolean smtpUtf8) {
        public static final Needs NONE = new Needs(false, false);
    }

    /// The message's delivery status wishes (RFC 3461 section 4): `RET` and `ENVID` as they came.
    public record Dsn(Optional<String> ret, Optional<String> envelopeId) {
        public static final Dsn NONE = new Dsn(Optional.empty(), Optional.empty());
    }
}
