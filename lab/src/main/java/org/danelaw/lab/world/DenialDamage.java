package org.danelaw.lab.world;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// What can be wrong with NSEC and NSEC3 records.
public final class DenialDamage {
    private final Optional<String> name;

    DenialDamage(Optional<String> name) {
        this.name = name;
    }

    public Damage isMissing() {
        return links("is missing", Link::withoutTrace);
    }

    public Damage isWithoutSignature() {
        return sets("is without signature", set -> set.signings(signings -> List.of()));
    }

    public Damage isCorrupted() {
        return sets("has a corrupted signature", set -> set.eachSigning(signing -> signing.after(Rrsig::corrupted)));
    }

    /// Well signed, but the span ends right behind its begin: it denies nothing.
    public Damage spansTooLittle() {
        return sets("spans too little", set -> set.resigned(DenialDamage::narrowed));
    }

    /// Well signed, but `type` stands among the types that are there.
    public Damage claimsType(String type) {
        return types("claims " + type, types -> IntStream.concat(types, IntStream.of(Type.value(type))));
    }

    /// Well signed, but `type` does not stand among the types that are there.
    public Damage concealsType(String type) {
        return types("conceals " + type, types -> types.filter(number -> number != Type.value(type)));
    }

    /// NSEC3 records whose iterations were changed after they were signed (rule A18).
    public Damage isChangedToIterations(int iterations) {
        return sets(
                "is changed to " + iterations + " iterations",
                set -> set.forged(records -> records.stream()
                        .map(record -> record instanceof NSEC3Record nsec3
                                ? nsec3(nsec3, iterations, nsec3.getFlags(), nsec3.getNext(), nsec3.getTypes())
                                : record)
                        .toList()));
    }

    /// NSEC3 records whose opt-out flag was turned over after they were signed.
    public Damage isChangedInOptOut() {
        return sets(
                "is changed in its opt-out flag",
                set -> set.forged(records -> records.stream()
                        .map(record -> record instanceof NSEC3Record nsec3
                                ? nsec3(
                                        nsec3,
                                        nsec3.getIterations(),
                                        nsec3.getFlags() ^ 1,
                                        nsec3.getNext(),
                                        nsec3.getTypes())
                                : record)
                        .toList()));
    }

    private interface Types {
        IntStream of(IntStream types);
    }

    private Damage types(String what, Types change) {
        return sets(
                what,
                set -> set.resigned(records -> records.stream()
                        .map(record -> withTypes(record, change))
                        .toList()));
    }

    private static Record withTypes(Record record, Types change) {
        return switch (record) {
            case NSECRecord nsec -> nsec(nsec, nsec.getNext(), changed(nsec.getTypes(), change));
            case NSEC3Record nsec3 ->
                nsec3(
                        nsec3,
                        nsec3.getIterations(),
                        nsec3.getFlags(),
                        nsec3.getNext(),
                        changed(nsec3.getTypes(), change));
            default -> record;
        };
    }

    private static int[] changed(int[] types, Types change) {
        return change.of(Arrays.stream(types)).distinct().sorted().toArray();
    }

    private static List<Record> narrowed(List<Record> records) {
        return records.stream().map(DenialDamage::narrowed).toList();
    }

    private static Record narrowed(Record record) {
        return switch (record) {
            case NSECRecord nsec -> nsec(nsec, rightBehind(nsec.getName()), nsec.getTypes());
            case NSEC3Record nsec3 ->
                nsec3(
                        nsec3,
                        nsec3.getIterations(),
                        nsec3.getFlags(),
                        rightBehind(DenialChain.hashOf(nsec3.getName())),
                        nsec3.getTypes());
            default -> record;
        };
    }

    /// RFC 4470 section 3: the first name behind another is below it.
    private static Name rightBehind(Name name) {
        try {
            return Name.concatenate(Name.fromConstantString("\\000"), name);
        } catch (NameTooLongException e) {
            return name;
        }
    }

    private static byte[] rightBehind(byte[] hash) {
        var next = new BigInteger(1, hash).add(BigInteger.ONE).toByteArray();
        var octets = new byte[hash.length];
        var length = Math.min(next.length, hash.length);
        System.arraycopy(next, next.length - length, octets, hash.length - length, length);
        return octets;
    }

    private static NSECRecord nsec(NSECRecord like, Name next, int[] types) {
        return new NSECRecord(like.getName(), DClass.IN, like.getTTL(), next, types);
    }

    private static NSEC3Record nsec3(NSEC3Record like, int iterations, int flags, byte[] next, int[] types) {
        return new NSEC3Record(
                like.getName(),
                DClass.IN,
                like.getTTL(),
                like.getHashAlgorithm(),
                flags,
                iterations,
                like.getSalt(),
                next,
                types);
    }

    private Damage sets(String what, UnaryOperator<ZoneSet> change) {
        return links(what, link -> link.with(change.apply(link.set())));
    }

    private Damage links(String what, UnaryOperator<Link> change) {
        return Damage.afterSigning(name.map(of -> "denial of " + of).orElse("denial") + " " + what, zone -> {
            var meant = name.map(of -> speakingOf(zone.denial(), Damage.absolute(of, zone.name())));
            return zone.mapLinks(
                    link -> meant.isEmpty() || meant.get().equals(link.owner()) ? change.apply(link) : link);
        });
    }

    private static Name speakingOf(DenialChain chain, Name name) {
        return chain.matching(name)
                .or(() -> chain.covering(name))
                .map(Link::owner)
                .orElseThrow(() -> new IllegalArgumentException(chain.zone() + " denies nothing"));
    }
}
