package org.danelaw.admin;

import java.util.Optional;
import java.util.OptionalInt;

/// Numbers that an operator gives.
final class Numbers {
    /// The most of anything that an option may ask for.
    static final int MOST = 1_000_000;

    private Numbers() {}

    /// What was given, or `usual` where nothing was; empty for what is no number from 1 to [#MOST].
    static OptionalInt of(Optional<String> given, int usual) {
        if (given.isEmpty()) {
            return OptionalInt.of(usual);
        }
        if (!given.get().matches("[0-9]{1,7}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(given.get());
        return number >= 1 && number <= MOST ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
