package org.danelaw.dnssec;

/// What signed NSEC or NSEC3 records prove about a name or one of its types. An RCODE plays no part in it.
public sealed interface Denial {
    /// There is no such name, nor a wildcard that could make it.
    record NoSuchName(String how) implements Denial {}

    /// The name is there, or a wildcard that makes it, without such a type.
    record NoSuchType(String how) implements Denial {}

    /// It is proven that nothing can be proven here: an unsigned delegation may lie here, or the records ask for more
    /// hashing than we do.
    record Insecure(String how) implements Denial {}

    /// The records do not prove that anything is absent; the reason says what they lack.
    record Unproven(Reason reason) implements Denial {}
}
