package org.danelaw.lab.world;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xbill.DNS.Type;

/// What can be wrong with a zone's keys.
public final class KeyDamage {
    KeyDamage() {}

    /// RFC 5011 section 2.1: all are taken back; the parent's DS records are made of them as they are now.
    public Damage areRevoked() {
        return each("are revoked", Key::revoked);
    }

    /// RFC 4034 section 2.1.1: without the Zone Key flag they check nothing.
    public Damage areNoZoneKeys() {
        return each("are no zone keys", Key::notAZoneKey);
    }

    /// RFC 4034 section 2.1.1: the SEP flag does not matter, so nothing is wrong.
    public Damage lackTheSepFlag() {
        return each("lack the SEP flag", Key::withoutSep);
    }

    /// The DNSKEY set is signed by the zone signing keys only, which no DS record vouches for (rule A27).
    public Damage areSignedByTheWrongOnes() {
        return Damage.afterSigning("keys are signed by zone signing keys", zone -> {
            var others = zone.keys().stream()
                    .filter(key -> key.plan().role() == Key.Role.ZSK)
                    .toList();
            return zone.mapSets(
                    set -> set.type() == Type.DNSKEY,
                    set -> set.signings(signings ->
                            others.stream().map(signings.getFirst()::with).toList()));
        });
    }

    /// A key that signs nothing has the same tag as each that does, and comes before it.
    public Damage collideInTag() {
        return collideInTag(1);
    }

    /// As many keys that sign nothing have the same tag as each that does, and come before it.
    public Damage collideInTag(int strangers) {
        return plan(
                "collide in their tags, " + strangers + " for each",
                keys -> keys.stream()
                        .flatMap(key -> Stream.concat(
                                IntStream.rangeClosed(1, strangers).mapToObj(key::twin), Stream.of(key)))
                        .toList());
    }

    private static Damage each(String what, UnaryOperator<Key> change) {
        return plan(what, keys -> keys.stream().map(change).toList());
    }

    private static Damage plan(String what, UnaryOperator<List<Key>> change) {
        return Damage.beforeSigning(
                "keys " + what,
                zone -> zone.signed(
                        zone.signatures().by(change.apply(zone.signatures().keys()))));
    }
}
