package org.danelaw.dnssec;

import java.util.function.Function;

/// What is known of a value after validation. Only secure and insecure values can be read: there is nothing to read in
/// the others.
public sealed interface Validated<T> {
    /// Signed, and every signature holds up to a trust anchor (RFC 4033 section 5).
    record Secure<T>(T value, Proof proof) implements Validated<T> {}

    /// Proven to lie in a part of the tree that is not signed (RFC 4033 section 5).
    record Insecure<T>(T value, Proof proof) implements Validated<T> {}

    /// It should be signed and is not, or not well (RFC 4033 section 5).
    record Bogus<T>(Reason reason) implements Validated<T> {}

    /// No usable answer was had: it is not known whether there is something to validate.
    record Unavailable<T>(Reason reason) implements Validated<T> {}

    default <U> Validated<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Secure<T>(var value, var proof) -> new Secure<>(change.apply(value), proof);
            case Insecure<T>(var value, var proof) -> new Insecure<>(change.apply(value), proof);
            case Bogus<T>(var reason) -> new Bogus<>(reason);
            case Unavailable<T>(var reason) -> new Unavailable<>(reason);
        };
    }
}
