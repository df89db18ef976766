/// TLSA records and the certificates that they admit (RFC 6698, 7671, 7672 section 3): pure.
@org.jspecify.annotations.NullMarked
package org.danelaw.tlsa;
