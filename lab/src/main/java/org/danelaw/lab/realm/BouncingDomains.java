package org.danelaw.lab.realm;

import static org.danelaw.lab.realm.DomainPlan.domain;
import static org.danelaw.lab.realm.Ending.NO_ADDRESS;
import static org.danelaw.lab.realm.Ending.NO_SUCH_DOMAIN;
import static org.danelaw.lab.realm.Ending.NULL_MX;

import java.util.List;

/// Domains that take no mail, and say so: it goes back at once.
final class BouncingDomains {
    private BouncingDomains() {}

    static List<DomainPlan> all() {
        return List.of(
                domain("no-such-domain.danelaw", "There is no such name, proven with NSEC.")
                        .rules("A2")
                        .ends(NO_SUCH_DOMAIN),
                domain("no-such-domain.mercia", "There is no such name, proven with NSEC3.")
                        .rules("A2")
                        .ends(NO_SUCH_DOMAIN),
                domain("no-such-domain.frisia", "There is no such name, and no proof, for nothing is signed.")
                        .rules("A2")
                        .ends(NO_SUCH_DOMAIN),
                domain("null-mx.danelaw", "The domain says that it takes no mail.")
                        .zone("@ MX 0 .")
                        .rules("A3")
                        .ends(NULL_MX),
                domain("no-address.danelaw", "The only MX host has no address.")
                        .zone("@ MX 10 mx\nmx TXT nothing")
                        .rules("A30")
                        .ends(NO_ADDRESS),
                domain("nothing-there.danelaw", "Neither MX nor address, and proofs of both.")
                        .zone("@ TXT nothing")
                        .rules("A30")
                        .ends(NO_ADDRESS));
    }
}
