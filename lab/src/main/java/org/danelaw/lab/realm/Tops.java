package org.danelaw.lab.realm;

import java.util.List;
import org.danelaw.lab.world.Algorithm;
import org.danelaw.lab.world.Zone;

/// The top-level domains of the Danelaw, each signed in its own way, one not at all.
final class Tops {
    private Tops() {}

    static List<Zone> zones() {
        return List.of(
                Zone.named("danelaw"),
                Zone.named("mercia").signedWith(Algorithm.RSASHA256).nsec3(1, "beef"),
                Zone.named("wessex").signedWith(Algorithm.ED25519).optOut(),
                Zone.named("frisia").unsigned());
    }
}
