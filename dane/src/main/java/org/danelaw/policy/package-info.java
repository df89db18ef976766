/// Facts as types, the one decision that all parts share, and the verdict on a peer (RFC 7672 sections 2 and 3): pure,
/// nothing here waits.
@org.jspecify.annotations.NullMarked
package org.danelaw.policy;
