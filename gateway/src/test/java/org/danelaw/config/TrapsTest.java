package org.danelaw.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.danelaw.config.ConfigFile.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrapsTest {
    /// Relay clients and accept clients; the first line after it is line 18.
    private static final String BOTH_WAYS_IN = """
            [mail-flow-policy.outgoing]
            action = "relay"
            [mail-flow-policy.incoming]
            action = "accept"
            [[listener]]
            name = "all"
            address = "127.0.0.1:0"
            [[listener.sender-group]]
            name = "own"
            networks = ["192.0.2.0/24"]
            policy = "outgoing"
            [[listener.sender-group]]
            name = "others"
            networks = ["0.0.0.0/0"]
            policy = "incoming"
            [destination-controls.default]
            dane = "opportunistic"
            """;

    private static final String OWN_DOMAIN = """
            [[recipient-access]]
            match = "own.example"
            action = "accept"
            """;

    @Test
    void daneOnDefaultAndAnOwnDomainWithARouteThatBothKindsOfMailTake() {
        assertThat(notes(BOTH_WAYS_IN + OWN_DOMAIN + """
                [[smtp-route]]
                domain = "own.example"
                to = ["exchange.inside.example"]
                dane = "fail"
                """))
                .contains("22: the SMTP route for \"own.example\" takes mail for \"own.example\" both from relay"
                        + " clients, to which DANE applies (dane = \"opportunistic\", line 17), and under accept"
                        + " (recipient-access, line 19), to which it does not: all its mail with DANE waits for the"
                        + " reason \"SMTP route\"; give the route dane = \"route-host\" or the destination control dane"
                        + " = \"none\"");
    }

    @Test
    void theSameDomainIsNoTrapByTheDnsUnderRouteHostOrWithoutDane() {
        assertThat(notes(BOTH_WAYS_IN + OWN_DOMAIN + """
                [[smtp-route]]
                domain = "own.example"
                to = ["USEDNS"]
                """)).isEmpty();
        assertThat(notes(BOTH_WAYS_IN + OWN_DOMAIN + """
                [[smtp-route]]
                domain = "own.example"
                to = ["exchange.inside.example"]
                dane = "route-host"
                """)).isEmpty();
        assertThat(notes(BOTH_WAYS_IN + OWN_DOMAIN + """
                [[smtp-route]]
                domain = "own.example"
                to = ["exchange.inside.example"]
                [destination-controls."own.example"]
                dane = "none"
                """)).isEmpty();
    }

    @Test
    void anOpportunisticDomainWithARouteToWhichDaneDoesNotApply() {
        assertThat(notes("""
                [destination-controls.".partner.example"]
                dane = "opportunistic"
                [[smtp-route]]
                domain = "mail.partner.example"
                to = ["relay.example"]
                """))
                .containsExactly(
                        "4: \"mail.partner.example\" has an SMTP route and DANE (dane = \"opportunistic\", line"
                                + " 2): its mail goes without DANE; give the route dane = \"route-host\" or the destination"
                                + " control dane = \"none\"");
    }

    @Test
    void aMandatoryDomainWithSuchARouteKeepsItsMail() {
        assertThat(notes("""
                [destination-controls."partner.example"]
                dane = "mandatory"
                [[smtp-route]]
                domain = "partner.example"
                to = ["relay.example"]
                """))
                .singleElement()
                .asString()
                .contains("(dane = \"mandatory\", line 2)", "waits", "SMTP route");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "all"})
    void anInnerTierThatGivesAllItsMailAwayHasNoUseForDane(String all) {
        assertThat(notes("""
                [destination-controls."partner.example"]
                dane = "mandatory"
                [[smtp-route]]
                domain = "%s"
                to = ["outer.example"]
                dane = "route-host"
                """.formatted(all)))
                .containsExactly("4: the SMTP route for ALL gives all mail to another host, and DANE is on (dane ="
                        + " \"mandatory\", line 2): DANE belongs to the tier that speaks to the outside; switch it off"
                        + " here");
    }

    @Test
    void acceptedMailToAMandatoryDomain() {
        assertThat(notes(BOTH_WAYS_IN + OWN_DOMAIN + """
                [destination-controls."own.example"]
                dane = "mandatory"
                """))
                .containsExactly(
                        "19: mail for \"own.example\" under the policy \"incoming\" goes without DANE, although"
                                + " its destination control requires it (dane = \"mandatory\", line 22): give the policy dane ="
                                + " true, if it must not");
    }

    @Test
    void acceptedMailUnderAPolicyWithDaneIsNoTrap() {
        assertThat(notes(BOTH_WAYS_IN.replace("action = \"accept\"", "action = \"accept\"\ndane = true") + OWN_DOMAIN
                        + """
                [destination-controls."own.example"]
                dane = "mandatory"
                """))
                .isEmpty();
    }

    @Test
    void thousandsOfOneKindAreCounted() {
        assertThat(notes("[destination-controls.default]\ndane = \"opportunistic\"\n"
                        + IntStream.range(0, 2_000)
                                .mapToObj(
                                        i -> "[[smtp-route]]\ndomain = \"c" + i + ".example\"\nto = [\"r.example\"]\n")
                                .collect(Collectors.joining())))
                .hasSize(6)
                .last()
                .asString()
                .contains("and so on: 1995 more of this kind");
    }

    private static List<String> notes(String toml) {
        return switch (ConfigFile.parse(toml, Path.of("."))) {
            case Reading.Valid(var settings, var notes) ->
                notes.stream()
                        .map(note -> note.in(Path.of("f")).replaceFirst("^f:([0-9]+):[0-9]+", "$1"))
                        .toList();
            case Reading.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }
}
