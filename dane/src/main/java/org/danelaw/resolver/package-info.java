/// Asks upstream servers, caches, and hands replies to `dnssec`; keeps the trust anchors (RFC 5011). The only
/// package that opens a DNS socket.
@org.jspecify.annotations.NullMarked
package org.danelaw.resolver;
