package org.danelaw.lab.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// Something that is wrong with a zone, with a name that says what.
///
/// Scenarios read `zone.but(signaturesOf("mail", "A").areExpired())`: the starts of such sentences are here, their ends
/// in [SignatureDamage], [RecordDamage], [DenialDamage], [DsDamage] and [KeyDamage]. Names without a final dot are
/// below
/// the zone's.
public final class Damage {
    private final String what;
    private final UnaryOperator<Zone> change;

    private Damage(String what, UnaryOperator<Zone> change) {
        this.what = what;
        this.change = change;
    }

    /// A zone that is described differently, and signed so.
    static Damage beforeSigning(String what, UnaryOperator<Zone> change) {
        return new Damage(what, change);
    }

    /// A zone that is changed after it was signed.
    static Damage afterSigning(String what, UnaryOperator<SignedZone> change) {
        return new Damage(what, zone -> zone.afterSigning(change));
    }

    /// The signatures of every set but the keys', denial included.
    public static SignatureDamage signatures() {
        return SignatureDamage.ofAllButKeys();
    }

    /// The signatures of one set.
    public static SignatureDamage signaturesOf(String owner, String type) {
        return SignatureDamage.of(owner, type);
    }

    /// The records of one set.
    public static RecordDamage recordsOf(String owner, String type) {
        return new RecordDamage(owner, Type.value(type));
    }

    /// The NSEC or NSEC3 record that speaks of `name`: its own, or the one whose span it falls into.
    public static DenialDamage denialOf(String name) {
        return new DenialDamage(Optional.of(name));
    }

    /// All NSEC or NSEC3 records.
    public static DenialDamage denial() {
        return new DenialDamage(Optional.empty());
    }

    /// The DS records that the parent has of the zone.
    public static DsDamage ds() {
        return new DsDamage();
    }

    /// The zone's DNSKEY set.
    public static KeyDamage keys() {
        return new KeyDamage();
    }

    /// What the zone's servers do instead of answering well; see [Misconduct].
    public static Damage serversThat(Conduct conduct) {
        return afterSigning("its servers misbehave", zone -> zone.conducted(conduct));
    }

    /// All signatures begin and end so long before and after the instant of signing; a negative end is in the past.
    public static Damage datesAre(Duration before, Duration after) {
        return beforeSigning(
                "its signatures last from " + before + " before to " + after + " after",
                zone -> zone.lasting(before, after));
    }

    /// The parent vouches for the zone, and nothing in it is signed.
    public static Damage allSignaturesAndKeysAreGone() {
        return afterSigning("signatures and keys are gone", SignedZone::bared);
    }

    Zone to(Zone zone) {
        return change.apply(zone);
    }

    /// Both, one after the other.
    public Damage and(Damage other) {
        return new Damage(what + ", " + other.what, zone -> other.to(to(zone)));
    }

    static Name absolute(String name, Name zone) {
        try {
            return Name.fromString(name, zone);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(name + " is no name", e);
        }
    }

    static <T> List<T> with(List<T> some, List<T> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @Override
    public String toString() {
        return what;
    }
}
