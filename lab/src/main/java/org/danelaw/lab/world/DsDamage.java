package org.danelaw.lab.world;

import java.util.List;
import java.util.function.UnaryOperator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DSRecord;

/// What can be wrong with the DS records that a parent has of a zone.
public final class DsDamage {
    /// Assigned to nobody.
    private static final int UNKNOWN_ALGORITHM = 200;

    private static final int UNKNOWN_DIGEST = 200;

    DsDamage() {}

    /// The digest is that of another key: nothing in the zone fits.
    public Damage areOfAnotherKey() {
        return each(
                "are of another key", ds -> ds(ds, ds.getFootprint(), ds.getAlgorithm(), ds.getDigestID(), turned(ds)));
    }

    /// Right digest, wrong tag.
    public Damage haveAnotherTag() {
        return each(
                "have another tag",
                ds -> ds(ds, ds.getFootprint() ^ 1, ds.getAlgorithm(), ds.getDigestID(), ds.getDigest()));
    }

    /// RFC 4035 section 5.2: only algorithms that nobody knows, so the zone is as good as unsigned.
    public Damage haveAnUnknownAlgorithm() {
        return each(
                "have an unknown algorithm",
                ds -> ds(ds, ds.getFootprint(), UNKNOWN_ALGORITHM, ds.getDigestID(), ds.getDigest()));
    }

    public Damage haveAnUnknownDigest() {
        return each(
                "have an unknown digest",
                ds -> ds(ds, ds.getFootprint(), ds.getAlgorithm(), UNKNOWN_DIGEST, ds.getDigest()));
    }

    /// Records with one digest type are those of another key; the others stay (rule A26).
    public Damage ofDigestAreOfAnotherKey(int digestType) {
        return each(
                "of digest " + digestType + " are of another key",
                ds -> ds.getDigestID() == digestType
                        ? ds(ds, ds.getFootprint(), ds.getAlgorithm(), ds.getDigestID(), turned(ds))
                        : ds);
    }

    /// Records that fit no key come along with the good ones (RFC 6840 section 5.11: one good path is enough).
    public Damage comeWithOnesOfAnotherKey() {
        return all(
                "come with ones of another key",
                records -> Damage.with(
                        records.stream()
                                .map(ds ->
                                        ds(ds, ds.getFootprint() ^ 1, ds.getAlgorithm(), ds.getDigestID(), turned(ds)))
                                .toList(),
                        records));
    }

    /// Records of an unknown algorithm come along with the good ones.
    public Damage comeWithUnknownOnes() {
        return all(
                "come with unknown ones",
                records -> Damage.with(
                        records.stream()
                                .map(ds -> ds(ds, ds.getFootprint(), UNKNOWN_ALGORITHM, ds.getDigestID(), turned(ds)))
                                .toList(),
                        records));
    }

    private static byte[] turned(DSRecord ds) {
        var digest = ds.getDigest().clone();
        digest[0] ^= 1;
        return digest;
    }

    private static DSRecord ds(DSRecord like, int tag, int algorithm, int digestType, byte[] digest) {
        return new DSRecord(like.getName(), DClass.IN, like.getTTL(), tag, algorithm, digestType, digest);
    }

    private static Damage each(String what, UnaryOperator<DSRecord> change) {
        return all(what, records -> records.stream().map(change).toList());
    }

    private static Damage all(String what, UnaryOperator<List<DSRecord>> change) {
        return Damage.afterSigning("DS records " + what, zone -> zone.vouchedBy(change.apply(zone.ds())));
    }
}
