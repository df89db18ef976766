package org.danelaw.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.danelaw.smtp.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipientMatchTest {
    @ParameterizedTest
    @CsvSource({
        "ALL, user@else.example, true",
        "all, user@else.example, true",
        "aLl, user@[192.0.2.1], true",
        "all., user@else.example, false",
        "all., user@all, true",
        "user@all, other@all, false",
        "example.org, user@example.org, true",
        "Example.ORG, user@example.org, true",
        "example.org, user@a.example.org, false",
        ".example.org, user@a.example.org, true",
        ".example.org, user@example.org, false",
        ".example.org, user@notexample.org, false",
        "User@example.org, uSER@example.org, true",
        "user@example.org, user@a.example.org, false",
        "user@example.org, \"us\\er\"@example.org, true",
        ".b\u00fccher.example, user@mx.xn--bcher-kva.example, true",
    })
    void anEntryIsForAMailboxADomainWhatIsBelowItOrEverybody(String match, String recipient, boolean included) {
        int at = recipient.lastIndexOf('@');

        assertThat(RecipientMatch.parse(match)
                        .includes(new Address(recipient.substring(0, at), recipient.substring(at + 1))))
                .isEqualTo(included);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "@example.org", "a b@example.org", "user@", "ALL@", "*", "192.0.2.1"})
    void whatIsNeitherIsRefused(String text) {
        assertThatThrownBy(() -> RecipientMatch.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
