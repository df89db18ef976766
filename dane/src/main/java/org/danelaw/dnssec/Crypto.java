package org.danelaw.dnssec;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whose code checks the signatures of which algorithm. Each provider is named and asked directly; the JVM's own list
/// of providers stays as it is, and what other code puts into it does not matter. A provider is loaded when the first
/// key comes that it is to take.
public final class Crypto {
    private final List<Vendor> vendors;

    private Crypto(Vendor... vendors) {
        this.vendors = List.of(vendors);
    }

    /// The most checks in a second: native code where this machine has it.
    public static Crypto fastest() {
        return new Crypto(Vendor.CORRETTO, Vendor.BOUNCY_CASTLE, Vendor.JDK);
    }

    /// The same without native code.
    public static Crypto portable() {
        return new Crypto(Vendor.BOUNCY_CASTLE, Vendor.JDK);
    }

    /// The first check soonest: nothing has to be loaded; for a program that makes a few and ends.
    public static Crypto soonest() {
        return new Crypto(Vendor.JDK, Vendor.BOUNCY_CASTLE);
    }

    /// One line for each algorithm: its number, its name, and the providers that are asked, first to last. Loads them.
    public String describe() {
        return Arrays.stream(Algorithm.values()).map(this::describe).collect(Collectors.joining("\n"));
    }

    private String describe(Algorithm algorithm) {
        String asked = vendors.stream()
                .flatMap(vendor -> scheme(vendor, algorithm).stream())
                .map(SignatureScheme::toString)
                .collect(Collectors.joining(", "));
        return algorithm.number() + " " + algorithm + ": " + (asked.isEmpty() ? "nobody" : asked);
    }

    /// The key in a DNSKEY record's public key field, in the hands of the first provider that takes it; empty where it
    /// is no key of that algorithm.
    Optional<ImportedKey> key(Algorithm algorithm, byte[] field) {
        return PublicKeys.read(algorithm, field)
                .flatMap(spec -> vendors.stream()
                        .flatMap(vendor -> scheme(vendor, algorithm).stream())
                        .flatMap(scheme -> scheme.key(spec).stream())
                        .findFirst());
    }

    private static Optional<SignatureScheme> scheme(Vendor vendor, Algorithm algorithm) {
        return Optional.ofNullable(vendor.schemes().get(algorithm));
    }
}
