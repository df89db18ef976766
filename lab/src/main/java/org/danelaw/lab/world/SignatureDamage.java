package org.danelaw.lab.world;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;

/// What can be wrong with chosen signatures.
public final class SignatureDamage {
    /// Beyond every tolerance for wrong clocks (rule A23).
    private static final Duration LONG = Duration.ofDays(30);

    private final Optional<String> owner;
    private final int type;

    private SignatureDamage(Optional<String> owner, int type) {
        this.owner = owner;
        this.type = type;
    }

    static SignatureDamage of(String owner, String type) {
        return new SignatureDamage(Optional.of(owner), Type.value(type));
    }

    static SignatureDamage ofAllButKeys() {
        return new SignatureDamage(Optional.empty(), Type.ANY);
    }

    public Damage areStripped() {
        return sets("are stripped", set -> set.signings(signings -> List.of()));
    }

    public Damage areExpired() {
        return each(
                "are expired",
                signing -> signing.between(
                        signing.inception().minus(LONG).minus(LONG),
                        signing.inception().minus(LONG)));
    }

    public Damage areNotYetValid() {
        return each(
                "are not yet valid",
                signing -> signing.between(
                        signing.expiration().plus(LONG),
                        signing.expiration().plus(LONG).plus(LONG)));
    }

    /// They end before they begin.
    public Damage endBeforeTheyBegin() {
        return each("end before they begin", signing -> signing.between(signing.expiration(), signing.inception()));
    }

    public Damage areCorrupted() {
        return each("are corrupted", signing -> signing.after(Rrsig::corrupted));
    }

    /// Made with a key of the same algorithm that is not in the zone, under the tag of one that is.
    public Damage areMadeByAnotherKey() {
        return each("are made by another key", SignatureDamage::byStranger);
    }

    /// Good signatures that claim another signer's name (RFC 4035 section 5.3.1).
    public Damage nameAsSigner(String signer) {
        return each(
                "name " + signer + " as signer",
                signing -> signing.before(signature -> Rrsig.signer(signature, Zone.name(signer))));
    }

    /// Good signatures whose label count is `count` (RFC 4034 section 3.1.3).
    public Damage countLabels(int count) {
        return each(
                "count " + count + " labels", signing -> signing.before(signature -> Rrsig.labels(signature, count)));
    }

    /// Signatures whose label count was changed to `count` afterwards.
    public Damage areChangedToLabels(int count) {
        return changed("are changed to " + count + " labels", signature -> Rrsig.labels(signature, count));
    }

    /// Signatures whose original TTL was changed afterwards.
    public Damage areChangedToOriginalTtl(long seconds) {
        return changed("are changed to original TTL " + seconds, signature -> Rrsig.originalTtl(signature, seconds));
    }

    /// Signatures whose end was moved afterwards.
    public Damage areProlongedByForgery() {
        return changed(
                "are prolonged by forgery",
                signature -> Rrsig.expiration(
                        signature, signature.getExpire().plus(LONG).getEpochSecond()));
    }

    public Damage areChangedToAlgorithm(int number) {
        return changed("are changed to algorithm " + number, signature -> Rrsig.algorithm(signature, number));
    }

    public Damage areChangedToTag(int tag) {
        return changed("are changed to tag " + tag, signature -> Rrsig.tag(signature, tag));
    }

    /// `count` corrupt signatures of the same key before the good one.
    public Damage comeAfterCorruptOnes(int count) {
        return sets(
                "come after " + count + " corrupt ones",
                set -> set.signings(signings -> Damage.with(corrupt(signings, count), signings)));
    }

    /// `count` corrupt signatures of the same key in place of the good one.
    public Damage areReplacedByCorruptOnes(int count) {
        return sets(
                "are replaced by " + count + " corrupt ones",
                set -> set.signings(signings -> corrupt(signings, count)));
    }

    /// Each corrupt in another octet, so that none can be left out as a copy.
    private static List<Signing> corrupt(List<Signing> signings, int count) {
        return signings.stream()
                .flatMap(signing -> java.util.stream.IntStream.range(0, count)
                        .mapToObj(number -> signing.after(signature -> Rrsig.corrupted(signature, number))))
                .toList();
    }

    private static Signing byStranger(Signing signing) {
        var key = signing.key();
        var stranger = key.plan().number(STRANGER).of(key.zone());
        return signing.with(stranger).before(signature -> Rrsig.tag(signature, key.tag()));
    }

    /// No scenario numbers its keys so high.
    private static final int STRANGER = 9_999;

    private Damage changed(String what, UnaryOperator<RRSIGRecord> change) {
        return each(what, signing -> signing.after(change));
    }

    private Damage each(String what, UnaryOperator<Signing> change) {
        return sets(what, set -> set.eachSigning(change));
    }

    private Damage sets(String what, UnaryOperator<ZoneSet> change) {
        return Damage.afterSigning(subject() + " " + what, zone -> {
            var damaged = zone.mapSets(set -> isMeant(set, zone.name()), change);
            return owner.isPresent() ? damaged : damaged.mapLinks(link -> link.with(change.apply(link.set())));
        });
    }

    private boolean isMeant(ZoneSet set, Name zone) {
        return owner.map(name -> set.type() == type && set.owner().equals(Damage.absolute(name, zone)))
                .orElse(set.type() != Type.DNSKEY);
    }

    private String subject() {
        return owner.map(name -> "signatures of " + name + " " + Type.string(type))
                .orElse("signatures");
    }
}
