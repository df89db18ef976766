package org.danelaw.intake;

import java.util.List;
import org.danelaw.smtp.Address;
import org.danelaw.smtp.Reply;

/// The recipient access table: whom clients of an ACCEPT policy may mail. The first entry that matches counts; behind
/// the last one stands "all other recipients: reject", which nobody can take away.
public record RecipientAccess(List<Entry> entries) {
    public static final RecipientAccess NOBODY = new RecipientAccess(List.of());

    public RecipientAccess {
        entries = List.copyOf(entries);
    }

    /// One line of the table.
    public record Entry(RecipientMatch match, Access access) {}

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
                .filter(entry -> entry.match().includes(recipient))
                .map(Entry::access)
                .findFirst()
                .orElse(new Access.Reject("this gateway takes no mail for <" + recipient + ">"));
    }
}
