package org.danelaw.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.danelaw.lab.rules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "Example.ORG., example.org",
        "_25._tcp.mail.example, _25._tcp.mail.example",
        "4chan.example, 4chan.example",
        "example, example"
    })
    void aDomainIsReadInLowerCaseAndFullyQualified(String text, String read) {
        assertThat(DomainName.parse(text).toString(true)).isEqualTo(read);
        assertThat(DomainName.parse(text).isAbsolute()).isTrue();
    }

    @Rule("B16")
    @Test
    void labelsOfOtherScriptsBecomeALabels() {
        assertThat(DomainName.parse("bücher.example").toString(true)).isEqualTo("xn--bcher-kva.example");
        assertThat(DomainName.parse("例え.example").toString(true)).isEqualTo("xn--r8jz45g.example");
    }

    @Test
    void aNameThatTheTwoIdnaStandardsReadDifferentlyIsNotGuessed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.parse("straße.example"))
                .withMessageContaining("xn--");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".example",
                "a..b",
                "exam ple",
                "user@example.org",
                "http://example.org",
                "192.0.2.1",
                "2001:db8::1",
                "[192.0.2.1]",
                "a\\.b.example",
                "exa\nmple.org",
                "\ud800.example",
                "example.org/path",
                "-*-.example"
            })
    void whatIsNoDomainIsRefusedWithASentence(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.parse(text))
                .withMessageMatching(".{20,}");
    }

    @Test
    void whatIsTooLongForTheDnsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.parse("a".repeat(64) + ".example"));
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.parse("a.".repeat(127) + "ab"));
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.parse("x".repeat(100_000)));
    }
}
