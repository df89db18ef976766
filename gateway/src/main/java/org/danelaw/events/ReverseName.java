package org.danelaw.events;

import java.util.List;
import java.util.Optional;

/// What reverse DNS says of a client's address.
public sealed interface ReverseName {
    /// Whether the client may have a name, verified, that is not known here because a look-up failed.
    default boolean isUndecided() {
        return switch (this) {
            case Unknown _, Claimed _ -> false;
            case Verified verified -> verified.unread().isPresent();
            case Undecided _ -> true;
        };
    }

    /// No name, or nobody asked.
    record Unknown() implements ReverseName {}

    /// A name whose own address records do not lead back to the client.
    record Claimed(String name) implements ReverseName {}

    /// Names whose own address records lead back to the client; the first is the one that is told.
    ///
    /// @param unread why more names of the client could not be looked up, where that is so
    record Verified(List<String> names, Optional<String> unread) implements ReverseName {
        public Verified {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("without a name nothing is verified");
            }
        }

        public Verified(List<String> names) {
            this(names, Optional.empty());
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
