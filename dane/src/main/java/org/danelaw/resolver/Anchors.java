package org.danelaw.resolver;

import java.util.List;
import org.danelaw.dnssec.TrustAnchor;

/// The trust anchors as they stand now; they change while we run (RFC 5011).
@FunctionalInterface
interface Anchors {
    List<TrustAnchor> current();
}
