package org.danelaw.intake;

import java.util.List;
import org.danelaw.smtp.Address;

/// The recipient access table: whom clients of an ACCEPT policy may mail. The first entry that matches counts; behind
/// the last one stands "all other recipients: reject", which nobody can take away.
public record RecipientAccess(List<Entry> entries) {
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
            match = match.toLowerCase(java.util.Locale.ROOT);
        }

        boolean matches(Address recipient) {
            return switch (match.charAt(0)) {
                case '.' -> recipient.domain().endsWith(match);
                default ->
                    match.indexOf('@') < 0
                            ? recipient.domain().equals(match)
                            : recipient
                                    .toString()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .equals(match);
            };
        }
    }

    /// What an entry says of a recipient.
    public sealed interface Access {
        /// Mail for it is taken.
        record Accept() implements Access {}

        /// Mail for it is refused.
        ///
        /// @param reply what the client is told
        record Reject(String reply) implements Access {}
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
