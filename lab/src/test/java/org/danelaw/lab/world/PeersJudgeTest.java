package org.danelaw.lab.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.danelaw.lab.judges.Ruling;
import org.danelaw.lab.judges.UnboundJudge;
import org.danelaw.lab.peers.Nsd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The lab's zones in the hands of NSD and Unbound and of the checkers of BIND and ldns.
@Tag("peers")
class PeersJudgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// The checkers know no other time than the present.
    private final Instant now = Instant.now();

    @TempDir
    Path directory;

    private Internet internet(Zone dane) {
        return Internet.at(
                now,
                dane,
                Zone.named("unsigned.dane.example").unsigned().with("www A 127.0.0.6"),
                Zone.named("elsewhere.example").with("www A 127.0.0.7"),
                Zone.named("island.example").island().with("www A 127.0.0.8"));
    }

    private static Zone dane() {
        return Zone.named("dane.example").with(AuthorityTest.ZONE);
    }

    @ParameterizedTest
    @EnumSource
    void theCheckersOfBindAndLdnsAcceptEveryAlgorithm(Algorithm algorithm) throws Exception {
        // RFC 5155 section 2: algorithm 5 says that the zone has no NSEC3.
        var zones = algorithm == Algorithm.RSASHA1
                ? Stream.of(dane())
                : Stream.of(dane(), dane().nsec3(2, "ab"), dane().optOut());
        for (var zone : zones.toList()) {
            internet(zone.signedWith(algorithm)).writeTo(directory);
            assertThat(output("dnssec-verify", "-o", "dane.example.", file("dane.example.")))
                    .contains("Zone fully signed");
            assertThat(output("ldns-verify-zone", file("dane.example."))).contains("Zone is verified and complete");
        }
    }

    @Test
    void theCheckersRefuseADamagedZone() throws Exception {
        internet(dane().but(Damage.signaturesOf("mail", "A").areCorrupted())).writeTo(directory);
        assertThat(output("dnssec-verify", "-o", "dane.example.", file("dane.example.")))
                .doesNotContain("Zone fully signed");
        assertThat(output("ldns-verify-zone", file("dane.example."))).doesNotContain("Zone is verified and complete");
    }

    @Test
    void nsdAnswersFromOurFilesAsWeDoUnderNsec() throws Exception {
        compareWithNsd(internet(dane()));
    }

    @Test
    void nsdAnswersFromOurFilesAsWeDoUnderNsec3() throws Exception {
        compareWithNsd(internet(dane().nsec3(3, "aabbccdd")));
    }

    private void compareWithNsd(Internet internet) throws IOException {
        internet.writeTo(directory);
        var files = new TreeMap<String, Path>();
        internet.zones().forEach(zone -> files.put(zone.name().toString(), directory.resolve(Internet.fileName(zone))));
        var address = UnboundJudge.freeAddress();
        var authority = new Authority(internet.zones());
        try (var nsd = Nsd.serving(directory, address, files)) {
            assertThat(nsd.process().isAlive()).isTrue();
            var resolver = new SimpleResolver(address);
            resolver.setTimeout(PATIENCE);
            var judged = new SoftAssertions();
            // Unlike us, NSD follows an alias into its other zones.
            var rows = AuthorityTest.questions().filter(row -> !row.startsWith("out."));
            for (var row : rows.toList()) {
                var words = row.split(" +", -1);
                var query = Query.of(words[0], words[1]);
                compare(words[0] + " " + words[1], authority.answer(query), resolver.send(query.message()), judged);
            }
            judged.assertAll();
        }
    }

    private static void compare(String question, Message ours, Message theirs, SoftAssertions judged) {
        judged.assertThat(Rcode.string(ours.getRcode())).as(question).isEqualTo(Rcode.string(theirs.getRcode()));
        judged.assertThat(ours.getHeader().getFlag(Flags.AA))
                .as(question + " AA")
                .isEqualTo(theirs.getHeader().getFlag(Flags.AA));
        judged.assertThat(sets(ours, Section.ANSWER)).as(question + " answer").isEqualTo(sets(theirs, Section.ANSWER));
        judged.assertThat(proofs(ours)).as(question + " proofs").isEqualTo(proofs(theirs));
    }

    private static Set<String> sets(Message message, int section) {
        return message.getSection(section).stream()
                .map(record -> record.getName().toString().toLowerCase(java.util.Locale.ROOT) + " "
                        + Type.string(record.getType())
                        + (record instanceof RRSIGRecord signature
                                ? " of " + Type.string(signature.getTypeCovered())
                                : ""))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    /// NSD adds the zone's NS records to answers, which nobody needs.
    private static Set<String> proofs(Message message) {
        var proofs = sets(message, Section.AUTHORITY);
        if (message.getHeader().getFlag(Flags.AA)) {
            proofs.removeIf(set -> set.endsWith(" NS") || set.endsWith(" of NS"));
        }
        return proofs;
    }

    @Test
    void unboundFindsAllAnswersProven() throws Exception {
        var kinds = List.of(dane(), dane().nsec3(3, "aabbccdd"), dane().signedWith(Algorithm.ED448));
        for (var zone : kinds) {
            try (var unbound = UnboundJudge.over(internet(zone), directory)) {
                var judged = new SoftAssertions();
                for (var row : AuthorityTest.questions().toList()) {
                    var words = row.split(" +", -1);
                    judged.assertThat(unbound.on(words[0], words[1]))
                            .as(words[0] + " " + words[1])
                            .isEqualTo(AuthorityTest.ruling(words[0], words[1]));
                }
                judged.assertAll();
            }
        }
    }

    @Test
    void unboundFindsDamageWhereWeSay() throws Exception {
        var rows = DamageTest.rows().toList();
        var zones = new ArrayList<Zone>();
        for (var i = 0; i < rows.size(); i++) {
            var damage = rows.get(i).damage();
            zones.add(Zone.named("a" + i + ".example").with(DamageTest.ZONE).but(damage));
            zones.add(Zone.named("b" + i + ".example")
                    .with(DamageTest.ZONE)
                    .nsec3(1, "03")
                    .but(damage));
        }
        var judged = new SoftAssertions();
        try (var unbound = UnboundJudge.over(Internet.at(now, zones), directory)) {
            for (var i = 0; i < rows.size(); i++) {
                var row = rows.get(i);
                for (var zone : List.of("a" + i + ".example", "b" + i + ".example")) {
                    judge(unbound, "mail." + zone, row, row.mail(), judged);
                    judge(unbound, "other." + zone, row, row.other(), judged);
                    judge(unbound, "nx." + zone, row, row.missing(), judged);
                    judge(unbound, "any.wild." + zone, row, row.wildcard(), judged);
                }
            }
        }
        judged.assertAll();
    }

    private static void judge(
            UnboundJudge unbound, String name, DamageTest.Row row, Ruling ruling, SoftAssertions judged) {
        judged.assertThat(unbound.on(name, "A")).as(row + ": " + name).isEqualTo(ruling);
    }

    private String file(String zone) {
        return directory.resolve(zone + "zone").toString();
    }

    private static String output(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.inputReader()) {
            var text = out.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor()).as(text).isGreaterThanOrEqualTo(0);
            return text;
        }
    }
}
