package org.danelaw.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One key of a table: its name, the values it takes, what counts without it, what it means.
record Key<T>(String name, Kind<T> kind, Absence<T> absence, String meaning, Force force) {
    /// What it means that a key is not there.
    sealed interface Absence<T> {
        record Forbidden<T>() implements Absence<T> {}

        /// A value that counts instead.
        ///
        /// @param shown the value as the file would write it
        record Default<T>(Supplier<T> value, String shown) implements Absence<T> {}

        /// The code that reads the key knows what to do without it.
        record Means<T>(String meaning) implements Absence<T> {}
    }

    /// Whether the setting has an effect in this version.
    enum Force {
        NOW,
        NOT_YET
    }

    static <T> Key<T> required(String name, Kind<T> kind, String meaning) {
        return new Key<>(name, kind, new Absence.Forbidden<>(), meaning, Force.NOW);
    }

    static <T> Key<T> optional(String name, Kind<T> kind, String without, String meaning) {
        return new Key<>(name, kind, new Absence.Means<>(without), meaning, Force.NOW);
    }

    static <T> Key<T> of(String name, Kind<T> kind, T fallback, String meaning) {
        return new Key<>(name, kind, new Absence.Default<>(() -> fallback, written(fallback)), meaning, Force.NOW);
    }

    Key<T> notYetInForce() {
        return new Key<>(name, kind, absence, meaning, Force.NOT_YET);
    }

    /// What counts where it is not given, for a reader; nothing where it must be.
    Optional<String> without() {
        return switch (absence) {
            case Absence.Forbidden<T> forbidden -> Optional.empty();
            case Absence.Default<T>(var value, var shown) -> Optional.of("`" + shown + "`");
            case Absence.Means<T>(var words) -> Optional.of(words);
        };
    }

    /// The problems of a given value, each opening with the key's name.
    List<Problem> problems(Given given) {
        return switch (kind.read(given)) {
            case Kind.Reading.Fit<T> fit -> List.of();
            case Kind.Reading.Unfit<T>(var problems) -> {
                var named = new ArrayList<Problem>();
                problems.forEach(problem -> named.add(new Problem(problem.at(), name + " " + problem.text())));
                yield named;
            }
        };
    }

    /// The value read, or nothing where it does not fit.
    Optional<T> read(Given given) {
        return switch (kind.read(given)) {
            case Kind.Reading.Fit<T>(var value) -> Optional.of(value);
            case Kind.Reading.Unfit<T> unfit -> Optional.empty();
        };
    }

    private static String written(Object value) {
        return switch (value) {
            case Enum<?> constant -> "\"" + Kind.name(constant) + "\"";
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            default -> "\"" + value + "\"";
        };
    }
}
