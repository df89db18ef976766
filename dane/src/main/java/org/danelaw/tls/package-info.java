/// Takes a connected socket after the 220, handshakes, and asks `policy` for the verdict before any further byte is
/// sent; no SMTP.
@org.jspecify.annotations.NullMarked
package org.danelaw.tls;
