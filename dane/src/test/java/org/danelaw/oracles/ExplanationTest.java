package org.danelaw.oracles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.danelaw.lab.world.Damage.datesAre;
import static org.danelaw.lab.world.Damage.denialOf;
import static org.danelaw.lab.world.Damage.ds;
import static org.danelaw.lab.world.Damage.keys;
import static org.danelaw.lab.world.Damage.signaturesOf;
import static org.danelaw.oracles.Oracle.DNSJAVA;
import static org.danelaw.oracles.Oracle.UNBOUND;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.danelaw.lab.judges.Opinion;
import org.danelaw.lab.judges.Opinion.Existence;
import org.danelaw.lab.judges.Ruling;
import org.danelaw.lab.world.Algorithm;
import org.danelaw.lab.world.Damage;
import org.danelaw.lab.world.Internet;
import org.danelaw.lab.world.Key;
import org.danelaw.lab.world.Zone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// Each explanation has an example, where the oracle does differ, and neighbours, where it explains nothing.
@TestInstance(Lifecycle.PER_CLASS)
class ExplanationTest {
    private static final Opinion FOUND = new Opinion(Ruling.SECURE, Existence.FOUND);
    private static final Opinion INSECURE = new Opinion(Ruling.INSECURE, Existence.FOUND);
    private static final Opinion NO_DATA = new Opinion(Ruling.SECURE, Existence.NO_DATA);
    private static final Opinion INSECURE_NO_DATA = new Opinion(Ruling.INSECURE, Existence.NO_DATA);
    private static final Opinion NO_SUCH_NAME = new Opinion(Ruling.SECURE, Existence.NO_SUCH_NAME);
    private static final Opinion INSECURE_NO_SUCH_NAME = new Opinion(Ruling.INSECURE, Existence.NO_SUCH_NAME);
    private static final Opinion BOGUS = Opinion.BOGUS;

    private static final String CONTENT = """
            @              MX    10 mail
            mail           A     127.0.0.2
            alias          CNAME mail
            away           CNAME mail.broken.danelaw.
            *.wild         MX    10 mail
            x.below.wild   A     127.0.0.4
            old            DNAME new
            www.new        A     127.0.0.6
            """;

    /// A question in a zone, and what two validators think of it.
    record Example(Explanation why, Oracle oracle, String zone, String question, Opinion ours, Opinion theirs) {
        Name name() {
            return Name.fromConstantString(question.split(" ", -1)[0] + "." + zone + ".danelaw.");
        }

        int type() {
            return Type.value(question.split(" ", -1)[1]);
        }

        Example in(String otherZone) {
            return new Example(why, oracle, otherZone, question, ours, theirs);
        }

        Example asking(String other) {
            return new Example(why, oracle, zone, other, ours, theirs);
        }

        Example of(Oracle other) {
            return new Example(why, other, zone, question, ours, theirs);
        }

        Example that(Opinion weThink, Opinion theyThink) {
            return new Example(why, oracle, zone, question, weThink, theyThink);
        }

        @Override
        public String toString() {
            return why + ": " + question + " in " + zone + ", " + oracle + " " + theirs + ", Danelaw " + ours;
        }
    }

    /// The damaged zones of `danelaw`, each with what is wrong in it.
    private static final Map<String, Damage> DAMAGES = Map.ofEntries(
            Map.entry("broken", ds().areOfAnotherKey()),
            Map.entry("revoked", keys().areRevoked()),
            Map.entry("soa", signaturesOf("@", "SOA").areCorrupted()),
            Map.entry("mx", signaturesOf("@", "MX").areCorrupted()),
            Map.entry("just-ended", datesAre(Duration.ofDays(20), Duration.ofHours(-2))),
            Map.entry("long-ended", datesAre(Duration.ofDays(20), Duration.ofHours(-25))),
            Map.entry("short-ended", datesAre(Duration.ofHours(10), Duration.ofHours(-3))),
            Map.entry("twins", keys().collideInTag()),
            Map.entry("no-labels", signaturesOf("alias", "CNAME").countLabels(0)),
            Map.entry("made-alias", signaturesOf("alias", "CNAME").countLabels(2)),
            Map.entry("key-labels", signaturesOf("@", "DNSKEY").countLabels(1)),
            Map.entry("five-labels", signaturesOf("mail", "A").countLabels(5)),
            Map.entry("three-labels", signaturesOf("mail", "A").countLabels(3)),
            Map.entry("two-labels", signaturesOf("mail", "A").countLabels(2)),
            Map.entry("foreign-opt-out", signaturesOf("*.wild", "MX").nameAsSigner("evil.danelaw")),
            Map.entry("foreign-island", signaturesOf("mail", "A").nameAsSigner("evil.danelaw")),
            Map.entry("broken-island", signaturesOf("mail", "A").areCorrupted()),
            Map.entry("foreign-nsec3", signaturesOf("*.wild", "MX").nameAsSigner("evil.danelaw")),
            Map.entry("bare-opt-out", denialOf("any.wild").isWithoutSignature()),
            Map.entry("bare-nsec3", denialOf("any.wild").isWithoutSignature()),
            Map.entry("bare-iterations-100", denialOf("below.wild").isWithoutSignature()),
            Map.entry("bare-iterations-101", denialOf("below.wild").isWithoutSignature()),
            Map.entry("dname-iterations-100", signaturesOf("old", "DNAME").endBeforeTheyBegin()),
            Map.entry("dname-iterations-101", signaturesOf("old", "DNAME").endBeforeTheyBegin()),
            Map.entry("narrow-opt-out", denialOf("any.wild").spansTooLittle()),
            Map.entry("no-soa", denialOf("@").concealsType("SOA")),
            Map.entry("no-soa-nsec3", denialOf("@").concealsType("SOA")),
            Map.entry("no-mx", denialOf("@").concealsType("MX")),
            Map.entry("no-soa-elsewhere", denialOf("mail").claimsType("NS")));

    private static Zone plan(String name) {
        var zone = Zone.named(name + ".danelaw").with(CONTENT);
        return switch (name) {
            case "island", "foreign-island", "broken-island" -> zone.island();
            case "bare-opt-out", "narrow-opt-out", "foreign-opt-out", "opt-out" -> zone.optOut();
            case "bare-nsec3", "no-soa-nsec3", "foreign-nsec3" -> zone.nsec3();
            case "iterations-100", "bare-iterations-100", "dname-iterations-100" -> zone.nsec3(100, "");
            case "iterations-101", "bare-iterations-101", "dname-iterations-101" -> zone.nsec3(101, "");
            case "standby" -> {
                var ksk = Key.ksk(Algorithm.ECDSAP256SHA256);
                yield zone.keys(
                        ksk,
                        Key.zsk(Algorithm.ECDSAP256SHA256),
                        ksk.number(2).as(Key.Role.STANDBY).revoked());
            }
            default -> zone;
        };
    }

    private static final List<String> UNDAMAGED =
            List.of("sound", "island", "opt-out", "iterations-100", "iterations-101", "standby");

    private static final Example REVOKED =
            new Example(Explanation.REVOKED_KEY, UNBOUND, "revoked", "mail A", BOGUS, FOUND);
    private static final Example SOA =
            new Example(Explanation.SOA_OF_A_DENIAL, UNBOUND, "soa", "nx A", NO_SUCH_NAME, BOGUS);
    private static final Example SKEW =
            new Example(Explanation.CLOCK_SKEW, DNSJAVA, "just-ended", "mail A", FOUND, BOGUS);
    private static final Example TAGS = new Example(Explanation.KEY_TAGS, DNSJAVA, "twins", "mail A", FOUND, BOGUS);
    private static final Example ITERATIONS =
            new Example(Explanation.NO_SIGNATURE_DUE, DNSJAVA, "iterations-101", "mail TXT", INSECURE_NO_DATA, BOGUS);
    private static final Example LABELS =
            new Example(Explanation.LABEL_COUNT, DNSJAVA, "five-labels", "mail A", BOGUS, FOUND);
    private static final Example DNAME =
            new Example(Explanation.CNAME_OF_A_DNAME, UNBOUND, "sound", "www.old CNAME", FOUND, BOGUS);
    private static final Example OVERLOOKED = DNAME.in("dname-iterations-101").that(BOGUS, INSECURE);
    private static final Example HOP =
            new Example(Explanation.INSECURE_HOP, DNSJAVA, "island", "away A", BOGUS, INSECURE);
    private static final Example OPT_OUT =
            new Example(Explanation.UNSIGNED_DENIAL, DNSJAVA, "bare-opt-out", "any.wild MX", BOGUS, INSECURE);
    private static final Example BARE = OPT_OUT.of(UNBOUND)
            .in("bare-iterations-101")
            .asking("below.wild TLSA")
            .that(BOGUS, INSECURE_NO_DATA);
    private static final Example CUT =
            new Example(Explanation.OWN_DELEGATION, UNBOUND, "no-soa", "nx A", BOGUS, INSECURE_NO_SUCH_NAME);

    private final Instant now = Instant.now();
    private final Internet internet = Internet.at(
            now,
            Stream.concat(DAMAGES.keySet().stream(), UNDAMAGED.stream())
                    .map(ExplanationTest::zone)
                    .toList());
    private final Scenery scenery = new Scenery(
            internet,
            DAMAGES.entrySet().stream()
                    .collect(Collectors.toMap(
                            damage -> Name.fromConstantString(damage.getKey() + ".danelaw."),
                            damage -> damage.getValue().toString())));

    private static Zone zone(String name) {
        return Optional.ofNullable(DAMAGES.get(name)).map(plan(name)::but).orElseGet(() -> plan(name));
    }

    static Stream<Example> examples() {
        return Stream.of(
                REVOKED,
                REVOKED.of(DNSJAVA),
                SOA,
                SOA.of(DNSJAVA),
                SKEW,
                TAGS,
                ITERATIONS,
                ITERATIONS.in("foreign-opt-out").asking("any.wild MX").that(INSECURE, BOGUS),
                ITERATIONS.in("foreign-island").asking("mail A").that(INSECURE, BOGUS),
                LABELS,
                LABELS.in("no-labels").asking("alias TLSA").that(BOGUS, NO_DATA),
                LABELS.in("made-alias").asking("alias TLSA").that(BOGUS, NO_DATA),
                LABELS.of(UNBOUND).in("key-labels"),
                DNAME,
                DNAME.of(DNSJAVA).in("soa"),
                OVERLOOKED,
                HOP,
                OPT_OUT,
                BARE,
                CUT,
                CUT.of(DNSJAVA).in("no-soa-nsec3"));
    }

    static Stream<Example> neighbours() {
        return Stream.of(
                REVOKED.in("standby"),
                REVOKED.in("broken"),
                REVOKED.that(FOUND, INSECURE),
                REVOKED.that(FOUND, BOGUS),
                SOA.in("mx"),
                SOA.in("sound"),
                SOA.asking("mail A").that(FOUND, BOGUS),
                SOA.that(INSECURE_NO_SUCH_NAME, NO_SUCH_NAME),
                SOA.that(NO_SUCH_NAME, NO_DATA),
                SKEW.in("long-ended"),
                SKEW.in("short-ended"),
                SKEW.in("sound"),
                SKEW.of(UNBOUND),
                SKEW.that(BOGUS, FOUND),
                TAGS.in("sound"),
                TAGS.in("standby"),
                TAGS.of(UNBOUND),
                TAGS.that(BOGUS, FOUND),
                ITERATIONS.in("iterations-100"),
                ITERATIONS.in("foreign-nsec3").asking("any.wild MX").that(INSECURE, BOGUS),
                ITERATIONS.in("opt-out").asking("any.wild MX").that(INSECURE, BOGUS),
                ITERATIONS.in("island").asking("mail A").that(INSECURE, BOGUS),
                ITERATIONS.in("broken-island").asking("mail A").that(INSECURE, BOGUS),
                ITERATIONS.in("foreign-island").asking("mail A").that(BOGUS, INSECURE),
                ITERATIONS.of(UNBOUND),
                ITERATIONS.that(INSECURE_NO_DATA, NO_DATA),
                ITERATIONS.that(NO_DATA, BOGUS),
                LABELS.in("three-labels"),
                LABELS.in("two-labels"),
                LABELS.in("made-alias").asking("alias A"),
                LABELS.in("made-alias").asking("mail TLSA").that(BOGUS, FOUND),
                LABELS.in("two-labels").asking("mail TLSA").that(BOGUS, NO_DATA),
                LABELS.in("sound").asking("alias TLSA").that(BOGUS, NO_DATA),
                LABELS.of(UNBOUND),
                LABELS.of(UNBOUND).in("no-labels").asking("alias A"),
                LABELS.of(UNBOUND).in("mx"),
                LABELS.that(FOUND, BOGUS),
                DNAME.asking("alias CNAME"),
                DNAME.asking("www.old A"),
                DNAME.asking("old DNAME"),
                DNAME.that(BOGUS, FOUND),
                OVERLOOKED.in("dname-iterations-100"),
                OVERLOOKED.in("iterations-101"),
                OVERLOOKED.in("bare-iterations-101"),
                OVERLOOKED.of(DNSJAVA),
                OVERLOOKED.asking("www.old A"),
                OVERLOOKED.that(BOGUS, FOUND),
                HOP.in("sound"),
                HOP.asking("alias A"),
                HOP.in("broken").asking("mail A"),
                HOP.of(UNBOUND),
                HOP.that(INSECURE, BOGUS),
                OPT_OUT.in("bare-nsec3"),
                OPT_OUT.in("opt-out"),
                OPT_OUT.in("narrow-opt-out"),
                OPT_OUT.of(UNBOUND),
                BARE.of(DNSJAVA),
                BARE.in("iterations-101"),
                BARE.in("bare-iterations-100"),
                BARE.in("bare-nsec3").asking("any.wild MX"),
                BARE.that(INSECURE_NO_DATA, BOGUS),
                OPT_OUT.that(BOGUS, FOUND),
                CUT.in("no-mx"),
                CUT.in("no-soa-elsewhere"),
                CUT.in("sound"),
                CUT.in("opt-out"),
                CUT.that(INSECURE_NO_SUCH_NAME, BOGUS),
                CUT.that(BOGUS, NO_SUCH_NAME));
    }

    @Tag("peers")
    @Test
    void eachExampleIsAsItSays(@TempDir Path directory) throws Exception {
        var judged = new SoftAssertions();
        try (var panel = Panel.before(internet, now, directory)) {
            examples().forEach(example -> {
                judged.assertThat(panel.ours(example.name(), example.type()))
                        .as("Danelaw, " + example)
                        .isEqualTo(example.ours());
                judged.assertThat(panel.theirs(example.name(), example.type()).get(example.oracle()))
                        .as(example.toString())
                        .isEqualTo(example.theirs());
            });
        }
        judged.assertAll();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleHasThatExplanationAlone(Example example) {
        assertThat(Explanation.allOf(difference(example))).containsExactly(example.why());
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void aNeighbourIsNotExplainedByIt(Example neighbour) {
        assertThat(Explanation.allOf(difference(neighbour))).doesNotContain(neighbour.why());
    }

    @Test
    void thereAreAtMostTenExplanationsAndEachHasAnExampleForEachOracle() {
        assertThat(Explanation.ALL).hasSizeLessThanOrEqualTo(10);
        for (var each : Explanation.ALL) {
            assertThat(examples().filter(example -> example.why().equals(each)).map(Example::oracle))
                    .as(each.difference())
                    .containsAll(each.oracles());
            assertThat(neighbours().filter(example -> example.why().equals(each)))
                    .as(each.difference())
                    .hasSizeGreaterThan(2);
        }
    }

    private Difference difference(Example example) {
        return new Difference(
                scenery.scene(example.name(), example.type()), example.oracle(), example.ours(), example.theirs());
    }
}
