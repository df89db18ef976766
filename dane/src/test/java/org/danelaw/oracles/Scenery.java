package org.danelaw.oracles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Query;
import org.danelaw.lab.world.SignedZone;
import org.danelaw.oracles.Scene.Stage;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3PARAMRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// An internet whose damages are known: makes scenes of questions.
final class Scenery {
    private final Internet internet;
    private final Map<Name, SignedZone> zones = new HashMap<>();
    private final Map<Name, String> damages;

    /// @param damages zone -> what was done to it
    Scenery(Internet internet, Map<Name, String> damages) {
        this.internet = internet;
        this.damages = Map.copyOf(damages);
        internet.zones().forEach(zone -> zones.put(zone.name(), zone));
    }

    Scene scene(Name name, int type) {
        var reply = internet.answer(Query.of(name, type));
        var names = names(name, reply);
        return new Scene(
                names,
                type,
                reply,
                names.stream().map(each -> stages(each, type)).toList());
    }

    private static List<Name> names(Name asked, Message reply) {
        var names = new ArrayList<>(List.of(asked));
        for (var record : reply.getSection(Section.ANSWER)) {
            if (record instanceof CNAMERecord cname && cname.getName().equals(names.getLast())) {
                names.add(cname.getTarget());
            }
        }
        return names;
    }

    private List<Stage> stages(Name name, int type) {
        var stages = new ArrayList<Stage>();
        // RFC 4035 section 3.1.4.1: DS records are the parent's.
        for (var at = type == Type.DS ? new Name(name, 1) : name; at.labels() > 1; at = new Name(at, 1)) {
            Optional.ofNullable(zones.get(at)).map(this::stage).ifPresent(stages::add);
        }
        return stages;
    }

    private Stage stage(SignedZone zone) {
        return new Stage(
                zone,
                Optional.ofNullable(damages.get(zone.name())),
                answer(zone, Type.DNSKEY),
                answer(zone, Type.NSEC3PARAM).stream()
                        .filter(NSEC3PARAMRecord.class::isInstance)
                        .mapToInt(record -> ((NSEC3PARAMRecord) record).getIterations())
                        .findFirst()
                        .orElse(0));
    }

    private List<Record> answer(SignedZone zone, int type) {
        return internet.answer(Query.of(zone.name(), type)).getSection(Section.ANSWER);
    }
}
