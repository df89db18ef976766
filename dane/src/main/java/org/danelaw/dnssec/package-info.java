/// Proofs over DNS data (RFC 4033, 4034, 4035, 5155, 6840): pure, without I/O; the clock is an argument.
@org.jspecify.annotations.NullMarked
package org.danelaw.dnssec;
