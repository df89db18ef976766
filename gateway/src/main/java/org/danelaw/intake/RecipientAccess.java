package org.danelaw.intake;

import java.util.List;
import java.util.Locale;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Reply;

/// The recipient access table: whom clients of an ACCEPT policy may mail. The first entry that matches counts; behind
/// the last one stands "all other recipients: reject", which nobody can take away.
public record RecipientAccess(List<Entry> entries) {
    /// The entry that all recipients match: it can only be the last and only reject, to say it in words of its own.
    private static final String ALL = "all";

    public static final RecipientAccess NOBODY = new RecipientAccess(List.of());

    public RecipientAccess {
        entries = List.copyOf(entries);
    }

    /// One line of the table.
    ///
    /// @param match a mailbox (`user@example.org`), a domain (`example.org`) or its subdomains (`.example.org`)
    public record Entry(String match, Access access) {
        public Entry {
            if (match.isBlank()) {
                throw new IllegalArgumentException("a recipient access entry must name a mailbox, a domain or .domain");
            }
            match = match.toLowerCase(Locale.ROOT);
        }

        boolean matches(Address recipient) {
            return switch (match.charAt(0)) {
                case '.' -> recipient.domain().endsWith(match);
                default ->
                    match.indexOf('@') < 0
                            ? match.equals(ALL) || recipient.domain().equals(match)
                            : match.equals(plain(recipient));
            };
        }

        /// RFC 5321 section 4.1.2: quotes and backslashes say how a local part is written, and nothing of whose it is.
        private static String plain(Address recipient) {
            String local = recipient.localPart();
            String bare = local.startsWith("\"")
                    ? local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1")
                    : local;
            return (bare + "@" + recipient.domain()).toLowerCase(Locale.ROOT);
        }
    }

    /// What an entry says of a recipient.
    public sealed interface Access {
        /// Mail for it is taken.
        record Accept() implements Access {}

        /// Mail for it is refused.
        ///
        /// @param reply what the client is told
        record Reject(String reply) implements Access {
            /// The text may begin with a status of its own (RFC 3463), whose class says whether the client may come
            /// again; without one it may not.
            Reply asReply() {
                return switch (reply.matches("[45]\\.[0-9]{1,3}\\.[0-9]{1,3} .+") ? reply.charAt(0) : ' ') {
                    case '4' -> Reply.of(450, reply);
                    case '5' -> Reply.of(550, reply);
                    default -> Reply.of(550, "5.7.1 " + reply);
                };
            }
        }
    }

    /// What the table says of a recipient.
    Access of(Address recipient) {
        return entries.stream()
                .filter(entry -> entry.matches(recipient))
                .map(Entry::access)
                .findFirst()
                .orElse(new Access.Reject("this gateway takes no mail for <" + recipient + ">"));
    }
}
