package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.danelaw.config.Editing.Outcome;
import org.junit.jupiter.api.Test;

class EditingTest {
    private static final TableName BANK = TableName.of("destination-controls", "bank.example");
    private static final TableName INSIDE = TableName.of("listener", "inside");

    @Test
    void aChangedValueLeavesItsLineAndAllOthersAsTheyAre() {
        assertThat(edited("""
                # Ours, \tby hand
                [destination-controls.'Bank.Example']   # the bank\r
                \t"tls"   =  'required'  # they asked for it
                dane = "opportunistic"   \n
                # the end""", new Edit.Change(BANK, values("tls", "required-verify"))))
                .isEqualTo("""
                # Ours, \tby hand
                [destination-controls.'Bank.Example']   # the bank\r
                \t"tls"   =  "required-verify"  # they asked for it
                dane = "opportunistic"   \n
                # the end""");
    }

    @Test
    void anEmptyValueTakesTheKeyOutWithTheCommentsThatAreAboutIt() {
        assertThat(edited("""
                [destination-controls."bank.example"]
                # because
                tls = "required" # here
                # and
                dane = "mandatory"
                """, new Edit.Change(BANK, values("tls", "")))).isEqualTo("""
                [destination-controls."bank.example"]
                # and
                dane = "mandatory"
                """);
    }

    @Test
    void inlineTablesAndDottedKeysAreChangedWhereTheyStand() {
        assertThat(edited(
                        "destination-controls = { default = { tls = 'required' }, \"bank.example\".tls = 'required' } # all\n",
                        new Edit.Change(BANK, values("dane", "mandatory"))))
                .isEqualTo(
                        "destination-controls = { default = { tls = 'required' }, \"bank.example\".tls = 'required', "
                                + "\"bank.example\".dane = \"mandatory\" } # all\n");
        assertThat(edited(
                        "delivery.port = 25\nnode.hostname = 'a.example'\n",
                        new Edit.Change(TableName.of("delivery"), values("port", "2525"))))
                .isEqualTo("delivery.port = 2525\nnode.hostname = 'a.example'\n");
    }

    @Test
    void elementsOfAListThatStayKeepTheirComments() {
        var group = INSIDE.below("sender-group", "own");
        assertThat(edited("""
                [[listener]]
                name = "inside"
                address = "127.0.0.1:0"
                [[listener.sender-group]]
                name = "own"
                networks = [
                    "127.0.0.1", # this machine
                    "10.0.0.0/8", # the branches
                    "::1",
                ]
                policy = "relay"
                """, new Edit.Change(group, values("networks", "127.0.0.1, 192.0.2.0/24, ::1"))))
                .contains("""
                networks = [
                    "127.0.0.1", # this machine
                    "192.0.2.0/24",
                    "::1",
                ]
                """);
    }

    @Test
    void aNewTableComesAfterThoseOfItsKindOrBeforeOneOfThem() {
        var text = "[[recipient-access]]\nmatch = \"a.example\"\naction = \"accept\"\n\n[delivery]\nport = 25\n";
        var late = new Edit.Add(TableName.of("recipient-access", "z.example"), values("action", "reject"));
        var early = new Edit.Add(
                TableName.of("recipient-access", "b.example"), values("action", "reject"), Optional.of("A.example"));

        assertThat(edited(text, late, early)).isEqualTo("""
                [[recipient-access]]
                match = "b.example"
                action = "reject"

                [[recipient-access]]
                match = "a.example"
                action = "accept"

                [[recipient-access]]
                match = "z.example"
                action = "reject"

                [delivery]
                port = 25
                """);
    }

    @Test
    void tablesOfWhichThereIsOneAreMadeWhereTheyAreMissing() {
        assertThat(edited(
                        "",
                        new Edit.Change(TableName.of("dns"), values("sha1", "insecure", "timeouts-seconds", "5,10"))))
                .isEqualTo("[dns]\nsha1 = \"insecure\"\ntimeouts-seconds = [5, 10]\n");
    }

    @Test
    void theLastOfAKindLeavesNothingBehind() {
        assertThat(edited(
                        "[delivery]\nport = 25\n\n# quick\n[[log]] # all\nname = \"mail_logs\"\n",
                        new Edit.Remove(TableName.of("log", "mail_logs"))))
                .isEqualTo("[delivery]\nport = 25\n");
    }

    @Test
    void aListenerGoesWithItsGroupsAndAMovedOneTakesThemAlong() {
        var text = """
                # inside
                [[listener]]
                name = "inside"
                [[listener.sender-group]]
                name = "own" # ours

                [[listener]]
                name = "outside"
                [[listener.sender-group]]
                name = "all"
                """;
        assertThat(edited(text, new Edit.Remove(INSIDE))).isEqualTo("""

                [[listener]]
                name = "outside"
                [[listener.sender-group]]
                name = "all"
                """);
        assertThat(edited(text, new Edit.Move(INSIDE, Optional.empty()))).isEqualTo("""

                [[listener]]
                name = "outside"
                [[listener.sender-group]]
                name = "all"

                # inside
                [[listener]]
                name = "inside"

                [[listener.sender-group]]
                name = "own" # ours
                """);
    }

    @Test
    void aWholeOtherFileTakesThePlaceOfTheOldOne() {
        assertThat(edited(
                        "[delivery]\n",
                        new Edit.Replace("# new\n"),
                        new Edit.Change(TableName.of("delivery"), values("port", "26"))))
                .isEqualTo("# new\n\n[delivery]\nport = 26\n");
    }

    @Test
    void whatCannotBeDoneSaysWhyAndNothingOfItIsDone() {
        var bank = "[destination-controls.\"bank.example\"]\n";
        assertThat(refused(bank, new Edit.Change(TableName.of("destination-controls", "bnk.example"), values())))
                .containsExactly("there is no [destination-controls.\"bnk.example\"]");
        assertThat(refused(bank, new Edit.Remove(TableName.of("log", "x")))).containsExactly("there is no [log.x]");
        assertThat(refused(bank, new Edit.Add(TableName.of("destination-controls", "BANK.example"), values())))
                .containsExactly("there is already a [destination-controls.\"BANK.example\"]");
        assertThat(refused(bank, new Edit.Change(BANK, values("dan", "x", "dane", "x", "recipients", "many"))))
                .containsExactly(
                        "there is no \"dan\" in [destination-controls.DOMAIN]: did you mean \"dane\"?",
                        "dane takes \"none\", \"opportunistic\" or \"mandatory\", not \"x\"",
                        "recipients takes a whole number from 1 to 2147483647, not \"many\"");
        assertThat(refused(bank, new Edit.Add(TableName.of("bounce-profile", "a b"), values())))
                .singleElement()
                .asString()
                .startsWith("NAME takes a name of letters");
        assertThat(refused(bank, new Edit.Add(INSIDE.below("sender-group", "own"), values())))
                .containsExactly("there is no table for [listener.inside sender-group.own] to stand in");
        assertThat(refused(bank, new Edit.Add(TableName.of("log", "x"), values(), Optional.of("y"))))
                .containsExactly("there is no y to come before");
        assertThat(refused(bank, new Edit.Move(BANK, Optional.empty())))
                .containsExactly("[destination-controls.DOMAIN] has no order");
        assertThat(refused("dns = 5\n", new Edit.Change(TableName.of("dns"), values("sha1", "accept"))))
                .containsExactly("dns is no table in this file: change it there");
        assertThat(refused("[dns\n", new Edit.Change(TableName.of("dns"), values("sha1", "accept"))))
                .singleElement()
                .asString()
                .startsWith("the configuration cannot be read: line 1:");
    }

    private static String edited(String text, Edit... edits) {
        return switch (Editing.edit(text, List.of(edits))) {
            case Outcome.Edited(var edited) -> edited;
            case Outcome.Refused(var why) -> throw new AssertionError(why);
        };
    }

    private static List<String> refused(String text, Edit edit) {
        return switch (Editing.edit(text, List.of(edit))) {
            case Outcome.Edited(var edited) -> throw new AssertionError(edited);
            case Outcome.Refused(var why) -> why;
        };
    }

    private static SequencedMap<String, String> values(String... keysAndValues) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return values;
    }
}
