package org.danelaw.queue;

import java.util.Optional;
import org.danelaw.smtp.Address;

/// Which of the waiting recipients an operator means.
public sealed interface Selection {
    record All() implements Selection {}

    /// All of one message.
    record Message(long mid) implements Selection {}

    /// One mailbox, in whatever message; upper and lower case are the same to an operator.
    record Recipient(Address address) implements Selection {}

    /// All of the messages of one sender; empty for the null sender.
    record Sender(Optional<Address> address) implements Selection {}

    /// All of one destination, in A-label form, lower case.
    record Domain(String domain) implements Selection {}
}
