package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.danelaw.events.ReverseName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("192.0.2.7");

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, mx.example.org, true",
        "192.0.2.0/24, mx.example.org, true",
        "198.51.100.0/24, mx.example.org, false",
        "mx.example.org, mx.example.org, true",
        "MX.Example.ORG, mx.example.org, true",
        "mx.example.org, a.mx.example.org, false",
        "example.org, mx.example.org, false",
        ".example.org, mx.example.org, true",
        ".example.org, a.b.example.org, true",
        ".example.org, example.org, false",
        ".example.org, mx.notexample.org, false",
        ".xn--bcher-kva.example, mx.xn--bcher-kva.example, true",
        ".b\u00fccher.example, mx.xn--bcher-kva.example, true",
        "ALL, mx.example.org, true",
        "all, mx.example.org, true",
    })
    void aMemberIsAnAddressANameOrEverybody(String member, String name, boolean included) {
        assertThat(Member.parse(member).includes(CLIENT, new ReverseName.Verified(name)))
                .isEqualTo(included);
    }

    @Test
    void eachVerifiedNameOfAClientCounts() {
        var name = new ReverseName.Verified(List.of("a.example.org", "b.example.org"));

        assertThat(Member.parse("b.example.org").includes(CLIENT, name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mx.example.org", ".example.org"})
    void aNameThatIsNotVerifiedIsNoMatch(String member) {
        var names = List.of(
                new ReverseName.Unknown(),
                new ReverseName.Claimed("mx.example.org"),
                new ReverseName.Undecided(Optional.of("mx.example.org"), "SERVFAIL"));

        assertThat(names).noneMatch(name -> Member.parse(member).includes(CLIENT, name));
        assertThat(names).allMatch(name -> Member.parse("ALL").includes(CLIENT, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.7", "192.0.2.0/24", "2001:db8::/32", "2001:db8::7", "mx.example.org", ".org", "ALL"})
    void aMemberIsShownAsItWasWritten(String text) {
        assertThat(Member.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "everybody",
                "192.0.2",
                "192.0.2.0/33",
                "mx.example.org/24",
                "a b.example",
                "*.example.org",
                "user@example.org",
                "..example.org"
            })
    void whatIsNoneOfTheseIsRefused(String text) {
        assertThatThrownBy(() -> Member.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
