package org.danelaw.dnssec;

/// What signed NSEC or NSEC3 records prove about a name or one of its types; an RCODE plays no part in it.
public sealed interface Denial {
    /// There is no such name, nor a wildcard that could make it.
    record NoSuchName(String how) implements Denial {}

    /// The name is there, or a wildcard that makes it, without such a type.
    record NoSuchType(String how) implements Denial {}

    /// It is proven that nothing can be proven here: an unsigned delegation lies here, or may lie here.
    record Insecure(String how) implements Denial {}

    /// As [Insecure], for an unsigned delegation may lie at the name or above it; but a wildcard that would
    /// make the name is not denied. That is all that a reply of NODATA can have, for an empty name above such a
    /// delegation need not have a record (RFC 5155 section 7.1). A reply of NXDOMAIN must have more (section
    /// 8.4): `lack` says what. One whose records do not all hold may have had the wildcard's, and is worth
    /// nothing.
    record MaybeDelegated(String how, Reason lack) implements Denial {}

    /// The records ask for more hashing than we do. That is worth as much as [Insecure] where the signature of every
    /// record of the reply holds, and nothing otherwise (RFC 9276 section 3.2).
    record TooManyIterations(String how) implements Denial {}

    /// The records do not prove that anything is absent; the reason says what they lack.
    record Unproven(Reason reason) implements Denial {}
}
