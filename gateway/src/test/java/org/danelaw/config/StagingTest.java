package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.danelaw.config.Staging.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
    private static final String BEFORE = "# ours\n[delivery]\nport = 25 # as usual\n";

    @TempDir
    private Path folder;

    private final List<Integer> ports = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();
    private Path file;
    private Staging staging;

    @BeforeEach
    void open() throws IOException {
        file = Files.writeString(folder.resolve("gw.toml"), BEFORE);
        staging = opened();
    }

    private Staging opened() throws IOException {
        return Staging.open(
                new ConfigText(file, Files.readString(file)),
                folder.resolve("data/config"),
                this::prepare,
                () -> Instant.parse("2026-11-24T12:00:00Z"));
    }

    private Application.Prepared prepare(Settings settings) throws IOException {
        if (refusal.isPresent()) {
            throw new IOException(refusal.get());
        }
        return new Application.Prepared() {
            @Override
            public List<String> takeEffect() {
                ports.add(settings.delivery().port());
                return List.of();
            }

            @Override
            public void abandon() {}
        };
    }

    @Test
    void aChangeHasNoEffectBeforeItIsCommitted() throws IOException {
        assertThat(staging.stage("ann", port("26"))).isInstanceOf(Result.Done.class);
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
        assertThat(ports).isEmpty();
        assertThat(staging.changes("ann").diff())
                .containsExactly(
                        "@@ -1,3 +1,3 @@", " # ours", " [delivery]", "-port = 25 # as usual", "+port = 26 # as usual");

        assertThat(staging.commit("ann", "try 26")).isEqualTo(new Result.Done(List.of("revision 2 is in force")));
        assertThat(Files.readString(file)).isEqualTo(BEFORE.replace("25", "26"));
        assertThat(ports).containsExactly(26);
        assertThat(staging.revisions().getFirst())
                .isEqualTo(new Revision(
                        2, Instant.parse("2026-11-24T12:00:00Z"), "ann", "try 26", BEFORE.replace("25", "26")));
        assertThat(staging.changes("ann").diff()).isEmpty();
    }

    @Test
    void clearedChangesAreForgotten() throws IOException {
        staging.stage("ann", port("26"));
        staging.clear("ann", false);
        assertThat(staging.commit("ann", "")).isEqualTo(new Result.Done(List.of("there is nothing to commit")));
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
    }

    @Test
    void aChangeThatMakesNoSenseIsRefusedWithItsReasonAndBothLines() throws IOException {
        var none = new Edit.Add(
                TableName.of("destination-controls", "a.example"), values("tls", "none", "dane", "mandatory"));
        assertThat(staging.stage("ann", none))
                .isEqualTo(new Result.Refused(
                        List.of(file + ":7:1: dane = \"mandatory\" (line 7) needs TLS, and tls = \"none\""
                                + " (line 6) switches it off: change one of the two")));
        assertThat(staging.changes("ann").diff()).isEmpty();
    }

    @Test
    void twoOperatorsChangesBothComeInAndNoneUndoesTheOthersUnseen() throws IOException {
        staging.stage("ann", port("26"));
        staging.stage("bob", new Edit.Change(TableName.of("delivery"), values("max-connections", "5")));
        staging.commit("ann", "hers");

        assertThat(staging.commit("bob", "his"))
                .isEqualTo(new Result.Refused(
                        List.of("revision 2 by ann (hers) came in since you looked last: showchanges shows"
                                + " what yours would change now")));
        assertThat(staging.changes("bob").diff())
                .contains("+max-connections = 5")
                .doesNotContain("-port = 26 # as usual");
        assertThat(staging.commit("bob", "his")).isInstanceOf(Result.Done.class);
        assertThat(Files.readString(file)).contains("port = 26", "max-connections = 5");
    }

    @Test
    void aFileThatWasEditedOutsideIsNotCommittedUnseenAndThenGoesAlong() throws IOException {
        staging.stage("ann", port("26"));
        Files.writeString(file, BEFORE + "retry-jitter-percent = 0\n");

        assertThat(staging.commit("ann", ""))
                .isEqualTo(new Result.Refused(List.of(
                        "the file was edited outside: showchanges shows how, and then a commit takes that along")));
        assertThat(staging.changes("ann").remarks()).first().asString().startsWith("the file was edited outside");
        assertThat(staging.changes("ann").diff()).contains("+retry-jitter-percent = 0", "+port = 26 # as usual");
        assertThat(staging.commit("ann", "")).isInstanceOf(Result.Done.class);
        assertThat(Files.readString(file)).isEqualTo(BEFORE.replace("25", "26") + "retry-jitter-percent = 0\n");
    }

    @Test
    void theFileCanBePutBackAsItIsInForce() throws IOException {
        Files.writeString(file, "broken");
        staging.clear("ann", true);
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
    }

    @Test
    void allProblemsRefuseACommitAtOnce() throws IOException {
        Files.writeString(file, "[delivery]\nport = 0\nprt = 25\n");
        staging.changes("ann");
        assertThat(staging.commit("ann", ""))
                .isEqualTo(new Result.Refused(List.of(
                        file + ":2:1: port takes a whole number from 1 to 65535, not 0",
                        file + ":3:1: unknown key \"prt\" in [delivery]: did you mean \"port\"?")));
        assertThat(ports).isEmpty();
    }

    @Test
    void whatAPartCannotTakeChangesNothing() throws IOException {
        staging.stage("ann", port("26"));
        refusal = Optional.of("listener x cannot listen on y");
        assertThat(staging.commit("ann", "")).isEqualTo(new Result.Refused(List.of("listener x cannot listen on y")));
        assertThat(Files.readString(file)).isEqualTo(BEFORE);
        assertThat(staging.revisions()).hasSize(1);
        refusal = Optional.empty();
        assertThat(staging.commit("ann", "")).isInstanceOf(Result.Done.class);
    }

    @Test
    void tenRevisionsBeforeTheOneInForceAreKeptAndAnyComesBackAsANewOne() throws IOException {
        for (int port = 26; port < 40; port++) {
            staging.stage("ann", port(Integer.toString(port)));
            staging.commit("ann", "port " + port);
        }
        assertThat(staging.revisions())
                .extracting(Revision::number)
                .containsExactly(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5);

        assertThat(staging.rollBack("bob", 5)).isInstanceOf(Result.Done.class);
        assertThat(Files.readString(file)).isEqualTo(BEFORE.replace("25", "29"));
        assertThat(staging.revisions().getFirst().comment()).isEqualTo("back to revision 5");
        assertThat(ports).last().isEqualTo(29);
        assertThat(staging.rollBack("bob", 5)).isEqualTo(new Result.Refused(List.of("there is no revision 5")));
    }

    @Test
    void theModeOfTheFileIsKept() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        staging.stage("ann", port("26"));
        staging.commit("ann", "");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(file, folder.resolve("data"));
        }
    }

    @Test
    void afterACrashTheListEndsWithWhatIsInForce() throws IOException {
        var begun = new Revision(2, Instant.EPOCH, "ann", "x", BEFORE.replace("25", "26"));
        var pending = folder.resolve("data/config/pending");

        Files.writeString(pending, begun.written());
        assertThat(opened().inForce().number()).isEqualTo(1);
        assertThat(pending).doesNotExist();

        Files.writeString(pending, begun.written());
        Files.writeString(file, begun.text());
        assertThat(opened().inForce()).isEqualTo(begun);
        assertThat(pending).doesNotExist();

        Files.writeString(pending, "half a rev");
        assertThat(opened().inForce()).isEqualTo(begun);
    }

    @Test
    void aDamagedRevisionIsSetAsideAndToldAndItsNumberIsNotGivenAgain() throws IOException {
        var second = Files.writeString(folder.resolve("data/config/2.toml"), "# revision 2\n# time yesterday\n");
        var third = Files.write(folder.resolve("data/config/3.toml"), new byte[] {'#', (byte) 0xff});

        staging = opened();
        assertThat(staging.damaged())
                .containsExactlyInAnyOrder(
                        "the revision " + second + " cannot be read, and is kept as 2.toml.damaged:"
                                + " rollbackconfig does not offer it",
                        "the revision " + third + " cannot be read, and is kept as 3.toml.damaged:"
                                + " rollbackconfig does not offer it");
        assertThat(staging.revisions()).extracting(Revision::number).containsExactly(1);
        staging.stage("ann", port("26"));
        assertThat(staging.commit("ann", "")).isEqualTo(new Result.Done(List.of("revision 4 is in force")));
        assertThat(opened().damaged()).isEmpty();
    }

    @Test
    void onceTheFileIsWrittenNothingUndoesACommit() throws IOException {
        var oldest = new Revision(0, Instant.EPOCH, "ann", "", "");
        Files.writeString(folder.resolve("data/config/oldest.toml"), oldest.written());
        Files.createDirectories(folder.resolve("data/config/0.toml/cannot be deleted"));
        var said = List.<String>of();
        for (int port = 26; port < 36; port++) {
            staging.stage("ann", port(Integer.toString(port)));
            said = ((Result.Done) staging.commit("ann", "")).said();
        }
        assertThat(said).hasSize(2).last().asString().startsWith("the list of revisions is not complete yet: ");
        assertThat(ports).last().isEqualTo(35);
        assertThat(staging.inForce().text()).isEqualTo(Files.readString(file));
    }

    @Test
    void whatTheGatewayRunsByIsInForceEvenIfTheFileIsAnotherByThen() throws IOException {
        var read = new ConfigText(file, BEFORE);
        Files.writeString(file, BEFORE + "retry-jitter-percent = 0\n");
        staging = Staging.open(
                read, folder.resolve("data/config"), this::prepare, () -> Instant.parse("2026-11-24T12:00:00Z"));
        assertThat(staging.inForce().text()).isEqualTo(BEFORE);
        assertThat(staging.changes("ann").remarks()).first().asString().startsWith("the file was edited outside");
        assertThat(file).content().endsWith("retry-jitter-percent = 0\n");
    }

    @Test
    void anotherFileAtTheStartIsARevisionOfItsOwn() throws IOException {
        Files.writeString(file, "");
        assertThat(opened().inForce())
                .isEqualTo(new Revision(
                        2,
                        Instant.parse("2026-11-24T12:00:00Z"),
                        "the file",
                        "as it was when the gateway started",
                        ""));
    }

    @Test
    void aReadFileComesInForceAndAnInvalidOneChangesNothing() throws IOException {
        Files.writeString(file, "[delivery]\nport = 99\n");
        assertThat(staging.reload("SIGHUP")).isInstanceOf(Result.Done.class);
        assertThat(ports).containsExactly(99);
        Files.writeString(file, "[deliver]\n");
        assertThat(staging.reload("SIGHUP")).isInstanceOf(Result.Refused.class);
        assertThat(ports).containsExactly(99);
    }

    @Test
    void aLoadedFileTakesThePlaceOfEarlierChanges() throws IOException {
        staging.stage("ann", port("26"));
        staging.stage("ann", new Edit.Replace("[delivery]\nport = 27\n"));
        assertThat(staging.staged("ann")).isEqualTo("[delivery]\nport = 27\n");
        assertThat(staging.stage("ann", new Edit.Replace("x"))).isInstanceOf(Result.Refused.class);
    }

    private static Edit port(String port) {
        return new Edit.Change(TableName.of("delivery"), values("port", port));
    }

    private static SequencedMap<String, String> values(String... keysAndValues) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }
}
