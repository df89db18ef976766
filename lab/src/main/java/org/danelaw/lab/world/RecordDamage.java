package org.danelaw.lab.world;

import java.util.function.UnaryOperator;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// What can be wrong with the records of one set.
public final class RecordDamage {
    private final String owner;
    private final int type;

    RecordDamage(String owner, int type) {
        this.owner = owner;
        this.type = type;
    }

    /// Other records under the signatures of the true ones.
    public Damage areReplacedBy(String zoneText) {
        return sets("are replaced", (zone, set) -> set.forged(records -> Zone.parsed(zoneText, zone)));
    }

    /// A record more under the signatures of the true ones.
    public Damage areJoinedBy(String zoneText) {
        return sets(
                "are joined by others",
                (zone, set) -> set.forged(records -> Damage.with(records, Zone.parsed(zoneText, zone))));
    }

    /// Servers say that there are none, and send the proofs as if that were so.
    public Damage areGone() {
        return Damage.afterSigning(
                subject() + " are gone", zone -> zone.without(Damage.absolute(owner, zone.name()), type));
    }

    private interface Change {
        ZoneSet apply(Name zone, ZoneSet set);
    }

    private Damage sets(String what, Change change) {
        return Damage.afterSigning(subject() + " " + what, zone -> {
            var name = Damage.absolute(owner, zone.name());
            UnaryOperator<ZoneSet> changed = set -> change.apply(zone.name(), set);
            return zone.mapSets(set -> set.type() == type && set.owner().equals(name), changed);
        });
    }

    private String subject() {
        return "records of " + owner + " " + Type.string(type);
    }
}
