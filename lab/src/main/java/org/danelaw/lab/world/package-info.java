/// A signed internet in code: zones as text, keys of every algorithm, signatures of any date, and every known way to
/// break them.
///
/// [Zone] describes a zone and how it is signed; [Zone#sign] makes a [SignedZone] of it: records, signatures, denial
/// and
/// the DS records for its parent. [Internet] puts zones under a root and signs them together. [Authority] answers for
/// signed zones as RFC 4035 section 3 and RFC 5155 section 7 say, [Recursion] walks an internet as a recursive resolver
/// would: pure functions from message to message, so that a test needs no socket. [Damage] changes a zone or what its
/// servers do: a scenario reads `Zone.named("example.").with("...").but(signaturesOf("mail", "A").areExpired())`.
///
/// All keys come from their names, so a world is the same, octet for octet, whenever it is made for the same instant.
@org.jspecify.annotations.NullMarked
package org.danelaw.lab.world;
