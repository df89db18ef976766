package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.danelaw.config.ConfigFile.Reading;
import org.danelaw.config.Editing.Outcome;
import org.danelaw.lab.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/// Makes random edits of random files: each says afterwards what it was meant to say, and nothing else in it is
/// another.
class EditingFuzzTest {
    private static final long MOST_OCTETS = 512L << 20;
    private static final Pattern COMMENT = Pattern.compile("# [0-9]+\\b");
    private static final Path FOLDER = Path.of("/etc/danelaw");

    @Test
    void everyLineOutsideOfTheEditedTablesStaysAndTheFileSaysWhatWasMeant() throws Exception {
        new Fuzz("edited-configuration", MOST_OCTETS)
                .run(EditingFuzzTest::tried, "Add", "Change", "Remove", "Move", "many");
    }

    private static String tried(RandomGenerator random) {
        var file = new RandomConfiguration(random);
        var before = file.text();
        assertThat(valid(before))
                .usingRecursiveComparison()
                .ignoringFields("dns.crypto")
                .isEqualTo(valid(file.plain()));

        var edits = new ArrayList<Edit>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            edits.add(file.edit());
        }
        var after = edited(before, edits);

        assertThat(valid(after))
                .as("%s\nof\n%s\nmade\n%s", edits, before, after)
                .usingRecursiveComparison()
                .ignoringFields("dns.crypto")
                .isEqualTo(valid(file.plain()));
        var lines = lines(after);
        assertThat(firstMissing(file.untouched(), lines))
                .as("%s\nof\n%s\nmade\n%s", edits, before, after)
                .isEmpty();
        assertThat(comments(after)).isSubsetOf(comments(before)).doesNotHaveDuplicates();
        file.keyUnder()
                .forEach((comment, key) -> assertThat(lines.get(indexOf(lines, comment) + 1))
                        .as("%s above %s\n%s", comment, key, after)
                        .contains(key.substring(key.lastIndexOf(' ') + 1)));
        return edits.size() > 1 ? "many" : edits.getFirst().getClass().getSimpleName();
    }

    private static String edited(String text, List<Edit> edits) {
        return switch (Editing.edit(text, edits)) {
            case Outcome.Edited(var edited) -> edited;
            case Outcome.Refused(var why) -> throw new AssertionError(edits + " refused: " + why + "\n" + text);
        };
    }

    private static Settings valid(String text) {
        return switch (ConfigFile.parse(text, FOLDER)) {
            case Reading.Valid(var settings, var notes) -> settings;
            case Reading.Invalid(var problems) -> throw new AssertionError(problems + "\n" + text);
        };
    }

    /// With their line ends.
    private static List<String> lines(String text) {
        return List.of(text.split("(?<=\n)", -1));
    }

    /// The first of `some` that is not among `all`, in that order.
    private static Optional<String> firstMissing(List<String> some, List<String> all) {
        var left = new ArrayDeque<>(some);
        all.forEach(line -> {
            if (left.peek() != null && isSame(left.peek(), line)) {
                left.remove();
            }
        });
        return Optional.ofNullable(left.peek());
    }

    /// The last line of a file without a line end gets one where lines come after it.
    private static boolean isSame(String before, String after) {
        return after.equals(before)
                || (!before.endsWith("\n") && after.stripTrailing().equals(before.stripTrailing()));
    }

    private static int indexOf(List<String> lines, String comment) {
        var stripped = lines.stream().map(String::strip).toList();
        assertThat(stripped).contains(comment);
        return stripped.indexOf(comment);
    }

    /// Each comment of the file is numbered.
    private static List<String> comments(String text) {
        return COMMENT.matcher(text).results().map(MatchResult::group).toList();
    }
}
