package org.danelaw.events;

import java.util.List;
import java.util.Optional;

/// What reverse DNS says of a client's address.
public sealed interface ReverseName {
    /// No name, or nobody asked.
    record Unknown() implements ReverseName {}

    /// A name whose own address records do not lead back to the client.
    record Claimed(String name) implements ReverseName {}

    /// Names whose own address records lead back to the client; the first is the one that is told.
    record Verified(List<String> names) implements ReverseName {
        public Verified {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("without a name nothing is verified");
            }
        }

        public Verified(String name) {
            this(List.of(name));
        }

        public String name() {
            return names.getFirst();
        }
    }

    /// It could not be found out whether the client has a name that leads back to it.
    ///
    /// @param claimed the name, where that much is known
    record Undecided(Optional<String> claimed, String why) implements ReverseName {}
}
