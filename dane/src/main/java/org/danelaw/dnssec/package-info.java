/// Proofs over DNS data (RFC 4033, 4034, 4035, 5155, 6840): pure, without I/O; the clock is an argument.
///
/// A signed zone is proved from above. Its parent, or a trust anchor, says which of its keys may sign its DNSKEY set
/// ([EntryPoints], RFC 4035 section 5.2); a set that is signed so makes [ZoneKeys]. All that can be known of a zone is
/// a
/// [ZoneTrust]: signed with these keys, proven unsigned, broken, or not found out.
///
/// With a zone's keys, [SignedReply] reads a reply. What is there is there by its signature ([Signatures], RFC 4035
/// section 5.3), and where a wildcard made it, by the proof that nothing nearer could have. What is not there is absent
/// by signed NSEC records, which name the neighbours of a gap (RFC 4034 section 4), or NSEC3 records, which name the
/// hashes of the neighbours (RFC 5155): [Denials]. An RCODE proves nothing.
///
/// A [Validated] value is secure, insecure, bogus or unavailable; only the first two have something to read, and a
/// [Proof] of how it is known. Work is bounded by a [Budget], for whoever writes a zone decides how many keys and
/// signatures it has. [Crypto] says whose code checks signatures.
@org.jspecify.annotations.NullMarked
package org.danelaw.dnssec;
