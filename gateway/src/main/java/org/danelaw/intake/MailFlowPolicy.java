package org.danelaw.intake;

import java.util.OptionalInt;

/// On what terms the clients of a sender group send mail.
///
/// @param dane whether DANE applies to the delivery of what comes in under this policy
public record MailFlowPolicy(String name, Action action, boolean dane, TlsOffer tls, Auth auth, Limits limits) {
    /// The policy of this name and action where nothing else is set.
    public static MailFlowPolicy of(String name, Action action) {
        return new MailFlowPolicy(name, action, action.daneByDefault(), TlsOffer.PREFERRED, Auth.NONE, Limits.DEFAULT);
    }

    /// The policy of clients that no sender group names.
    static final MailFlowPolicy UNKNOWN_CLIENT = of("REJECT", Action.REJECT);

    /// What becomes of a client's connection.
    public enum Action {
        /// Any recipient.
        RELAY,
        /// Recipients that the recipient access table admits.
        ACCEPT,
        /// A greeting that refuses, in words.
        REJECT,
        /// No greeting: the connection is closed at once.
        TCPREFUSE,
        /// This group decides nothing: the next one that matches does.
        CONTINUE;

        /// Whether DANE applies to what comes in so, where the policy does not say.
        public boolean daneByDefault() {
            return this == RELAY;
        }

        boolean takesMail() {
            return this == RELAY || this == ACCEPT;
        }
    }

    /// How a listener treats STARTTLS.
    public enum TlsOffer {
        /// Not offered.
        NONE,
        /// Offered.
        PREFERRED,
        /// Offered, and no mail without it.
        REQUIRED
    }

    /// How a listener treats AUTH (RFC 4954); it is offered behind TLS only.
    public enum Auth {
        /// Not offered.
        NONE,
        /// Offered.
        OFFERED,
        /// Offered, and no mail without it.
        REQUIRED
    }

    /// How much a client may send.
    ///
    /// @param maxMessageBytes the largest message, header and body, CRLF counted as two
    /// @param maxRecipients recipients of one message
    /// @param maxMessages messages over one connection
    /// @param maxConnections connections open at once from one client
    public record Limits(long maxMessageBytes, int maxRecipients, int maxMessages, int maxConnections, Rates rates) {
        /// RFC 5321 section 4.5.3.1.8: a server must take at least 100 recipients.
        public static final int FEWEST_MAX_RECIPIENTS = 100;

        /// RFC 5321 section 4.5.3.1.7: a server must take messages of at least 64 KB.
        public static final long SMALLEST_MAX_MESSAGE_BYTES = 64 * 1024;

        public static final Limits DEFAULT = new Limits(50L * 1024 * 1024, 1_000, 1_000, 100, Rates.NONE);

        public Limits {
            Bound.require(
                    maxMessageBytes >= SMALLEST_MAX_MESSAGE_BYTES, "max-message-bytes", SMALLEST_MAX_MESSAGE_BYTES);
            Bound.require(maxRecipients >= FEWEST_MAX_RECIPIENTS, "max-recipients", FEWEST_MAX_RECIPIENTS);
            Bound.require(maxMessages >= 1, "max-messages", 1);
            Bound.require(maxConnections >= 1, "max-connections", 1);
        }
    }

    /// How fast clients may send, and who counts as one of them.
    ///
    /// @param ofClient messages a minute from one client; empty for no limit
    /// @param ofSender messages a minute with one envelope sender; empty for no limit
    /// @param ipv4Prefix the leading bits that the addresses of one client share
    /// @param ipv6Prefix the same for IPv6
    public record Rates(OptionalInt ofClient, OptionalInt ofSender, int ipv4Prefix, int ipv6Prefix) {
        public static final Rates NONE = new Rates(OptionalInt.empty(), OptionalInt.empty(), 32, 128);

        public Rates {
            Bound.require(ofClient.orElse(1) >= 1, "rate-per-minute", 1);
            Bound.require(ofSender.orElse(1) >= 1, "sender-rate-per-minute", 1);
        }
    }

    /// A class of its own: a static method of the policy would have the policy made while its limits are, and a client
    /// that no group names would have none.
    private static final class Bound {
        static void require(boolean met, String setting, long least) {
            if (!met) {
                throw new IllegalArgumentException(setting + " must be at least " + least);
            }
        }
    }
}
