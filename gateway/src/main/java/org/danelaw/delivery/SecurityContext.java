package org.danelaw.delivery;

import java.util.Set;
import org.danelaw.policy.TlsRequirement;

/// What a connection was held against, for comparison (rule D17): a requirement whose records and names
/// may come in any order.
record SecurityContext(TlsRequirement frame, Set<Object> parts) {
    SecurityContext(TlsRequirement requirement) {
        this(frame(requirement), parts(requirement));
    }

    private static TlsRequirement frame(TlsRequirement requirement) {
        return requirement instanceof TlsRequirement.Dane(var records, var names, var sni, var mx)
                ? new TlsRequirement.Dane(java.util.List.of(), java.util.List.of(), sni, mx)
                : requirement;
    }

    private static Set<Object> parts(TlsRequirement requirement) {
        // The answer to a question may come in another order each time (RFC 1035 does not fix one).
        return requirement instanceof TlsRequirement.Dane(var records, var names, var sni, var mx)
                ? Set.of(Set.copyOf(records), Set.copyOf(names))
                : Set.of();
    }
}
