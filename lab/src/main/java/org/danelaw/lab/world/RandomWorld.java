package org.danelaw.lab.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/// An internet of zones thrown together at random, some with a known damage each, for comparing validators: a seed
/// always gives the same one.
///
/// @param seed print it wherever a comparison fails
/// @param cases the random zones, in the order in which they were made
public record RandomWorld(long seed, Instant at, Internet internet, List<Case> cases) {
    public RandomWorld {
        cases = List.copyOf(cases);
    }

    /// One random zone.
    ///
    /// @param signedAs its keys and its way of denial, in words
    /// @param damage what is wrong with it; nothing in about every third
    /// @param questions what to ask, chosen so that each part of the zone is touched
    public record Case(Name zone, String signedAs, Optional<Damage> damage, List<Asked> questions) {
        public Case {
            questions = List.copyOf(questions);
        }

        @Override
        public String toString() {
            return zone + " (" + signedAs + ", " + damage.map(Damage::toString).orElse("sound") + ")";
        }
    }

    public record Asked(Name name, int type) {
        public Query query() {
            return Query.of(name, type);
        }

        @Override
        public String toString() {
            return name + " " + Type.string(type);
        }
    }

    private static final String CONTENT = """
            @             MX    10 mail
            @             TXT   "apex"
            mail          A     127.0.0.2
            mail          AAAA  ::1
            _25._tcp.mail TLSA  3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
            alias         CNAME mail
            *.wild        MX    10 mail
            *.wild        A     127.0.0.3
            x.below.wild  A     127.0.0.4
            a.b.c         A     127.0.0.5
            old           DNAME new
            www.new       A     127.0.0.6
            plain         NS    ns.plain
            ns.plain      A     127.0.0.1
            """;

    private static final List<String> QUESTIONS = List.of(
            "@ MX",
            "@ TXT",
            "@ CAA",
            "@ DNSKEY",
            "@ DS",
            "mail A",
            "mail AAAA",
            "mail TXT",
            "_25._tcp.mail TLSA",
            "_tcp.mail TLSA",
            "alias A",
            "alias TLSA",
            "any.wild MX",
            "any.wild TXT",
            "much.more.wild A",
            "y.below.wild A",
            "b.c A",
            "nx MX",
            "x.y.nx A",
            "zz A",
            "www.old A",
            "away A",
            "away AAAA",
            "away CNAME",
            "nx.alias A",
            "old DNAME",
            "www.old CNAME",
            "*.wild MX",
            "nx.old A",
            "plain DS",
            "www.plain A");

    private static final int QUESTIONS_A_ZONE = 8;
    private static final List<String> TOPS = List.of("danelaw", "mercia", "wessex", "frisia");

    /// `zones` zones of the first level below four top-level domains, with about a quarter as many below them.
    public static RandomWorld of(long seed, int zones, Instant at) {
        var maker = new Maker(new Random(seed));
        IntStream.range(0, zones).forEach(maker::addZone);
        var all = new ArrayList<>(maker.zones);
        all.add(Zone.named("danelaw"));
        all.add(Zone.named("mercia").signedWith(Algorithm.RSASHA256).nsec3(1, "beef"));
        all.add(Zone.named("wessex").signedWith(Algorithm.ED25519).optOut());
        all.add(Zone.named("frisia").signedWith(Algorithm.ECDSAP384SHA384).nsec3());
        return new RandomWorld(seed, at, Internet.at(at, all), maker.cases);
    }

    /// What one run of the dice makes.
    private static final class Maker {
        private final Random dice;
        private final List<Zone> zones = new ArrayList<>();
        private final List<Case> cases = new ArrayList<>();

        private Maker(Random dice) {
            this.dice = dice;
        }

        private void addZone(int number) {
            var name = Zone.name("z" + number + "." + oneOf(TOPS));
            var damage = dice.nextInt(3) == 0 ? Optional.<Damage>empty() : Optional.of(RandomDamage.pick(dice));
            add(name, damage);
            if (dice.nextInt(4) == 0) {
                // Below a zone that may be broken: its child's fate hangs on it.
                add(Damage.absolute("child", name), Optional.empty());
            }
        }

        private void add(Name name, Optional<Damage> damage) {
            var signedAs = new StringBuilder();
            var zone = denying(keyed(Zone.named(name).with(CONTENT + away()), signedAs), signedAs);
            zones.add(damage.map(zone::but).orElse(zone));
            zones.add(Zone.named(Damage.absolute("plain", name)).unsigned().with("www A 127.0.0.7"));
            cases.add(new Case(name, signedAs.toString(), damage, questions(name)));
        }

        /// An alias that leads into another of the zones, whose fate may be another.
        private String away() {
            return cases.isEmpty() ? "" : "away CNAME mail." + oneOf(cases).zone();
        }

        private Zone keyed(Zone zone, StringBuilder words) {
            var algorithm = oneOf(List.of(Algorithm.values()));
            words.append(algorithm);
            return switch (dice.nextInt(8)) {
                case 0 -> {
                    words.append(" CSK");
                    yield zone.keys(Key.csk(algorithm));
                }
                case 1 -> {
                    words.append(" unsigned");
                    yield zone.signedWith(algorithm).island();
                }
                case 2 -> {
                    words.append(" digests 1 and 2");
                    yield zone.signedWith(algorithm).digests(1, 2);
                }
                case 3 -> {
                    words.append(" digest 4");
                    yield zone.signedWith(algorithm).digests(4);
                }
                default -> zone.signedWith(algorithm);
            };
        }

        private Zone denying(Zone zone, StringBuilder words) {
            var kind = dice.nextInt(4);
            words.append(List.of(" NSEC", " NSEC3", " NSEC3 salted", " NSEC3 opt-out")
                    .get(kind));
            return switch (kind) {
                case 1 -> zone.nsec3();
                case 2 -> zone.nsec3(iterations(words), "c0ffee");
                case 3 -> zone.optOut();
                default -> zone;
            };
        }

        /// Seldom as many as validators refuse (RFC 9276 section 3.2).
        private int iterations(StringBuilder words) {
            var iterations = dice.nextInt(5) == 0 ? 80 + dice.nextInt(120) : dice.nextInt(10);
            words.append(" with ").append(iterations).append(" iterations");
            return iterations;
        }

        private List<Asked> questions(Name zone) {
            return dice.ints(0, QUESTIONS.size())
                    .distinct()
                    .limit(QUESTIONS_A_ZONE)
                    .mapToObj(QUESTIONS::get)
                    .map(question -> question.split(" ", -1))
                    .map(parts -> new Asked(Damage.absolute(parts[0], zone), Type.value(parts[1])))
                    .toList();
        }

        private <T> T oneOf(List<T> choices) {
            return choices.get(dice.nextInt(choices.size()));
        }
    }
}
