package org.danelaw.oracles;

import static org.danelaw.oracles.Oracle.DNSJAVA;
import static org.danelaw.oracles.Oracle.UNBOUND;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.danelaw.lab.judges.Opinion;
import org.danelaw.lab.judges.Opinion.Existence;
import org.danelaw.lab.judges.Ruling;
import org.danelaw.oracles.Scene.Stage;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/// Why an oracle may think otherwise.
///
/// @param difference in two or three words
/// @param section the RFC's that decides it
/// @param right who is, in a few words
/// @param oracles which of them think so
/// @param predicate what a difference must be like for this to be its explanation
record Explanation(
        String difference,
        String section,
        String what,
        String right,
        Set<Oracle> oracles,
        Predicate<Difference> predicate) {
    private static final Set<Oracle> BOTH = Set.of(DNSJAVA, UNBOUND);

    static final Explanation REVOKED_KEY = new Explanation(
            "revoked key",
            "RFC 5011 section 2.1",
            "A key with the REVOKE flag validates nothing but its own revocation. The oracle heeds the flag in trust anchors "
                    + "at most, and follows a DS record to a revoked key.",
            "Danelaw",
            BOTH,
            difference ->
                    isStricter(difference) && difference.scene().leadsThrough(Explanation::isVouchedForByRevoked));

    static final Explanation SOA_OF_A_DENIAL = new Explanation(
            "SOA of a denial",
            "RFC 4035 section 5.4",
            "NSEC and NSEC3 records prove a denial, the SOA beside them does not; to Danelaw its TTL can only shorten the "
                    + "time that the denial is kept. The oracle refuses the whole reply over the SOA's bad signature.",
            "both: RFC 4035 section 3.2.3 asks of a server that sets AD what the oracle does",
            BOTH,
            difference -> isMilder(difference)
                    && isDenial(difference.ours())
                    && difference
                            .scene()
                            .leadsThrough(stage ->
                                    isDamaged(stage, "signatures of @ SOA ") && isDenying(stage, difference.scene())));

    static final Explanation CLOCK_SKEW = new Explanation(
            "clock skew",
            "RFC 4035 section 5.3.1",
            "The signatures ended a little while ago: less than a tenth of their life, and at most a day. Danelaw puts that "
                    + "down to a wrong clock, as Unbound does (rule A23); dnsjava allows nothing.",
            "dnsjava to the letter; Danelaw departs on purpose, and keeps no such answer",
            Set.of(DNSJAVA),
            difference -> isMilder(difference) && difference.scene().leadsThrough(Explanation::hasJustEnded));

    static final Explanation KEY_TAGS = new Explanation(
            "key tags",
            "RFC 4035 section 5.3.1",
            "Two keys of one algorithm have the same tag, and each must be tried. dnsjava tries the first.",
            "Danelaw",
            Set.of(DNSJAVA),
            difference -> isMilder(difference) && difference.scene().leadsThrough(Explanation::hasTagTwins));

    static final Explanation NO_SIGNATURE_DUE = new Explanation(
            "no signature due",
            "RFC 4035 section 5.2, RFC 9276 section 3.2, RFC 5155 section 12.2",
            "Where the parent proves that it has no DS records, where NSEC3 records ask for more iterations than the limit, or "
                    + "where a span is opted out, nothing says that what is there must be signed: a denial is insecure, and so "
                    + "are records without a signature of the zone. dnsjava says so of some, and calls the rest bogus; it goes "
                    + "by whatever signer a signature names.",
            "Danelaw; a validator may also refuse where there are too many iterations, but then all alike",
            Set.of(DNSJAVA),
            difference -> difference.theirs().equals(Opinion.BOGUS)
                    && difference.ours().ruling() == Ruling.INSECURE
                    && (difference.scene().leadsThrough(Explanation::asksTooMuch)
                            || difference.scene().leadsThrough(stage -> namesForeignSigner(stage) && isUnsigned(stage))
                            || isForeignInOptOut(difference.scene())));

    static final Explanation LABEL_COUNT = new Explanation(
            "label count",
            "RFC 4035 sections 5.3.1 and 5.3.4",
            "A signature that counts more labels than its owner has is not made for it, and one that counts fewer than its "
                    + "zone has is for a wildcard that is not the zone's: dnsjava does not look, nor does Unbound at the "
                    + "keys' signatures. Nor does dnsjava ask, where an alias leads to a denial, for the proof that a "
                    + "wildcard could have made the alias.",
            "Danelaw",
            BOTH,
            difference -> isStricter(difference)
                    && switch (difference.oracle()) {
                        case DNSJAVA ->
                            difference.scene().leadsThrough(Explanation::countsImpossibleLabels)
                                    || (isDenial(difference.theirs())
                                            && difference.scene().first().stream()
                                                    .anyMatch(Explanation::countsAliasAsMade));
                        case UNBOUND -> difference.scene().leadsThrough(Explanation::countsTooFewForKeys);
                    });

    static final Explanation CNAME_OF_A_DNAME = new Explanation(
            "CNAME of a DNAME",
            "RFC 6672 section 5.3.1",
            "What is asked for is a CNAME that the server made from a DNAME, whose signature is all that counts. The oracle "
                    + "holds the rest of the reply against it, in which the server follows the alias and denies the next; "
                    + "Unbound also looks for a zone cut at the alias, and fails over the DNAME; or it finds that too many "
                    + "iterations deny no cut there, and overlooks the DNAME's bad signature.",
            "Danelaw",
            BOTH,
            difference -> isCnameOfDname(difference.scene())
                    && ((isMilder(difference) && difference.ours().existence() == Existence.FOUND)
                            || isBadDnameOverlooked(difference)));

    static final Explanation INSECURE_HOP = new Explanation(
            "insecure hop",
            "RFC 4035 section 5",
            "An alias in an unsigned zone leads to records of a signed one that are bogus: what is known to be forged is "
                    + "not to be used (rule A19). dnsjava looks no further than the insecure alias.",
            "Danelaw",
            Set.of(DNSJAVA),
            difference -> difference.ours().equals(Opinion.BOGUS)
                    && difference.theirs().ruling() == Ruling.INSECURE
                    && difference.scene().first().stream().anyMatch(Explanation::isUnsigned)
                    && difference.scene().last().stream()
                            .anyMatch(stage ->
                                    !isUnsigned(stage) && stage.damage().isPresent()));

    static final Explanation UNSIGNED_DENIAL = new Explanation(
            "unsigned denial",
            "RFC 4035 section 5.4, RFC 9276 section 3.2",
            "A denial's records count when their signatures hold. The oracle believes an NSEC3 record that has no good "
                    + "signature: dnsjava its opt-out flag, Unbound its number of iterations.",
            "Danelaw",
            BOTH,
            difference -> difference.ours().equals(Opinion.BOGUS)
                    && difference.theirs().ruling() == Ruling.INSECURE
                    && difference.scene().leadsThrough(Explanation::hasUnsignedDenial)
                    && switch (difference.oracle()) {
                        case DNSJAVA ->
                            difference.scene().authority(NSEC3Record.class).anyMatch(Explanation::isOptOut);
                        case UNBOUND ->
                            difference.scene().leadsThrough(stage -> hasUnsignedDenial(stage) && asksTooMuch(stage));
                    });

    static final Explanation OWN_DELEGATION = new Explanation(
            "own delegation",
            "RFC 6840 section 4.1",
            "A record with NS and without SOA is the parent's of a zone cut, and denies nothing at or below it but the DS. The "
                    + "zone sends it with its own signed denial all the same; the oracle concludes that the name lies in an "
                    + "unsigned zone.",
            "Danelaw: what the zone signs is its own, and does not prove what it should",
            BOTH,
            difference -> difference.ours().equals(Opinion.BOGUS)
                    && difference.theirs().ruling() == Ruling.INSECURE
                    && isBelowDelegation(difference.scene()));

    static final List<Explanation> ALL = List.of(
            REVOKED_KEY,
            SOA_OF_A_DENIAL,
            CLOCK_SKEW,
            KEY_TAGS,
            NO_SIGNATURE_DUE,
            LABEL_COUNT,
            CNAME_OF_A_DNAME,
            INSECURE_HOP,
            UNSIGNED_DENIAL,
            OWN_DELEGATION);

    /// What all three are told to do of NSEC3.
    private static final int LIMIT = 100;

    private static final Duration LEAST_SKEW = Duration.ofHours(1);
    private static final Duration MOST_SKEW = Duration.ofDays(1);
    private static final base32 BASE_32_HEX = new base32(base32.Alphabet.BASE32HEX, false, true);
    private static final Set<Integer> ALGORITHMS = Set.of(5, 7, 8, 10, 13, 14, 15, 16);
    private static final Set<Integer> DIGESTS = Set.of(1, 2, 4);
    private static final Pattern LABELS = Pattern.compile("signatures of (\\S+) (\\S+) count (\\d+) labels");
    private static final Pattern SPOILT_DENIAL =
            Pattern.compile("denial.* (is without signature|has a corrupted signature|is changed .*)");

    Explanation {
        oracles = Set.copyOf(oracles);
    }

    boolean explains(Difference difference) {
        return oracles.contains(difference.oracle()) && predicate.test(difference);
    }

    /// The first that explains it.
    static Optional<Explanation> of(Difference difference) {
        return allOf(difference).stream().findFirst();
    }

    static List<Explanation> allOf(Difference difference) {
        return ALL.stream().filter(each -> each.explains(difference)).toList();
    }

    @Override
    public String toString() {
        return difference;
    }

    private static boolean isStricter(Difference difference) {
        return difference.ours().equals(Opinion.BOGUS) && !difference.theirs().equals(Opinion.BOGUS);
    }

    private static boolean isMilder(Difference difference) {
        return !difference.ours().equals(Opinion.BOGUS)
                && difference.ours().ruling().compareTo(difference.theirs().ruling()) < 0
                && (difference.theirs().equals(Opinion.BOGUS)
                        || difference.theirs().existence() == difference.ours().existence());
    }

    private static boolean isDenial(Opinion opinion) {
        return opinion.existence() == Existence.NO_DATA || opinion.existence() == Existence.NO_SUCH_NAME;
    }

    private static boolean isDamaged(Stage stage, String beginning) {
        return stage.damage().filter(what -> what.startsWith(beginning)).isPresent();
    }

    private static boolean isDenying(Stage stage, Scene scene) {
        return scene.authority(SOARecord.class)
                .anyMatch(soa -> soa.getName().equals(stage.zone().name()));
    }

    private static boolean isVouchedForByRevoked(Stage stage) {
        return stage.dnskeys().stream()
                .filter(key -> (key.getFlags() & DNSKEYRecord.Flags.REVOKE) != 0)
                .anyMatch(key -> stage.zone().ds().stream().anyMatch(ds -> isOf(ds, key)));
    }

    private static boolean isOf(DSRecord ds, DNSKEYRecord key) {
        return ds.getFootprint() == key.getFootprint() && ds.getAlgorithm() == key.getAlgorithm();
    }

    private static boolean hasJustEnded(Stage stage) {
        return stage.keySignatures().stream().anyMatch(Explanation::hasJustEnded);
    }

    private static boolean hasJustEnded(RRSIGRecord signature) {
        var over = Duration.between(signature.getExpire(), Instant.now());
        var tenth = Duration.between(signature.getTimeSigned(), signature.getExpire())
                .dividedBy(10);
        var tolerance =
                tenth.compareTo(MOST_SKEW) > 0 ? MOST_SKEW : tenth.compareTo(LEAST_SKEW) < 0 ? LEAST_SKEW : tenth;
        return over.isPositive() && over.compareTo(tolerance) <= 0;
    }

    private static boolean hasTagTwins(Stage stage) {
        var keys = stage.dnskeys();
        return keys.stream()
                .anyMatch(one -> keys.stream()
                        .anyMatch(other -> !one.equals(other)
                                && one.getFootprint() == other.getFootprint()
                                && one.getAlgorithm() == other.getAlgorithm()));
    }

    private static boolean countsImpossibleLabels(Stage stage) {
        var words = LABELS.matcher(stage.damage().orElse(""));
        if (!words.matches()) {
            return false;
        }
        var owner = words.group(1);
        var below = owner.equals("@")
                ? 0
                : (int) owner.replace("*.", "").chars().filter(c -> c == '.').count() + 1;
        var count = Integer.parseInt(words.group(3));
        var labels = stage.zone().name().labels() - 1;
        return count > labels + below || count < labels;
    }

    /// As if a wildcard above the zone had made its keys.
    private static boolean countsTooFewForKeys(Stage stage) {
        var words = LABELS.matcher(stage.damage().orElse(""));
        return words.matches()
                && words.group(2).equals("DNSKEY")
                && Integer.parseInt(words.group(3)) < stage.zone().name().labels() - 1;
    }

    /// As if the wildcard right below the zone had made it.
    private static boolean countsAliasAsMade(Stage stage) {
        var words = LABELS.matcher(stage.damage().orElse(""));
        return words.matches()
                && words.group(2).equals("CNAME")
                && Integer.parseInt(words.group(3)) == stage.zone().name().labels() - 1;
    }

    private static boolean isCnameOfDname(Scene scene) {
        return scene.type() == Type.CNAME
                && scene.answer(CNAMERecord.class)
                        .anyMatch(cname -> cname.getName().equals(scene.name()))
                && scene.answer(DNAMERecord.class).anyMatch(dname -> isBelow(scene.name(), dname.getName()));
    }

    private static boolean isBadDnameOverlooked(Difference difference) {
        return difference.oracle() == UNBOUND
                && difference.ours().equals(Opinion.BOGUS)
                && difference.theirs().equals(new Opinion(Ruling.INSECURE, Existence.FOUND))
                && difference
                        .scene()
                        .leadsThrough(stage -> asksTooMuch(stage) && isDamaged(stage, "signatures of old DNAME "));
    }

    private static boolean isBelow(Name name, Name other) {
        return name.subdomain(other) && !name.equals(other);
    }

    private static boolean isUnsigned(Stage stage) {
        return stage.zone().ds().stream()
                .noneMatch(ds -> ALGORITHMS.contains(ds.getAlgorithm()) && DIGESTS.contains(ds.getDigestID()));
    }

    private static boolean asksTooMuch(Stage stage) {
        return stage.iterations() > LIMIT;
    }

    private static boolean isOptOut(NSEC3Record nsec3) {
        return (nsec3.getFlags() & NSEC3Record.Flags.OPT_OUT) != 0;
    }

    private static boolean isForeignInOptOut(Scene scene) {
        return scene.authority(NSEC3Record.class).anyMatch(Explanation::isOptOut)
                && scene.leadsThrough(Explanation::namesForeignSigner);
    }

    private static boolean namesForeignSigner(Stage stage) {
        return stage.damage().filter(what -> what.endsWith(" as signer")).isPresent();
    }

    private static boolean hasUnsignedDenial(Stage stage) {
        return stage.damage()
                .filter(what -> SPOILT_DENIAL.matcher(what).matches())
                .isPresent();
    }

    private static boolean isBelowDelegation(Scene scene) {
        var name = scene.end();
        return scene.authority(NSECRecord.class)
                        .anyMatch(nsec -> isDelegation(nsec::hasType) && name.subdomain(nsec.getName()))
                || scene.authority(NSEC3Record.class)
                        .anyMatch(nsec3 -> isDelegation(nsec3::hasType) && isAtOrAbove(nsec3, name));
    }

    private static boolean isDelegation(IntPredicate types) {
        return types.test(Type.NS) && !types.test(Type.SOA);
    }

    private static boolean isAtOrAbove(NSEC3Record nsec3, Name name) {
        return IntStream.range(0, name.labels() - 1)
                .mapToObj(labels -> new Name(name, labels))
                .anyMatch(above -> isOf(nsec3, above));
    }

    private static boolean isOf(NSEC3Record nsec3, Name name) {
        try {
            return BASE_32_HEX
                    .toString(nsec3.hashName(name))
                    .equalsIgnoreCase(nsec3.getName().getLabelString(0));
        } catch (NoSuchAlgorithmException unknown) {
            return false;
        }
    }
}
