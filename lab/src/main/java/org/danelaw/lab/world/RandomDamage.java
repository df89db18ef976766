package org.danelaw.lab.world;

import static org.danelaw.lab.world.Damage.denial;
import static org.danelaw.lab.world.Damage.denialOf;
import static org.danelaw.lab.world.Damage.ds;
import static org.danelaw.lab.world.Damage.keys;
import static org.danelaw.lab.world.Damage.recordsOf;
import static org.danelaw.lab.world.Damage.signatures;
import static org.danelaw.lab.world.Damage.signaturesOf;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/// The damages that a random zone may have: to its signed data, keys, DS, denial or dates, never to its servers.
final class RandomDamage {
    private static final List<List<String>> SETS = List.of(
            List.of("@", "MX"),
            List.of("@", "SOA"),
            List.of("mail", "A"),
            List.of("mail", "AAAA"),
            List.of("_25._tcp.mail", "TLSA"),
            List.of("alias", "CNAME"),
            List.of("*.wild", "MX"),
            List.of("old", "DNAME"),
            List.of("@", "DNSKEY"));

    private static final List<String> DENIED =
            List.of("nx", "*", "zz", "any.wild", "more.wild", "@", "mail", "*.wild", "b.c", "_tcp.mail", "plain");

    private RandomDamage() {}

    static Damage pick(Random dice) {
        return switch (dice.nextInt(5)) {
            case 0, 1 -> toSignatures(dice);
            case 2 -> toDenial(dice);
            case 3 -> toDs(dice);
            default -> toTheWhole(dice);
        };
    }

    private static Damage toSignatures(Random dice) {
        var set = SETS.get(dice.nextInt(SETS.size()));
        var signatures = signaturesOf(set.get(0), set.get(1));
        return switch (dice.nextInt(16)) {
            case 0 -> signatures.areExpired();
            case 1 -> signatures.areNotYetValid();
            case 2 -> signatures.areStripped();
            case 3 -> signatures.areCorrupted();
            case 4 -> signatures.areMadeByAnotherKey();
            case 5 -> signatures.nameAsSigner("evil.danelaw");
            case 6 -> signatures.countLabels(dice.nextInt(6));
            case 7 -> signatures.areChangedToLabels(dice.nextInt(6));
            case 8 -> signatures.areChangedToOriginalTtl(dice.nextInt(7200));
            case 9 -> signatures.areProlongedByForgery();
            case 10 -> signatures.areChangedToAlgorithm(dice.nextInt(18));
            case 11 -> signatures.areChangedToTag(dice.nextInt(65_536));
            case 12 -> signatures.comeAfterCorruptOnes(1 + dice.nextInt(3));
            case 13 -> signatures.endBeforeTheyBegin();
            case 14 -> signatures.areReplacedByCorruptOnes(1 + dice.nextInt(3));
            default -> recordsOf("mail", "A").areReplacedBy("mail A 127.6.6." + dice.nextInt(256));
        };
    }

    private static Damage toDenial(Random dice) {
        var one = denialOf(DENIED.get(dice.nextInt(DENIED.size())));
        var chosen = dice.nextInt(3) == 0 ? denial() : one;
        return switch (dice.nextInt(8)) {
            case 0 -> chosen.isMissing();
            case 1 -> chosen.isWithoutSignature();
            case 2 -> chosen.isCorrupted();
            case 3 -> chosen.spansTooLittle();
            case 4 -> one.claimsType(List.of("TLSA", "DS", "CNAME", "TXT", "NS").get(dice.nextInt(5)));
            case 5 -> one.concealsType(List.of("MX", "NS", "SOA", "A").get(dice.nextInt(4)));
            case 6 -> chosen.isChangedToIterations(1 + dice.nextInt(50));
            default -> chosen.isChangedInOptOut();
        };
    }

    private static Damage toDs(Random dice) {
        return switch (dice.nextInt(7)) {
            case 0 -> ds().areOfAnotherKey();
            case 1 -> ds().haveAnotherTag();
            case 2 -> ds().haveAnUnknownAlgorithm();
            case 3 -> ds().haveAnUnknownDigest();
            case 4 -> ds().comeWithOnesOfAnotherKey();
            case 5 -> ds().comeWithUnknownOnes();
            default -> ds().ofDigestAreOfAnotherKey(1 + dice.nextInt(2));
        };
    }

    private static Damage toTheWhole(Random dice) {
        return switch (dice.nextInt(13)) {
            case 0 -> signatures().areExpired();
            case 1 -> signatures().areNotYetValid();
            case 2 -> signatures().areStripped();
            case 3 -> keys().areRevoked();
            case 4 -> keys().areNoZoneKeys();
            case 5 -> keys().lackTheSepFlag();
            case 6 -> keys().areSignedByTheWrongOnes();
            case 7 -> Damage.allSignaturesAndKeysAreGone();
            case 8 -> Damage.datesAre(Duration.ofDays(20), Duration.ofHours(-60 - dice.nextInt(400)));
            // About what may be put down to a wrong clock (rule A23).
            case 9 -> Damage.datesAre(Duration.ofDays(20), Duration.ofHours(-1 - dice.nextInt(72)));
            case 10 -> keys().collideInTag(1 + dice.nextInt(2));
            case 11 -> recordsOf("mail", "A").areJoinedBy("mail A 127.6.7." + dice.nextInt(256));
            default -> recordsOf("@", "MX").areGone();
        };
    }
}
