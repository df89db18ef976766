package org.danelaw.app;

import java.util.List;

/// A domain to which Postfix 3.7 sends otherwise than Danelaw, and who has which RFC on his side.
///
/// @param modes under which of them
record PostfixDifference(String domain, List<DemoMode> modes, Fate danelaw, Fate postfix, String rfc, String why) {
    static final List<PostfixDifference> ALL = List.of(
            new PostfixDifference(
                    "keys-revoked.danelaw",
                    List.of(DemoMode.OPPORTUNISTIC, DemoMode.MANDATORY),
                    Fate.DEFERRED,
                    Fate.VERIFIED,
                    "RFC 5011 section 2.1",
                    "All keys of the domain have the REVOKE flag, and a revoked key validates nothing but its own revocation: to "
                            + "Danelaw the domain is bogus. Unbound, which validates for Postfix, heeds the flag in trust anchors only."));

    PostfixDifference {
        modes = List.copyOf(modes);
    }
}
