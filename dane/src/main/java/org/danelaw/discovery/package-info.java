/// Where a domain's mail goes (RFC 7672 section 2.2): hosts, addresses and TLSA records, as facts with their proofs.
@org.jspecify.annotations.NullMarked
package org.danelaw.discovery;
